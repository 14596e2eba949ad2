from odoo import api, fields, models
from odoo.fields import Command


class SmarthomeSign(models.TransientModel):
    """The one question before signing: the dates, and which other proposals are declined."""

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
    date_start = fields.Date(
        string="Start of Installation",
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_end = fields.Date(
        string="Expected Hand-over",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="Proposed from the planned hours of the works and the size of the crew.",
    )
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
    def _compute_date_start(self):
        for wizard in self:
            wizard.date_start = wizard.order_id.smarthome_date_start

    @api.depends("order_id", "date_start")
    def _compute_date_end(self):
        """The date of the proposal, or what another start makes of it."""
        for wizard in self:
            order, start = wizard.order_id, wizard.date_start
            if not start or start == order.smarthome_date_start:
                wizard.date_end = order.smarthome_date_end
            else:
                wizard.date_end = order._propose_hand_over(start)

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
        self._write_dates()
        self.order_id.action_confirm()
        others = self.order_id._get_other_working_proposals()
        declined = self.line_ids.filtered("is_declined").order_id & others
        declined._smarthome_decline_for(self.order_id)
        return {"type": "ir.actions.act_window_close"}

    def _write_dates(self):
        """Give the proposal the dates that were asked for; those that it has are not touched."""
        dates = {"smarthome_date_start": self.date_start, "smarthome_date_end": self.date_end}
        changed = {name: date for name, date in dates.items() if self.order_id[name] != date}
        if changed:
            self.order_id.write(changed)


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
