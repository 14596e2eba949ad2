from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .smarthome_payment_template import DUE_RULES

#: by which date of the contract a payment falls due
DATES_OF_RULES = {
    "signing": "smarthome_date_signed",
    "start": "smarthome_date_start",
    "hand_over": "smarthome_date_end",
}


class SmarthomePaymentMilestone(models.Model):
    """A planned payment of a contract; amounts include tax, in the contract's currency."""

    _name = "smarthome.payment.milestone"
    _description = "Planned Payment"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Contract",
        required=True,
        ondelete="cascade",
        index=True,
    )
    object_id = fields.Many2one(
        related="order_id.smarthome_object_id",
        store=True,
        index=True,
    )
    user_id = fields.Many2one(
        related="order_id.user_id",
        string="Manager",
        store=True,
        index=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    currency_id = fields.Many2one(related="order_id.currency_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    due_rule = fields.Selection(selection=DUE_RULES, required=True, default="signing")
    due_days = fields.Integer(string="Days")
    date_due = fields.Date(
        string="Due",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        index=True,
    )
    percent = fields.Float(digits=(16, 2))
    amount = fields.Monetary()
    paid_amount = fields.Monetary(
        string="Paid",
        compute="_compute_paid_amount",
        store=True,
        help="Receipts pay planned payments first in, first out.",
    )
    balance = fields.Monetary(compute="_compute_paid_amount", store=True)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("partly", "Partly Paid"),
            ("paid", "Paid"),
            ("overdue", "Overdue"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    is_reminded = fields.Boolean(copy=False, export_string_translation=False)
    days_overdue = fields.Integer(compute="_compute_days_overdue")

    _overdue_idx = models.Index("(user_id, date_due) WHERE state <> 'paid'")

    @api.depends(
        "due_rule",
        "due_days",
        "order_id.smarthome_date_signed",
        "order_id.smarthome_date_start",
        "order_id.smarthome_date_end",
    )
    def _compute_date_due(self):
        for row in self:
            name = DATES_OF_RULES.get(row.due_rule)
            begin = row.order_id[name] if name else False
            if begin:
                row.date_due = begin + timedelta(days=row.due_days)

    @api.depends(
        "amount",
        "sequence",
        "order_id.smarthome_milestone_ids.amount",
        "order_id.smarthome_milestone_ids.sequence",
        "order_id.smarthome_receipt_ids.settled_amount",
        "order_id.smarthome_forgiven_ids.amount",
    )
    def _compute_paid_amount(self):
        """Receipts pay the rows; what heads forgave is owed no more, though it never came."""
        for order in self.order_id:
            received = sum(order.smarthome_receipt_ids.mapped("settled_amount"))
            forgiven = sum(order.sudo().smarthome_forgiven_ids.mapped("amount"))
            paid = order._allocate_receipts(received)
            settled = order._allocate_receipts(received + forgiven) if forgiven else paid
            for row in self.filtered(lambda row, order=order: row.order_id == order):
                row.paid_amount = paid.get(row, 0.0)
                row.balance = row.amount - settled.get(row, 0.0)

    @api.depends("amount", "paid_amount", "balance", "date_due")
    def _compute_state(self):
        """Overdue changes with the day: the morning's job brings it up to date."""
        today = fields.Date.context_today(self)
        for row in self:
            currency = row.currency_id or row.env.company.currency_id
            left = currency.compare_amounts(row.balance, 0)
            if not left or (left < 0 and row.amount >= 0):
                row.state = "paid"
            elif row.date_due and row.date_due < today and row.amount > 0:
                row.state = "overdue"
            else:
                row.state = "partly" if row.paid_amount else "planned"

    @api.depends("date_due", "state")
    def _compute_days_overdue(self):
        today = fields.Date.context_today(self)
        for row in self:
            is_late = row.state == "overdue" and row.date_due
            row.days_overdue = (today - row.date_due).days if is_late else 0

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.order_id._check_plan_later()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if {"amount", "order_id"} & vals.keys():
            self.order_id._check_plan_later()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._check_plan_later()
        return result

    @api.model
    def _cron_overdue(self):
        """Each morning: what fell due becomes overdue, and one activity of its manager."""
        today = fields.Date.context_today(self)
        rows = self.search(
            [
                ("order_id.state", "=", "sale"),
                ("date_due", "<", today),
                ("state", "in", ("planned", "partly", "overdue")),
                ("balance", ">", 0),
            ]
        )
        self.env.add_to_compute(self._fields["state"], rows)
        rows.flush_recordset(["state"])
        rows._remind_of_overdue()

    def _remind_of_overdue(self):
        """Put overdue payments into the diaries of their managers, once each."""
        for row in self.filtered(lambda row: row.user_id and not row.is_reminded):
            row.is_reminded = True
            row.order_id.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=row.user_id.id,
                summary=self.env._(
                    "Overdue: %(payment)s, %(amount)s",
                    payment=row.name,
                    amount=row.currency_id.format(row.balance),
                ),
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        paid = self.filtered("paid_amount")
        if paid:
            raise UserError(
                self.env._("«%(payment)s» is paid already and stays.", payment=paid[0].name)
            )
