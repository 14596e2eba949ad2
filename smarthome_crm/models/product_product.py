from odoo import fields, models

from ..const import PRICE_GROUPS, PURCHASE_GROUPS


class ProductProduct(models.Model):
    _inherit = "product.product"

    standard_price = fields.Float(groups=PURCHASE_GROUPS)
    lst_price = fields.Float(groups=PRICE_GROUPS)
    price_extra = fields.Float(groups=PRICE_GROUPS)
    tax_string = fields.Char(groups=PRICE_GROUPS)
