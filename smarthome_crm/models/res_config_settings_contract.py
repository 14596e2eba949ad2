from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_crew_size = fields.Integer(
        related="company_id.smarthome_crew_size",
        readonly=False,
    )
