from odoo import fields, models


class SmarthomeConsent(models.TransientModel):
    """A head's decision about a proposal below the floor, with its reason."""

    _name = "smarthome.consent"
    _description = "Consent to Low Profit"

    order_id = fields.Many2one(comodel_name="sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    user_id = fields.Many2one(related="order_id.user_id", string="Manager")
    amount_untaxed = fields.Monetary(related="order_id.amount_untaxed", string="Without tax")
    profit = fields.Monetary(related="order_id.smarthome_profit")
    profit_percent = fields.Float(related="order_id.smarthome_profit_percent")
    profit_floor = fields.Float(related="order_id.smarthome_profit_floor")
    reason = fields.Char(required=True)

    def action_consent(self):
        self.order_id.action_smarthome_consent(self.reason)

    def action_refuse(self):
        self.order_id.action_smarthome_refuse_consent(self.reason)
