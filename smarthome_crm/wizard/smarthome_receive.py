from odoo import api, fields, models


class SmarthomeReceive(models.TransientModel):
    """Money that a client brought, written down in one small form."""

    _name = "smarthome.receive"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Receipt of Money"

    _reach_fields = ("object_id", "order_id")

    object_id = fields.Many2one(comodel_name="smarthome.object", ondelete="cascade")
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Contract",
        required=True,
        ondelete="cascade",
        domain="[('state', '=', 'sale'), ('smarthome_object_id', '=', object_id)]",
    )
    order_currency_id = fields.Many2one(
        related="order_id.currency_id",
        string="Currency of the Contract",
    )
    balance = fields.Monetary(
        related="order_id.smarthome_balance",
        currency_field="order_currency_id",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    settled_amount = fields.Monetary(
        string="Settles",
        currency_field="order_currency_id",
        compute="_compute_settled_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="In the contract's currency: proposed by the rate of the day.",
    )
    method = fields.Selection(
        selection=[("cash", "Cash"), ("card", "Card"), ("cashless", "Cashless")],
        required=True,
        default="cash",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    note = fields.Char(string="Payer's Note")

    @api.depends("order_id")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = wizard.order_id.currency_id or self.env.company.currency_id

    @api.depends("order_id", "currency_id")
    def _compute_amount(self):
        """Propose what the first open payment still wants."""
        for wizard in self:
            order = wizard.order_id
            is_same = order.currency_id == wizard.currency_id
            row = order.smarthome_milestone_ids.filtered(lambda row: row.balance > 0)[:1]
            proposed = row.balance or max(order.smarthome_balance, 0.0)
            wizard.amount = proposed if is_same else 0.0

    @api.depends("amount", "currency_id", "order_id", "date")
    def _compute_settled_amount(self):
        for wizard in self:
            order = wizard.order_id
            if order and wizard.currency_id and wizard.date:
                wizard.settled_amount = wizard.currency_id._convert(
                    wizard.amount, order.currency_id, order.company_id, wizard.date
                )

    def action_receive(self):
        """Make the receipt."""
        self.ensure_one()
        self.order_id.action_smarthome_receive(
            self.amount,
            self.method,
            self.date,
            currency_id=self.currency_id.id,
            settled_amount=self.settled_amount,
            note=self.note,
        )
        return {"type": "ir.actions.act_window_close"}
