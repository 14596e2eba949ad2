from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_first_control_days = fields.Integer(
        related="company_id.smarthome_first_control_days",
        readonly=False,
    )
    smarthome_next_call_days = fields.Integer(
        related="company_id.smarthome_next_call_days",
        readonly=False,
    )
    smarthome_call_hour = fields.Float(
        related="company_id.smarthome_call_hour",
        readonly=False,
    )
