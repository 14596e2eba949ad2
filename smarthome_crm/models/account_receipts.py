from odoo import api, models

#: states of payments whose money is there
MONEY_STATES = ("in_process", "paid")


class AccountPartialReconcile(models.Model):
    """A payment reconciled with a contract's invoice is a receipt of the contract."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials.sudo()._create_smarthome_receipts()
        return partials

    def unlink(self):
        keys = self.ids
        result = super().unlink()
        self.env["smarthome.payment.receipt"].sudo()._reverse_undone("partial_key", keys)
        return result

    def _create_smarthome_receipts(self):
        values = []
        for partial in self:
            invoice = partial.debit_move_id.move_id
            paid_by = partial.credit_move_id.move_id
            order = invoice._get_smarthome_contract()
            if order and paid_by.move_type == "entry":
                values.append(
                    {
                        "order_id": order.id,
                        "partial_key": partial.id,
                        "date": paid_by.date,
                        "amount": partial.debit_amount_currency,
                        "currency_id": partial.debit_currency_id.id,
                        "method": "cashless",
                        "invoice_id": invoice.id,
                        "payment_id": paid_by.origin_payment_id.id,
                    }
                )
        self.env["smarthome.payment.receipt"].create(values)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_smarthome_contract(self):
        """The signed proposal of an object that a customer's invoice is for."""
        self.ensure_one()
        if self.move_type != "out_invoice":
            return self.env["sale.order"]
        orders = self.invoice_line_ids.sale_line_ids.order_id
        return orders.filtered(lambda order: order.smarthome_object_id and order.state == "sale")[:1]


class AccountPayment(models.Model):
    """Payments without a journal entry are never reconciled: their state tells of the money."""

    _inherit = "account.payment"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals or "invoice_ids" in vals:
            self.sudo()._sync_smarthome_receipts()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments.sudo()._sync_smarthome_receipts()
        return payments

    def _sync_smarthome_receipts(self):
        """Make receipts of entryless payments of contracts' invoices, reverse undone ones."""
        receipts = self.env["smarthome.payment.receipt"]
        entryless = self.filtered(lambda one: not one.move_id and one.payment_type == "inbound")
        if not entryless:
            return
        known = receipts.search([("payment_key", "in", entryless.ids), ("amount", ">", 0)])
        live = known.filtered(lambda one: not one.reversal_ids)
        there = entryless.filtered(lambda one: one.state in MONEY_STATES)
        gone = live.filtered(lambda one: one.payment_id in entryless - there)
        if gone:
            gone._reverse_all(self.env._("The payment was undone in accounting."))
        for payment in there - live.payment_id:
            invoice = payment.invoice_ids[:1]
            order = invoice._get_smarthome_contract() if invoice else self.env["sale.order"]
            if order:
                receipts.create(payment._prepare_smarthome_receipt(order, invoice))

    def _prepare_smarthome_receipt(self, order, invoice):
        """Values of the receipt of a payment that has no journal entry."""
        self.ensure_one()
        return {
            "order_id": order.id,
            "payment_key": self.id,
            "payment_id": self.id,
            "date": self.date,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "method": "cashless",
            "invoice_id": invoice.id,
        }
