from odoo.tests import tagged

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestPaymentPosting(SmarthomeContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.env.company)
        journals = cls.env["account.journal"].search([("company_id", "=", cls.env.company.id)])
        cls.cash = journals.filtered(lambda journal: journal.type == "cash")[:1] or journals.create(
            {"name": "Cash desk", "type": "cash", "code": "SHC"}
        )
        cls.contract = cls._create_contract()

    def _receive(self, amount, method="cash"):
        return self.contract.with_user(self.manager).action_smarthome_receive(amount, method)

    def test_without_journals_only_the_receipt_is_kept(self):
        self.assertFalse(self._receive(50).sudo().payment_id)

    def test_cash_is_posted_and_given_back(self):
        self.env.company.smarthome_cash_journal_id = self.cash
        receipt = self._receive(50)
        payment = receipt.sudo().payment_id
        self.assertRecordValues(
            payment,
            [{"amount": 50, "payment_type": "inbound", "journal_id": self.cash.id}],
        )
        self.assertNotEqual(payment.state, "draft")
        self.assertFalse(self._receive(20, "card").sudo().payment_id)
        back = receipt.action_reverse("A false note").sudo()
        self.assertRecordValues(
            back.payment_id,
            [{"amount": 50, "payment_type": "outbound", "journal_id": self.cash.id}],
        )
        self.assertEqual(self.contract.smarthome_received, 20)

    def test_cash_undone_in_accounting_is_not_given_back_there(self):
        """The accountant took the payment back; the manager reverses the receipt."""
        self.env.company.smarthome_cash_journal_id = self.cash
        receipt = self._receive(50)
        receipt.sudo().payment_id.action_draft()
        back = receipt.action_reverse("Was never there").sudo()
        self.assertFalse(back.payment_id)
        self.assertEqual(self.contract.smarthome_received, 0)

    def test_posted_cash_paying_an_invoice_is_counted_once(self):
        self.env.company.smarthome_cash_journal_id = self.cash
        row = self.contract.smarthome_milestone_ids[0]
        row.with_user(self.accountant).action_make_invoice()
        row.invoice_id.action_post()
        payment = self._receive(115).sudo().payment_id
        lines = (payment.move_id.line_ids | row.invoice_id.line_ids).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if payment.move_id:
            lines.reconcile()
        else:
            payment.invoice_ids = row.invoice_id
        self.assertEqual(self.contract.smarthome_received, 115)
        self.assertEqual(len(self.contract.smarthome_receipt_ids), 1)
