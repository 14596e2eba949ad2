from . import sale_order_discount
from . import smarthome_proposal_mark_sent
