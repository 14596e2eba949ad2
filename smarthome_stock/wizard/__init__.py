from . import smarthome_import_vendor_prices
from . import smarthome_add_goods
from . import smarthome_install
from . import stock_picking_return
from . import smarthome_reassign
