from odoo import api, models

from ..tools.schedule import split

#: states of payments whose money is there
MONEY_STATES = ("in_process", "paid")

#: what is paid by an invoice comes in, what is paid by a credit note goes out
SIGNS_OF_MONEY = {"out_invoice": 1, "out_refund": -1}


class AccountMove(models.Model):
    """Every payment of a contract's invoice is exactly one receipt of the contract.

    Of an invoice for several contracts each gets its part of the payment.
    """

    _inherit = "account.move"

    def write(self, vals):
        """A payment without an entry is only noted on its invoice."""
        result = super().write(vals)
        if "matched_payment_ids" in vals:
            self._sync_smarthome_receipts()
        return result

    def _get_smarthome_shares(self):
        """What part of a customer's invoice or credit note each order has.

        :return: dict: sale.order -> sum with tax; empty without a signed proposal of an object
        """
        self.ensure_one()
        shares = {}
        for line in self.invoice_line_ids.filtered("sale_line_ids"):
            order = line.sale_line_ids[0].order_id
            shares[order] = shares.get(order, 0.0) + line.price_total
        is_contract = any(order._is_smarthome_contract() for order in shares)
        return {order: max(total, 0.0) for order, total in shares.items()} if is_contract else {}

    def _sync_smarthome_receipts(self):
        """Make receipts of payments that have none, and reverse those of undone payments."""
        receipts = self.env["smarthome.payment.receipt"].sudo()
        invoices = self.sudo().filtered(lambda move: move.move_type in SIGNS_OF_MONEY)
        for invoice in invoices:
            live = receipts.search(
                [
                    ("invoice_id", "=", invoice.id),
                    ("is_reversed", "=", False),
                    ("source_key", "!=", False),
                ]
            )
            shares = invoice._get_smarthome_shares()
            if not shares and not live:
                continue
            came = invoice._get_money_received()
            wanted = {
                values["source_key"]: values
                for money in came
                for values in invoice._split_money(money, shares)
            }
            gone = live.filtered(lambda one, wanted=wanted: one.source_key not in wanted)
            if not shares:  # a contract no more: nothing comes in, what came stays
                there = {money["source_key"] for money in came}
                gone = live.filtered(
                    lambda one, there=there: one.source_key.partition(" of ")[0] not in there
                )
            gone._reverse_all(self.env._("The payment was undone in accounting."))
            known = set(live.mapped("source_key"))
            receipts.create([values for key, values in wanted.items() if key not in known])

    def _split_money(self, money, shares):
        """Give each contract of the invoice its part of a payment; other orders keep theirs.

        :param dict money: values of one payment, for a receipt
        :param dict shares: sums of the invoice by order
        :return: list of values of receipts
        """
        self.ensure_one()
        rounding = self.env["res.currency"].browse(money["currency_id"]).rounding
        total = sum(shares.values())
        weights = [100 * share / total if total else 100 / len(shares) for share in shares.values()]
        result = []
        for order, amount in zip(shares, split(money["amount"], weights, rounding), strict=True):
            if amount and order._is_smarthome_contract():
                key = money["source_key"]
                result.append(
                    {
                        **money,
                        "source_key": key if len(shares) == 1 else f"{key} of {order.id}",
                        "amount": amount,
                        "order_id": order.id,
                        "invoice_id": self.id,
                        "method": "cashless",
                    }
                )
        return result

    def _get_money_received(self):
        """Payments of the invoice: reconciled entries, and payments that have no entry.

        Money that a credit note gave back is below zero.

        :return: list of dicts for receipts, each with a ``source_key`` of its own
        """
        self.ensure_one()
        sign = SIGNS_OF_MONEY[self.move_type]
        own, other = ("debit", "credit") if sign > 0 else ("credit", "debit")
        receivable = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        result = []
        for partial in receivable[f"matched_{other}_ids"]:
            entry = partial[f"{other}_move_id"].move_id
            payment = entry.origin_payment_id
            amount = partial[f"{own}_amount_currency"]
            if entry.move_type != "entry" or entry.state != "posted" or payment._posts_receipt():
                continue
            if amount:
                result.append(
                    {
                        "source_key": f"partial {partial.id}",
                        "date": entry.date,
                        "amount": sign * amount,
                        "currency_id": partial[f"{own}_currency_id"].id,
                        "payment_id": payment.id,
                    }
                )
        return result + self._get_money_without_entries(sign)

    def _get_money_without_entries(self, sign):
        """Payments of the invoice that accounting keeps no entries of."""
        kind = "inbound" if sign > 0 else "outbound"
        payments = self.matched_payment_ids.filtered(
            lambda one: not one.move_id and one.state in MONEY_STATES and one.payment_type == kind
        )
        result = []
        for payment in payments.filtered(lambda one: not one._posts_receipt()):
            key, amount = f"payment {payment.id}", payment.amount
            if len(payment.invoice_ids) > 1:
                key, amount = f"{key} for {self.id}", payment._get_amount_by_invoice()[self]
            result.append(
                {
                    "source_key": key,
                    "date": payment.date,
                    "amount": sign * amount,
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
        moves = (partials.debit_move_id | partials.credit_move_id).move_id
        moves._sync_smarthome_receipts()
        return partials

    def unlink(self):
        invoices = (self.debit_move_id | self.credit_move_id).move_id
        result = super().unlink()
        invoices.exists()._sync_smarthome_receipts()
        return result


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _get_amount_by_invoice(self):
        """Divide a payment without an entry over its invoices by their sums.

        :return: dict: account.move -> amount in the payment's currency
        """
        self.ensure_one()
        invoices = self.invoice_ids.sorted("id")
        total = sum(abs(invoice.amount_total_signed) for invoice in invoices)
        weights = [
            100 * abs(invoice.amount_total_signed) / total if total else 100 / len(invoices)
            for invoice in invoices
        ]
        return dict(
            zip(invoices, split(self.amount, weights, self.currency_id.rounding), strict=True)
        )

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
