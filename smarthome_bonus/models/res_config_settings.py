from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_salary_payment_currency_id = fields.Many2one(
        related="company_id.smarthome_salary_payment_currency_id",
        readonly=False,
    )
