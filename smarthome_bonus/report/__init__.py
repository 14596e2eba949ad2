from . import smarthome_bonus_report
