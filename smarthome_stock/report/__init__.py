from . import smarthome_price_history
from . import smarthome_object_line_installation
from . import smarthome_device
from . import smarthome_warranty_report
from . import smarthome_object_line_supply
from . import stock_forecasted
