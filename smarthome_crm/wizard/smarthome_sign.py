from odoo import api, fields, models
from odoo.fields import Command


class SmarthomeSign(models.TransientModel):
    """The one question before signing: other proposals can be declined in the same step."""

    _name = "smarthome.sign"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Signing of a Contract"

    _reach_fields = ("order_id",)

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Proposal",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total")
    date_start = fields.Date(related="order_id.smarthome_date_start")
    date_end = fields.Date(related="order_id.smarthome_date_end")
    line_ids = fields.One2many(
        comodel_name="smarthome.sign.line",
        inverse_name="wizard_id",
        string="Other Proposals",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("order_id")
    def _compute_line_ids(self):
        """Offer every other working proposal to be declined."""
        for wizard in self:
            others = wizard.order_id._get_other_working_proposals()
            wizard.line_ids = [
                Command.clear(),
                *(Command.create({"order_id": order.id}) for order in others),
            ]

    def action_sign(self):
        """Sign the proposal and decline the chosen others, both or nothing."""
        self.ensure_one()
        self.order_id.action_confirm()
        others = self.order_id._get_other_working_proposals()
        declined = self.line_ids.filtered("is_declined").order_id & others
        declined._smarthome_decline_for(self.order_id)
        return {"type": "ir.actions.act_window_close"}


class SmarthomeSignLine(models.TransientModel):
    _name = "smarthome.sign.line"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Another Proposal at Signing"

    _reach_fields = ("wizard_id", "order_id")

    wizard_id = fields.Many2one(
        comodel_name="smarthome.sign",
        required=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Proposal",
        required=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    date_order = fields.Datetime(related="order_id.date_order", string="Date")
    amount_total = fields.Monetary(related="order_id.amount_total")
    is_declined = fields.Boolean(string="Decline", default=True)
