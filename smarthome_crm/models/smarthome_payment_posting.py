from odoo import api, fields, models

#: by which journal of the company receipts are posted; cashless ones come from accounting
JOURNALS_OF_METHODS = {
    "cash": "smarthome_cash_journal_id",
    "card": "smarthome_card_journal_id",
}

#: states of payments that the accountant took back: nothing is left there to give back
UNDONE_STATES = ("draft", "canceled", "rejected")


class ResCompany(models.Model):
    _inherit = "res.company"

    smarthome_cash_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal of Cash Receipts",
        domain="[('type', '=', 'cash')]",
        check_company=True,
        help="Cash receipts of contracts are posted there.",
    )
    smarthome_card_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal of Card Receipts",
        domain="[('type', 'in', ('bank', 'credit'))]",
        check_company=True,
        help="Card receipts of contracts are posted there.",
    )


class SmarthomePaymentReceipt(models.Model):
    """Cash and card receipts are posted as payments where the company names journals."""

    _inherit = "smarthome.payment.receipt"

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        receipts.sudo()._post_in_accounting()
        return receipts

    def _post_in_accounting(self):
        """Post payments of receipts; a reversal gives back what its receipt posted."""
        for receipt in self.filtered(lambda one: not one.payment_id and not one.source_key):
            name = JOURNALS_OF_METHODS.get(receipt.method)
            original = receipt.reversal_of_id
            journal = (
                original.payment_id.journal_id if original else name and receipt.company_id[name]
            )
            is_undone = original.payment_id.state in UNDONE_STATES
            if not journal or is_undone or (original and original.source_key):
                continue
            payment = self.env["account.payment"].create(receipt._prepare_payment_values(journal))
            receipt.payment_id = payment
            payment.action_post()

    def _prepare_payment_values(self, journal):
        """Values of the payment in accounting.

        :param journal: account.journal
        """
        self.ensure_one()
        return {
            "payment_type": "inbound" if self.amount > 0 else "outbound",
            "partner_type": "customer",
            "partner_id": self.order_id.partner_invoice_id.commercial_partner_id.id,
            "amount": abs(self.amount),
            "currency_id": self.currency_id.id,
            "journal_id": journal.id,
            "date": self.date,
            "memo": self.note or self.order_id.name,
        }


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _posts_receipt(self):
        """Tell whether the payment was posted by a receipt, which must not be counted again."""
        receipts = self.env["smarthome.payment.receipt"].sudo()
        domain = [("payment_id", "in", self.ids), ("source_key", "=", False)]
        return bool(self.ids and receipts.search_count(domain, limit=1))
