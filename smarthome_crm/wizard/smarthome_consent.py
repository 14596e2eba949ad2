from odoo import api, fields, models

from ..const import PROFIT_GROUPS


class SmarthomeConsent(models.TransientModel):
    """A head's decision about a proposal below the floor, with its reason."""

    _name = "smarthome.consent"
    _description = "Consent to Low Profit"

    order_id = fields.Many2one(comodel_name="sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    user_id = fields.Many2one(related="order_id.user_id", string="Manager")
    amount_untaxed = fields.Monetary(related="order_id.amount_untaxed", string="Without tax")
    profit = fields.Monetary(compute="_compute_profit", groups=PROFIT_GROUPS)
    profit_percent = fields.Float(compute="_compute_profit", groups=PROFIT_GROUPS)
    profit_floor = fields.Float(compute="_compute_profit", groups=PROFIT_GROUPS)
    reason = fields.Char(required=True)

    @api.depends("order_id")
    def _compute_profit(self):
        for wizard in self:
            order = wizard.order_id
            wizard.profit = order.smarthome_profit
            wizard.profit_percent = order.smarthome_profit_percent
            wizard.profit_floor = order.smarthome_profit_floor

    def action_consent(self):
        self.order_id.action_smarthome_consent(self.reason)

    def action_refuse(self):
        self.order_id.action_smarthome_refuse_consent(self.reason)
