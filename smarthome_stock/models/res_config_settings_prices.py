from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_popularity_months = fields.Integer(
        related="company_id.smarthome_popularity_months",
        readonly=False,
    )
    smarthome_cost_days = fields.Integer(
        related="company_id.smarthome_cost_days",
        readonly=False,
    )
