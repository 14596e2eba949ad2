from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestReceiptsOfInvoices(SmarthomeContractCommon):
    """Odd invoices: for several contracts, cancelled, taken back by a credit note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.env.company)
        cls.contract = cls._create_contract()  # 230 by 115, 92, 23

    def _invoice(self, contract):
        row = contract.smarthome_milestone_ids[0]
        row.with_user(self.accountant).action_make_invoice()
        row.invoice_id.action_post()
        return row.invoice_id

    def _pay(self, invoices, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoices.ids
        )
        return wizard.create(values)._create_payments()

    def test_cashless_by_hand_waits_for_accounting(self):
        """What is typed and what is paid would count twice: 10 + 5 + 105 + 1 are received."""
        self.contract.action_smarthome_receive(10, "cashless")
        invoice = self._invoice(self.contract)
        with self.assertRaises(UserError) as refused:
            self.contract.with_user(self.manager).action_smarthome_receive(50, "cashless")
        self.assertIn(invoice.name, str(refused.exception))
        self.contract.action_smarthome_receive(5, "cash")
        self._pay(invoice)
        self.contract.action_smarthome_receive(1, "cashless")
        self.assertEqual(self.contract.smarthome_received, 121)

    def test_one_invoice_for_two_contracts(self):
        """230 and 100 stand on one invoice; 33 paid are 23 and 10, the rest 207 and 90."""
        other = self._create_contract((self.goods, 1))
        (self.goods | self.work).invoice_policy = "order"
        both = (self.contract | other).with_context(smarthome_contract_change=True)
        invoice = both.sudo()._create_invoices()
        invoice.action_post()
        self.assertEqual((len(invoice), invoice.amount_total), (1, 330))
        self._pay(invoice, amount=33)
        self.assertEqual((self.contract.smarthome_received, other.smarthome_received), (23, 10))
        payment = self._pay(invoice)
        self.assertEqual((self.contract.smarthome_received, other.smarthome_received), (230, 100))
        payment.action_draft()
        self.assertEqual((self.contract.smarthome_received, other.smarthome_received), (23, 10))

    def test_another_order_keeps_its_part(self):
        """Of 330 on the invoice 100 are for an order without an object."""
        sale = self._create_proposal(
            (self.goods, 1), smarthome_object_id=False, partner_id=self.client.id
        )
        sale.action_confirm()
        (self.goods | self.work).invoice_policy = "order"
        both = (self.contract | sale).with_context(smarthome_contract_change=True)
        invoice = both.sudo()._create_invoices()
        invoice.action_post()
        self._pay(invoice)
        self.assertEqual(self.contract.smarthome_received, 230)
        self.assertEqual(self.contract.smarthome_receipt_ids.amount, 230)

    def test_one_payment_without_an_entry_for_two_invoices(self):
        """Where accounting keeps payments without entries, 230 pay two invoices of 115."""
        other = self._create_contract()
        invoices = self._invoice(self.contract) | self._invoice(other)
        lines = self.env["account.journal"].search([("type", "in", ("bank", "cash"))])
        lines.inbound_payment_method_line_ids.payment_account_id = False
        with patch.object(
            type(invoices), "_get_invoice_in_payment_state", lambda self: "in_payment"
        ):
            payment = self._pay(invoices, group_payment=True)
        self.assertFalse(payment.move_id)
        self.assertEqual(self.contract.smarthome_received, 115)
        self.assertEqual(other.smarthome_received, 115)

    def test_cancelled_invoice_is_issued_anew(self):
        row = self.contract.smarthome_milestone_ids[0]
        row.action_request_invoice()
        first = self._invoice(self.contract)
        first.button_draft()
        first.button_cancel()
        row.with_user(self.manager).action_request_invoice()
        self.assertTrue(row.is_invoice_requested)
        second = self._invoice(self.contract)
        self.assertNotEqual(second, first)
        self.assertEqual((second.amount_total, second.state), (115, "posted"))

    def test_invoice_has_the_planned_amount(self):
        """All before, goods invoiced when delivered: not the works' 30 alone, but all 230."""
        self.goods.invoice_policy = "delivery"
        template = self.env["smarthome.payment.template"].create(
            {"name": "At once", "line_ids": [Command.create({"name": "All", "percent": 100})]}
        )
        contract = self._create_contract(smarthome_payment_template_id=template.id)
        invoice = self._invoice(contract)
        self.assertEqual(invoice.amount_total, 230)

    def test_money_given_back_by_a_credit_note(self):
        """115 came, a credit note of 115 is paid out: nothing is received; undone, 115 again."""
        invoice = self._invoice(self.contract)
        self._pay(invoice)
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        reversal = wizard.create({"journal_id": invoice.journal_id.id, "reason": "Agreed"})
        note = self.env["account.move"].browse(reversal.refund_moves()["res_id"])
        note.action_post()
        self.assertEqual(self.contract.smarthome_received, 115)
        self._pay(note, amount=15)
        self.assertEqual(self.contract.smarthome_received, 100)
        payment = self._pay(note)
        self.assertEqual(self.contract.smarthome_received, 0)
        self.assertEqual(
            self.contract.smarthome_receipt_ids.sorted("id").mapped("amount"), [115, -15, -100]
        )
        payment.action_draft()
        self.assertEqual(self.contract.smarthome_received, 100)

    def test_no_hand_reverses_what_accounting_knows(self):
        """Otherwise the next comparison with accounting would count the money again."""
        self._pay(self._invoice(self.contract))
        receipt = self.contract.smarthome_receipt_ids
        with self.assertRaisesRegex(UserError, "came from accounting"):
            receipt.with_user(self.manager).action_reverse("A slip")
        self.assertEqual(self.contract.smarthome_received, 115)
