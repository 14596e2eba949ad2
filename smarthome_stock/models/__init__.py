from . import product_template
from . import smarthome_object_staging
from . import sale_order_staging
from . import stock_warehouse
from . import stock_location
from . import stock_rule
from . import stock_move
from . import stock_picking
