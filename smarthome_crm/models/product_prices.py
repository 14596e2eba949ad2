from odoo import fields, models

from ..const import PRICE_GROUPS


class ProductAttributeValue(models.Model):
    _inherit = "product.attribute.value"

    default_extra_price = fields.Float(groups=PRICE_GROUPS)


class ProductTemplateAttributeValue(models.Model):
    _inherit = "product.template.attribute.value"

    price_extra = fields.Float(groups=PRICE_GROUPS)


class ProductCombo(models.Model):
    _inherit = "product.combo"

    base_price = fields.Float(groups=PRICE_GROUPS)


class ProductComboItem(models.Model):
    _inherit = "product.combo.item"

    extra_price = fields.Float(groups=PRICE_GROUPS)
