from odoo import api, fields, models
from odoo.exceptions import UserError


class SmarthomePaymentReceipt(models.Model):
    """Money received for a contract; never deleted, only reversed with a reason."""

    _name = "smarthome.payment.receipt"
    _description = "Receipt"
    _order = "date desc, id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Contract",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        domain="[('smarthome_object_id', '!=', False), ('state', '=', 'sale')]",
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
    date = fields.Date(required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(required=True)
    order_currency_id = fields.Many2one(
        related="order_id.currency_id",
        string="Currency of the Contract",
    )
    settled_amount = fields.Monetary(
        string="Settles",
        currency_field="order_currency_id",
        compute="_compute_settled_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="What the receipt settles in the contract's currency: proposed by the rate of its "
        "day, typed by a person where they agreed otherwise.",
    )
    rate = fields.Float(
        string="Rate",
        digits=0,
        compute="_compute_rate",
        store=True,
        help="Units of the receipt's currency for one of the contract's.",
    )
    method = fields.Selection(
        selection=[("cash", "Cash"), ("card", "Card"), ("cashless", "Cashless")],
        required=True,
        default="cash",
    )
    note = fields.Char(string="Payer's Note")
    invoice_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        index="btree_not_null",
        ondelete="restrict",
    )
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        string="Payment in Accounting",
        index="btree_not_null",
        ondelete="set null",
    )
    source_key = fields.Char(
        copy=False,
        help="Which reconciliation or payment of accounting made the receipt.",
        export_string_translation=False,
    )
    is_reversed = fields.Boolean(
        string="Reversed",
        compute="_compute_is_reversed",
        store=True,
    )
    reversal_of_id = fields.Many2one(
        comodel_name="smarthome.payment.receipt",
        string="Reverses",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    reversal_ids = fields.One2many(
        comodel_name="smarthome.payment.receipt",
        inverse_name="reversal_of_id",
        string="Reversed by",
    )
    reason = fields.Char(string="Reason of Reversal", copy=False)

    _amount_not_zero = models.Constraint("CHECK(amount <> 0)", "A receipt has an amount.")
    _settles_same_way = models.Constraint(
        "CHECK(amount * settled_amount >= 0)",
        "What a receipt settles has the sign of its amount.",
    )
    _negative_reverses = models.Constraint(
        "CHECK(amount > 0 OR reversal_of_id IS NOT NULL OR source_key IS NOT NULL)",
        "Money given back is a reversal of its receipt, or a refund of accounting.",
    )
    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL",
        "This receipt is reversed already.",
    )
    _source_uniq = models.UniqueIndex(
        "(source_key) WHERE source_key IS NOT NULL AND NOT COALESCE(is_reversed, FALSE)",
        "This payment has its receipt already.",
    )

    @api.depends("reversal_ids")
    def _compute_is_reversed(self):
        for receipt in self:
            receipt.is_reversed = bool(receipt.reversal_ids)

    @api.depends("order_id")
    def _compute_currency_id(self):
        for receipt in self:
            receipt.currency_id = (
                receipt.currency_id
                or receipt.order_id.currency_id
                or receipt.env.company.currency_id
            )

    @api.depends("amount", "currency_id", "order_id", "date")
    def _compute_settled_amount(self):
        for receipt in self:
            order = receipt.order_id
            if receipt.reversal_of_id:
                receipt.settled_amount = -receipt.reversal_of_id.settled_amount
            elif order and receipt.currency_id:
                receipt.settled_amount = receipt.currency_id._convert(
                    receipt.amount, order.currency_id, order.company_id, receipt.date
                )

    @api.depends("amount", "settled_amount")
    def _compute_rate(self):
        for receipt in self:
            settled = receipt.settled_amount
            receipt.rate = receipt.amount / settled if settled else 0.0

    @api.depends("order_id", "amount", "date")
    def _compute_display_name(self):
        for receipt in self:
            amount = receipt.currency_id.format(receipt.amount) if receipt.currency_id else ""
            receipt.display_name = f"{receipt.order_id.name or ''} {amount}"

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        receipts._check_contract()
        receipts._check_settles()
        receipts._check_accounting_waits()
        return receipts

    def write(self, vals):
        """What was received stays as it was written; a mistake is reversed."""
        self.check_access("write")
        fixed = {
            "order_id",
            "amount",
            "currency_id",
            "date",
            "method",
            "settled_amount",
        } & vals.keys()
        if fixed and not self.env.su:
            raise UserError(
                self.env._("A receipt is not changed: reverse it with a reason and enter it anew.")
            )
        return super().write(vals)

    def _check_contract(self):
        """Refuse money for what is not signed; closing waits until the receipt is written."""
        self.sudo().object_id._lock_for_closing()
        for receipt in self:
            if receipt.order_id.state != "sale" or not receipt.object_id:
                raise UserError(
                    self.env._(
                        "%(proposal)s is not signed: money is received for contracts.",
                        proposal=receipt.order_id.display_name,
                    )
                )

    def _check_settles(self):
        """In the contract's own currency a receipt settles what it is."""
        for receipt in self.filtered(lambda one: one.currency_id == one.order_currency_id):
            if receipt.currency_id.compare_amounts(receipt.amount, receipt.settled_amount):
                raise UserError(
                    self.env._(
                        "%(amount)s settle just as much of %(contract)s: the currency is the same.",
                        amount=receipt.currency_id.format(receipt.amount),
                        contract=receipt.order_id.name,
                    )
                )

    def _check_accounting_waits(self):
        """Refuse cashless money by hand while an invoice waits: its payment would count twice."""
        by_hand = self.sudo().filtered(
            lambda one: one.method == "cashless" and not one.source_key and not one.reversal_of_id
        )
        for receipt in by_hand:
            waiting = receipt.order_id.invoice_ids.filtered(
                lambda one: (
                    one.move_type == "out_invoice"
                    and one.state == "posted"
                    and one.payment_state in ("not_paid", "partial")
                )
            )
            if waiting:
                raise UserError(
                    self.env._(
                        "%(invoice)s is issued: the accountant registers its payment, and the "
                        "receipt is made by itself.",
                        invoice=waiting[0].name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A receipt is never deleted; reverse it with a reason."))

    def action_ask_reversal(self):
        """Ask why the receipt is reversed."""
        self.ensure_one()
        return self.env["smarthome.reason"]._open("reverse_receipt", self)

    def action_reverse(self, reason):
        """Take a receipt back by an entry of the opposite sign.

        :param str reason: why, kept with the reversal
        :return: the reversing receipts
        :raise UserError: without a reason, for what is reversed already, or at a closed object
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the receipt is reversed."))
        if self.reversal_of_id or self.reversal_ids:
            raise UserError(self.env._("This receipt is reversed already."))
        if any(self.sudo().mapped("source_key")):
            raise UserError(
                self.env._("This money came from accounting: the accountant undoes its payment.")
            )
        self.object_id._check_still_open()
        return self._create_reversals(reason)

    def _prepare_reversal_values(self, reason):
        """Values of the entry that takes a receipt back."""
        self.ensure_one()
        return {
            "order_id": self.order_id.id,
            "date": fields.Date.context_today(self),
            "amount": -self.amount,
            "currency_id": self.currency_id.id,
            "settled_amount": -self.settled_amount,
            "method": self.method,
            "invoice_id": self.invoice_id.id,
            "reversal_of_id": self.id,
            "reason": reason,
        }

    def _create_reversals(self, reason):
        """Make the reversing entries; in sudo, because no hand writes what they reverse."""
        values = [receipt._prepare_reversal_values(reason) for receipt in self.sudo()]
        return self.sudo().create(values).with_env(self.env)

    def _reverse_all(self, reason):
        """Reverse receipts that are not reversed yet, because accounting undid them.

        What accounting knows is true even of a closed object; its manager hears of it.
        """
        open_ones = self.filtered(lambda one: not one.reversal_ids and not one.reversal_of_id)
        for site in open_ones.object_id.filtered(lambda site: site.stage == "closed"):
            site.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=site.user_id.id or self.env.uid,
                summary=self.env._("Money of the closed object is gone again: see with a head"),
            )
        return open_ones._create_reversals(reason)
