from . import smarthome_price_history
