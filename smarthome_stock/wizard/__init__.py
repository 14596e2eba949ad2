from . import smarthome_import_vendor_prices
from . import smarthome_add_goods
from . import smarthome_install
from . import stock_picking_return
from . import smarthome_reassign
from . import purchase_request_line_make_purchase_order
from . import smarthome_request_return
