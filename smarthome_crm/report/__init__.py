from . import smarthome_object_line
from . import smarthome_work_list
