from . import smarthome_bonus_report
from . import smarthome_salary_report
