from odoo import api, fields, models

from ..const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """What the signed proposals of an object come to, in the company's currency.

    Figures in another currency are taken at each contract's rate of signing.
    """

    _inherit = "smarthome.object"

    contract_amount = fields.Monetary(
        compute="_compute_payments",
        store=True,
        groups=PROFIT_GROUPS,
        help="Sum with tax of the signed proposals.",
    )
    received_amount = fields.Monetary(
        string="Received",
        compute="_compute_payments",
        store=True,
        groups=PROFIT_GROUPS,
    )
    balance_amount = fields.Monetary(
        string="Balance",
        compute="_compute_payments",
        store=True,
        groups=PROFIT_GROUPS,
    )
    paid_percent = fields.Float(
        string="Paid (%)",
        digits=(16, 1),
        compute="_compute_payments",
        store=True,
        aggregator="avg",
        groups=PROFIT_GROUPS,
    )
    next_payment_date = fields.Date(
        string="Next Payment",
        compute="_compute_next_payment",
        groups=PROFIT_GROUPS,
    )
    next_payment_amount = fields.Monetary(compute="_compute_next_payment", groups=PROFIT_GROUPS)
    days_overdue = fields.Integer(compute="_compute_next_payment", groups=PROFIT_GROUPS)
    receipt_ids = fields.One2many(
        comodel_name="smarthome.payment.receipt",
        inverse_name="object_id",
        string="Receipts",
        groups=PROFIT_GROUPS,
    )
    milestone_ids = fields.One2many(
        comodel_name="smarthome.payment.milestone",
        inverse_name="object_id",
        string="Planned Payments",
        groups=PROFIT_GROUPS,
    )

    @api.depends(
        "order_ids.state",
        "order_ids.amount_total",
        "order_ids.smarthome_received",
        "order_ids.currency_rate",
    )
    def _compute_payments(self):
        for record in self:
            signed = record.order_ids.filtered(lambda order: order.state == "sale")
            total = sum(order._to_company_currency(order.amount_total) for order in signed)
            received = sum(order._to_company_currency(order.smarthome_received) for order in signed)
            record.contract_amount = total
            record.received_amount = received
            record.balance_amount = total - received
            record.paid_percent = 100 * received / total if total else 0.0

    def _compute_next_payment(self):
        today = fields.Date.context_today(self)
        rows = (
            self.env["smarthome.payment.milestone"]
            .sudo()
            .search(
                [
                    ("object_id", "in", self.ids),
                    ("state", "!=", "paid"),
                    ("balance", ">", 0),
                    ("order_id.state", "=", "sale"),
                ],
                order="date_due, id",
            )
        )
        by_object = rows.grouped("object_id")
        for record in self:
            first = by_object.get(record._origin, rows.browse())[:1]
            record.next_payment_date = first.date_due
            record.next_payment_amount = first.order_id._to_company_currency(first.balance)
            late = first.date_due and first.date_due < today
            record.days_overdue = (today - first.date_due).days if late else 0

    def _advance_to_contract(self):
        """An object with a signed proposal is at least at its contract."""
        early = ("new", "survey", "proposal", "negotiation", "refused")
        self.filtered(lambda record: record.stage in early).stage = "contract"
