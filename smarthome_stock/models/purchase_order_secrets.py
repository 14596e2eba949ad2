from odoo import fields, models

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS

#: who reads purchase prices: the company's own, and vendors their own orders in the portal
ORDER_GROUPS = f"{PURCHASE_GROUPS},base.group_portal"


class PurchaseOrder(models.Model):
    """Odoo lets the warehouse read purchase orders: without prices."""

    _inherit = "purchase.order"

    amount_untaxed = fields.Monetary(groups=ORDER_GROUPS)
    amount_tax = fields.Monetary(groups=ORDER_GROUPS)
    amount_total = fields.Monetary(groups=ORDER_GROUPS)
    amount_total_cc = fields.Monetary(groups=ORDER_GROUPS)
    tax_totals = fields.Binary(groups=ORDER_GROUPS)


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    price_unit = fields.Float(groups=ORDER_GROUPS)
    technical_price_unit = fields.Float(groups=ORDER_GROUPS)
    price_unit_discounted = fields.Float(groups=ORDER_GROUPS)
    price_unit_product_uom = fields.Float(groups=ORDER_GROUPS)
    price_subtotal = fields.Monetary(groups=ORDER_GROUPS)
    price_total = fields.Monetary(groups=ORDER_GROUPS)
    price_tax = fields.Float(groups=ORDER_GROUPS)
    discount = fields.Float(groups=ORDER_GROUPS)
