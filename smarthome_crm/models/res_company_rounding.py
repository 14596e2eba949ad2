from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    #: totals sum rounded lines (the regulation, "Money, exactly")
    tax_calculation_rounding_method = fields.Selection(default="round_per_line")
