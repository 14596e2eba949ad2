from odoo import fields, models

from ..const import PURCHASE_GROUPS


class ProductProduct(models.Model):
    _inherit = "product.product"

    standard_price = fields.Float(groups=PURCHASE_GROUPS)
