from odoo import api, models

#: states of payments whose money is there
MONEY_STATES = ("in_process", "paid")


class AccountMove(models.Model):
    """Every payment of a contract's invoice is exactly one receipt of the contract."""

    _inherit = "account.move"

    def _get_smarthome_contract(self):
        """The signed proposal of an object that a customer's invoice is for."""
        self.ensure_one()
        if self.move_type != "out_invoice":
            return self.env["sale.order"]
        orders = self.invoice_line_ids.sale_line_ids.order_id
        return orders.filtered(lambda order: order.smarthome_object_id and order.state == "sale")[
            :1
        ]

    def _sync_smarthome_receipts(self):
        """Make receipts of payments that have none, and reverse those of undone payments."""
        receipts = self.env["smarthome.payment.receipt"].sudo()
        for invoice in self.sudo():
            order = invoice._get_smarthome_contract()
            live = receipts.search(
                [
                    ("invoice_id", "=", invoice.id),
                    ("amount", ">", 0),
                    ("is_reversed", "=", False),
                    ("source_key", "!=", False),
                ]
            )
            if not order and not live:
                continue
            wanted = {values["source_key"]: values for values in invoice._get_money_received()}
            gone = live.filtered(lambda one, wanted=wanted: one.source_key not in wanted)
            gone._reverse_all(self.env._("The payment was undone in accounting."))
            known = set(live.mapped("source_key"))
            receipts.create(
                [
                    {**values, "order_id": order.id, "invoice_id": invoice.id, "method": "cashless"}
                    for key, values in wanted.items()
                    if key not in known and order
                ]
            )

    def _get_money_received(self):
        """Payments of the invoice: reconciled entries, and payments that have no entry.

        :return: list of dicts for receipts, each with a ``source_key`` of its own
        """
        self.ensure_one()
        receivable = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        result = []
        for partial in receivable.matched_credit_ids:
            entry = partial.credit_move_id.move_id
            payment = entry.origin_payment_id
            if entry.move_type != "entry" or entry.state != "posted" or payment._posts_receipt():
                continue
            result.append(
                {
                    "source_key": f"partial {partial.id}",
                    "date": entry.date,
                    "amount": partial.debit_amount_currency,
                    "currency_id": partial.debit_currency_id.id,
                    "payment_id": payment.id,
                }
            )
        for payment in self.matched_payment_ids.filtered(lambda one: not one.move_id):
            is_in = payment.state in MONEY_STATES and payment.payment_type == "inbound"
            if is_in and not payment._posts_receipt():
                result.append(
                    {
                        "source_key": f"payment {payment.id}",
                        "date": payment.date,
                        "amount": payment.amount,
                        "currency_id": payment.currency_id.id,
                        "payment_id": payment.id,
                    }
                )
        return result


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials.debit_move_id.move_id._sync_smarthome_receipts()
        return partials

    def unlink(self):
        invoices = self.debit_move_id.move_id
        result = super().unlink()
        invoices.exists()._sync_smarthome_receipts()
        return result


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def write(self, vals):
        result = super().write(vals)
        if {"state", "invoice_ids", "move_id"} & vals.keys():
            (self.invoice_ids | self.reconciled_invoice_ids)._sync_smarthome_receipts()
        return result

    def action_draft(self):
        """A payment taken back to draft is money that is not there."""
        invoices = self.invoice_ids | self.reconciled_invoice_ids
        result = super().action_draft()
        invoices._sync_smarthome_receipts()
        return result
