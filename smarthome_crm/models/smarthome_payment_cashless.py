from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class SmarthomePaymentMilestone(models.Model):
    """Cashless payments: the manager asks for an invoice, the accountant issues it."""

    _inherit = "smarthome.payment.milestone"

    invoice_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
    )
    is_invoice_requested = fields.Boolean(string="Invoice Requested", copy=False)

    def action_request_invoice(self):
        """Ask the accountants for invoices of planned payments (ЗАПРОСИТЬ СЧЁТ).

        Pressed twice it asks once.
        """
        self.check_access("write")
        group = self.env.ref("smarthome_base.group_smarthome_accountant")
        accountants = group.sudo().all_user_ids.filtered(lambda user: not user.share)
        self._forget_dead_invoices()
        for row in self.filtered(lambda row: not row.is_invoice_requested and not row.invoice_id):
            row._check_is_due_of_contract()
            row.is_invoice_requested = True
            for user in accountants:
                row.order_id.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._(
                        "Issue the invoice: %(payment)s, %(amount)s",
                        payment=row.name,
                        amount=row.currency_id.format(row.balance),
                    ),
                )

    def action_make_invoice(self):
        """Issue the invoice of a planned payment by Odoo's own invoicing, in one press.

        A second press opens the invoice already made.

        :return: action of the invoice
        """
        self.ensure_one()
        if not (self.env.su or self.env.user._smarthome_has_role("accountant")):
            raise AccessError(self.env._("Invoices are issued by the accountant."))
        self.check_access("write")
        self._check_is_due_of_contract()
        self._lock_row()
        self._forget_dead_invoices()
        if not self.invoice_id:
            self.sudo().invoice_id = self.sudo()._create_invoice()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.invoice_id.id,
            "views": [(False, "form")],
        }

    def _check_is_due_of_contract(self):
        if self.order_id.state != "sale":
            raise UserError(
                self.env._(
                    "%(proposal)s is not signed: invoices are issued for contracts.",
                    proposal=self.order_id.display_name,
                )
            )
        if self.state == "paid" or self.currency_id.compare_amounts(self.balance, 0) <= 0:
            raise UserError(self.env._("«%(payment)s» is paid already.", payment=self.name))

    def _forget_dead_invoices(self):
        """Let planned payments be invoiced anew whose invoices are cancelled or taken back."""
        rows = self.sudo().filtered("invoice_id")
        rows = rows.filtered(
            lambda row: (
                row.invoice_id.state == "cancel" or row.invoice_id.payment_state == "reversed"
            )
        )
        rows.write({"invoice_id": False, "is_invoice_requested": False})

    def _lock_row(self):
        """Wait for whoever issues the same invoice at this moment."""
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE smarthome_payment_milestone SET id = id WHERE id = %s", [self.id]
        )
        self.invalidate_recordset()

    def _create_invoice(self):
        """Down-payment invoice of the open amount; the final one where nothing else is open."""
        self.ensure_one()
        order = self.order_id
        others = order.smarthome_milestone_ids.filtered(lambda row: row.balance > 0) - self
        in_hand = order.smarthome_receipt_ids.filtered(lambda one: one.method != "cashless")
        invoice = self.env["account.move"]
        if not others and not in_hand:
            invoice = self._create_final_invoice()
        if invoice:
            return invoice
        values = {"advance_payment_method": "fixed", "fixed_amount": self.balance}
        return self._create_invoice_by(values)

    def _create_final_invoice(self):
        """Invoice of all that is left by Odoo's rules, if it comes to the planned payment.

        Goods that are invoiced when delivered may be missing there.

        :return: account.move, empty where another amount would be asked for
        """
        order, wanted, currency = self.order_id, self.balance, self.currency_id
        values = {"advance_payment_method": "delivered", "deduct_down_payments": True}
        try:
            with self.env.cr.savepoint():
                invoice = self._create_invoice_by(values)
                if currency.compare_amounts(invoice.amount_total, wanted):
                    raise UserError(order.name)
                return invoice
        except UserError:
            return self.env["account.move"]

    def _create_invoice_by(self, values):
        """Let Odoo make the invoice of the contract.

        :param dict values: of Odoo's own form
        """
        order = self.order_id.with_context(smarthome_contract_change=True)
        wizard = self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": [Command.set(order.ids)], **values}
        )
        return wizard.with_context(smarthome_contract_change=True)._create_invoices(order)
