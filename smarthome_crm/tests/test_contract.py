from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import SmarthomeCrmCommon


class SmarthomeContractCommon(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("CON-1", 100, 60)
        cls.work = cls._create_work("W-CON", 10, 4, 8)
        cls.template = cls.env.ref("smarthome_crm.payment_template_50_40_10")

    @classmethod
    def _create_contract(cls, *goods, **values):
        """A signed contract; by default 2 goods and 3 works: 230 in all."""
        defaults = {
            "smarthome_date_start": "2026-12-01",
            "smarthome_payment_template_id": cls.template.id,
        }
        lines = goods or ((cls.goods, 2), (cls.work, 3))
        order = cls._create_proposal(*lines, **{**defaults, **values})
        order.action_confirm()
        return order


@tagged("post_install", "-at_install")
class TestContract(SmarthomeContractCommon):
    def test_missing_is_named_in_one_sentence(self):
        order = self._create_proposal(smarthome_date_start=False)
        with self.assertRaisesRegex(UserError, "start of installation, .*hand-over, a line"):
            order.action_confirm()
        order = self._create_proposal((self.goods, 1), smarthome_date_start="2026-12-10")
        order.smarthome_date_end = "2026-12-01"
        with self.assertRaisesRegex(UserError, "a hand-over after the start"):
            order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_hand_over_is_proposed(self):
        """24 hours of work, two installers of 8 hours: two days; a person may overwrite it."""
        order = self._create_proposal((self.work, 3), smarthome_date_start="2026-12-04")
        self.assertEqual(order.smarthome_date_end, date(2026, 12, 7))  # Friday and Monday
        order.smarthome_date_end = "2026-12-20"
        self.env.flush_all()
        self.assertEqual(order.smarthome_date_end, date(2026, 12, 20))

    @freeze_time("2026-11-25 09:00:00")
    def test_signing(self):
        order = self._create_contract()
        self.assertEqual(order.smarthome_date_signed, date(2026, 11, 25))
        self.assertRegex(order.smarthome_contract_number, r"Д-2026-\d+")
        self.assertEqual(self.object.stage, "contract")
        self.assertEqual(order.order_line.mapped("smarthome_signed_quantity"), [2, 3])
        self.assertEqual(order.order_line.mapped("smarthome_signed_subtotal"), [200, 30])
        other = self._create_contract()
        self.assertNotEqual(other.smarthome_contract_number, order.smarthome_contract_number)

    def test_promise_is_kept(self):
        order = self._create_contract()
        names = ("smarthome_goods_cost", "smarthome_works_pay", "smarthome_profit")
        before = order.read(names)
        self.goods.standard_price = 1
        self.work.smarthome_installer_rate = 100
        order.smarthome_work_coefficient = 3
        order.action_smarthome_update_costs()
        lines = order.order_line.with_context(smarthome_contract_change=True)
        lines[0].product_uom_qty = 50
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(order.read(names), before)
        self.assertEqual(order.order_line.mapped("smarthome_pay"), [0, 12])

    def test_lines_are_closed(self):
        order = self._create_contract()
        line = order.order_line[0].with_user(self.manager)
        for values in {"product_uom_qty": 3}, {"price_unit": 1}, {"discount": 5}:
            with self.assertRaisesRegex(UserError, "is signed"):
                line.write(values)
            with self.assertRaisesRegex(UserError, "is signed"):
                line.with_context(smarthome_contract_change=True).write(values)
        with self.assertRaisesRegex(UserError, "is signed"):
            order.with_user(self.manager).order_line = [
                Command.create({"product_id": self.goods.id})
            ]
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaisesRegex(UserError, "is signed"):
            order.order_line[0].with_user(self.head).product_uom_qty = 3
        line.write({"product_uom_qty": 2, "customer_lead": 3})
        self.assertEqual(line.customer_lead, 3)

    def test_head_opens_with_a_reason(self):
        order = self._create_contract()
        with self.assertRaises(UserError):
            order.with_user(self.manager).action_smarthome_open_contract("I want to")
        with self.assertRaises(UserError):
            order.with_user(self.manager).smarthome_is_opened = True
        with self.assertRaises(UserError):
            order.with_user(self.head).action_smarthome_open_contract(" ")
        order.with_user(self.head).action_smarthome_open_contract("A slip in the price")
        self.assertIn("A slip in the price", order.message_ids[0].body)
        order.order_line[0].with_user(self.head).price_unit = 90
        with self.assertRaises(UserError):
            order.order_line[0].with_user(self.manager).price_unit = 80
        order.with_user(self.head).action_smarthome_close_contract()
        with self.assertRaises(UserError):
            order.order_line[0].with_user(self.head).price_unit = 70

    def test_consent_in_the_portal_does_not_sign(self):
        order = self._create_proposal((self.goods, 1), smarthome_date_start="2026-12-01")
        order.state = "sent"
        order._validate_order()
        self.assertEqual(order.state, "sent")
        self.assertEqual(order.activity_ids.user_id, self.manager)

    def test_signing_asks_the_database_flatly(self):
        counts = []
        for lines in 5, 5, 50:
            order = self._create_proposal(
                *[(self.work, 1)] * lines, smarthome_date_start="2026-12-01"
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            order.action_confirm()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 3)


@tagged("post_install", "-at_install")
class TestPayments(SmarthomeContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()

    def test_plan(self):
        """230 by 50 / 40 / 10."""
        self.assertRecordValues(
            self.contract.smarthome_milestone_ids,
            [
                {"amount": 115.0, "date_due": date.today(), "state": "planned"},
                {"amount": 92.0, "date_due": date(2026, 12, 1), "state": "planned"},
                {"amount": 23.0, "date_due": self.contract.smarthome_date_end, "state": "planned"},
            ],
        )

    def test_first_in_first_out(self):
        self.contract.with_user(self.manager).action_smarthome_receive(150, "cash")
        rows = self.contract.smarthome_milestone_ids
        self.assertEqual(rows.mapped("paid_amount"), [115, 35, 0])
        self.assertEqual(rows.mapped("state"), ["paid", "partly", "planned"])
        self.assertEqual(self.contract.smarthome_balance, 80)
        self.assertRecordValues(
            self.object,
            [{"contract_amount": 230, "received_amount": 150, "balance_amount": 80}],
        )
        self.assertEqual(self.object.next_payment_amount, 57)

    def test_overpayment_is_kept(self):
        self.contract.action_smarthome_receive(300, "card")
        self.assertEqual(self.contract.smarthome_balance, -70)
        self.assertEqual(self.contract.smarthome_milestone_ids.mapped("state"), ["paid"] * 3)

    def test_reversal(self):
        receipt = self.contract.action_smarthome_receive(115, "cash").with_user(self.manager)
        with self.assertRaises(UserError):
            receipt.unlink()
        with self.assertRaises(UserError):
            receipt.amount = 1
        with self.assertRaises(UserError):
            receipt.action_reverse("")
        reversal = receipt.action_reverse("A false note")
        self.assertEqual((reversal.amount, reversal.reason), (-115, "A false note"))
        self.assertEqual(self.contract.smarthome_balance, 230)
        with self.assertRaises(UserError):
            receipt.action_reverse("Again")

    @freeze_time("2026-12-15")
    def test_other_currency(self):
        """100 EUR at 0.8 for a dollar settle 125 dollars, or what a person types."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        euro.rate_ids = [Command.create({"name": "2020-01-01", "rate": 0.8})]
        receipt = self.contract.action_smarthome_receive(100, currency_id=euro.id)
        self.assertEqual((receipt.settled_amount, receipt.rate), (125, 0.8))
        typed = self.contract.action_smarthome_receive(80, currency_id=euro.id, settled_amount=98)
        self.assertEqual(typed.settled_amount, 98)
        self.assertEqual(self.contract.smarthome_balance, 7)

    def test_only_contracts_receive(self):
        order = self._create_proposal((self.goods, 1))
        with self.assertRaises(UserError):
            order.action_smarthome_receive(10)

    def test_another_manager_reaches_nothing(self):
        receipt = self.contract.action_smarthome_receive(10)
        for record in receipt, self.contract.smarthome_milestone_ids:
            self.env.flush_all()
            model = record.with_user(self.other_manager).browse()
            self.assertFalse(model.search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                record.with_user(self.other_manager).read(["amount"])
        with self.assertRaises(AccessError):
            self.contract.with_user(self.other_manager).action_smarthome_receive(1)
        for user in self.secretary, self.engineer, self.storekeeper:
            with self.assertRaises(AccessError):
                receipt.with_user(user).read(["amount"])

    def test_overdue_once(self):
        """One activity a payment, however many mornings pass."""
        row = self.contract.smarthome_milestone_ids[0]
        row.date_due = "2020-01-01"
        Milestone = self.env["smarthome.payment.milestone"]
        Milestone._cron_overdue()
        Milestone._cron_overdue()
        self.assertEqual(row.state, "overdue")
        activities = self.contract.activity_ids.filtered(lambda one: "Overdue" in one.summary)
        self.assertEqual(len(activities), 1)
        self.assertEqual(activities.user_id, self.manager)
        self.assertGreater(self.object.days_overdue, 0)
        self.contract.action_smarthome_receive(115)
        self.assertEqual(row.state, "paid")


@tagged("post_install", "-at_install")
class TestCashless(SmarthomeContractCommon):
    """Real invoices and payments of Odoo's accounting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.env.company)
        cls.contract = cls._create_contract()
        cls.row = cls.contract.smarthome_milestone_ids[0]

    def _pay(self, invoice, amount=None):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {"amount": amount} if amount else {}
        return wizard.create(values)._create_payments()

    def test_request_and_invoice(self):
        row = self.row.with_user(self.manager)
        row.action_request_invoice()
        row.action_request_invoice()
        activities = self.contract.activity_ids.filtered(lambda one: one.user_id == self.accountant)
        self.assertEqual(len(activities), 1)
        with self.assertRaises(AccessError):
            row.action_make_invoice()
        action = self.row.with_user(self.accountant).action_make_invoice()
        again = self.row.with_user(self.accountant).action_make_invoice()
        self.assertEqual(action["res_id"], again["res_id"])
        self.assertEqual(self.row.invoice_id.amount_total, 115)

    def test_payment_makes_one_receipt_and_undoing_reverses_it(self):
        self.row.with_user(self.accountant).action_make_invoice()
        invoice = self.row.invoice_id
        invoice.action_post()
        payment = self._pay(invoice, 60)
        receipts = self.contract.smarthome_receipt_ids
        self.assertRecordValues(
            receipts, [{"amount": 60, "method": "cashless", "invoice_id": invoice.id}]
        )
        self.assertEqual(self.row.paid_amount, 60)
        payment.action_draft()
        self.assertEqual(sum(self.contract.smarthome_receipt_ids.mapped("amount")), 0)
        self.assertEqual(len(self.contract.smarthome_receipt_ids), 2)
        payment.action_post()
        self.assertEqual(self.contract.smarthome_received, 60)
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual(self.contract.smarthome_received, 0)
        self._pay(invoice)
        self.assertEqual(self.contract.smarthome_received, 115)
        self.assertEqual(self.row.state, "paid")
