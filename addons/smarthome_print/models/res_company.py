from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # Lato, the default of Odoo, has no Cyrillic letters: they would be printed in another font
    font = fields.Selection(default="Roboto")
