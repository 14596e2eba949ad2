from . import smarthome_import_vendor_prices
