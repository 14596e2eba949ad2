from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_file_limit = fields.Integer(
        related="company_id.smarthome_file_limit",
        readonly=False,
    )
    smarthome_refused_types = fields.Char(
        related="company_id.smarthome_refused_types",
        readonly=False,
    )
