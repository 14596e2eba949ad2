from . import smarthome_reason
