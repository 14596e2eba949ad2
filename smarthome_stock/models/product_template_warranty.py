from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    smarthome_warranty_months = fields.Integer(
        string="Warranty (Months)",
        help="Counted from the shipment to the object.",
    )

    _smarthome_warranty_not_negative = models.Constraint(
        "CHECK(smarthome_warranty_months >= 0)",
        "The warranty cannot be shorter than nothing.",
    )
