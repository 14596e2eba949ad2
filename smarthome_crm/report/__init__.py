from . import smarthome_object_line
