from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_crew_size = fields.Integer(
        related="company_id.smarthome_crew_size",
        readonly=False,
    )
    smarthome_cash_journal_id = fields.Many2one(
        related="company_id.smarthome_cash_journal_id",
        readonly=False,
    )
    smarthome_card_journal_id = fields.Many2one(
        related="company_id.smarthome_card_journal_id",
        readonly=False,
    )
