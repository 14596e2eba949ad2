from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ..tools.schedule import allocate, resplit, split


class SaleOrder(models.Model):
    """Payments of a contract: planned and received; amounts include tax."""

    _inherit = "sale.order"

    smarthome_payment_template_id = fields.Many2one(
        comodel_name="smarthome.payment.template",
        string="Payments by",
        copy=True,
    )
    smarthome_milestone_ids = fields.One2many(
        comodel_name="smarthome.payment.milestone",
        inverse_name="order_id",
        string="Planned Payments",
        copy=False,
    )
    smarthome_receipt_ids = fields.One2many(
        comodel_name="smarthome.payment.receipt",
        inverse_name="order_id",
        string="Received",
        copy=False,
    )
    smarthome_received = fields.Monetary(
        string="Received Sum",
        compute="_compute_smarthome_received",
        store=True,
    )
    smarthome_balance = fields.Monetary(
        string="Balance",
        compute="_compute_smarthome_received",
        store=True,
        help="Total with tax less what was received; below zero is an overpayment.",
    )

    @api.depends("smarthome_receipt_ids.settled_amount", "amount_total", "currency_id")
    def _compute_smarthome_received(self):
        for order in self:
            received = sum(order.smarthome_receipt_ids.mapped("settled_amount"))
            order.smarthome_received = order._smarthome_round(received)
            order.smarthome_balance = order._smarthome_round(order.amount_total - received)

    def _allocate_receipts(self, received):
        """Pay planned payments, first in, first out.

        :param received: sum of the receipts less reversals
        :return: dict of paid amounts by milestone
        """
        self.ensure_one()
        rows = self.smarthome_milestone_ids.sorted(lambda row: (row.sequence, row._origin.id))
        rounding = (self.currency_id or self.env.company.currency_id).rounding
        paid, _over = allocate(rows.mapped("amount"), received, rounding)
        return dict(zip(rows, paid, strict=True))

    def action_smarthome_plan_payments(self):
        """Make the planned payments by the template, or bring them in step with the total.

        Paid rows keep their amounts; the last open row takes the remainder.
        """
        self.check_access("write")
        for order in self:
            if not order.smarthome_milestone_ids:
                order._create_milestones()
            else:
                order._resplit_milestones()

    def _create_milestones(self):
        self.ensure_one()
        template = self.smarthome_payment_template_id or self._get_default_payment_template()
        values = template._prepare_milestones() if template else []
        if not values:
            raise UserError(self.env._("Choose by which template the contract is paid."))
        amounts = split(
            self.amount_total, [row["percent"] for row in values], self.currency_id.rounding
        )
        self.smarthome_milestone_ids = [
            Command.create({**row, "amount": amount})
            for row, amount in zip(values, amounts, strict=True)
        ]

    @api.model
    def _get_default_payment_template(self):
        return self.env["smarthome.payment.template"].search([], limit=1)

    def _resplit_milestones(self):
        """Bring the schedule in step with a changed total."""
        self.ensure_one()
        rows = self.smarthome_milestone_ids
        rows.filtered(lambda row: row.amount < 0 and not row.paid_amount).sudo().unlink()
        rows = self.smarthome_milestone_ids.sorted(lambda row: (row.sequence, row.id))
        pairs = [(row.amount, row.paid_amount) for row in rows]
        amounts = resplit(self.amount_total, pairs, self.currency_id.rounding)
        for row, amount in zip(rows, amounts, strict=False):
            if row.amount != amount:
                row.amount = amount
        if len(amounts) > len(rows):
            self.smarthome_milestone_ids = [
                Command.create(self._prepare_remainder_milestone(amounts[-1], rows))
            ]

    def _prepare_remainder_milestone(self, amount, rows):
        """Values of the row that takes what the paid rows leave."""
        name = self.env._("Remainder") if amount > 0 else self.env._("To give back")
        return {
            "name": name,
            "amount": amount,
            "due_rule": "hand_over",
            "sequence": max(rows.mapped("sequence"), default=0) + 1,
        }

    def _freeze_promise(self):
        """A signed contract has its payments planned."""
        result = super()._freeze_promise()
        for order in self:
            if order.smarthome_milestone_ids:
                order._resplit_milestones()
            elif order.amount_total and (
                order.smarthome_payment_template_id or order._get_default_payment_template()
            ):
                order._create_milestones()
        return result

    def action_smarthome_receive(self, amount, method="cash", date=None, **values):
        """Record money received for a contract.

        :param amount: in the currency of ``values``, by default the contract's
        :param str method: cash, card or cashless
        :param date: day of the receipt, by default today
        :return: the receipt
        """
        self.ensure_one()
        # What a form proposed by its context is not written by hand.
        context = clean_context(self.env.context)
        receipts = self.env(context=context)["smarthome.payment.receipt"]
        return receipts.create(
            {
                "order_id": self.id,
                "amount": amount,
                "method": method,
                **({"date": date} if date else {}),
                **values,
            }
        )
