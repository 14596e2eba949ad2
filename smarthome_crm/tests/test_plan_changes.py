from odoo.fields import Command
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestPlanChanges(SmarthomeContractCommon):
    """What becomes of planned payments when a total falls or rises after money came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["smarthome.payment.template"].create(
            {"name": "At once", "line_ids": [Command.create({"name": "All", "percent": 100})]}
        )
        cls.contract = cls._create_contract((cls.goods, 1))  # 100
        cls.contract.smarthome_milestone_ids.date_due = "2020-01-01"

    def _change_price(self, price):
        contract = self.contract.with_user(self.head)
        contract.action_smarthome_open_contract("Agreed otherwise")
        contract.order_line.price_unit = price
        contract.action_smarthome_close_contract()

    def _assert_plan(self, *rows):
        names = ("amount", "paid_amount", "balance", "state")
        plan = self.contract.smarthome_milestone_ids.sorted("sequence")
        self.assertRecordValues(plan, [dict(zip(names, row, strict=True)) for row in rows])

    def test_partly_paid_row_owes_no_more_than_the_contract(self):
        """60 of 100 came, the total falls to 50: nothing is overdue, 10 are to be given back."""
        self.contract.action_smarthome_receive(60)
        self._change_price(50)
        self._assert_plan((60, 60, 0, "paid"), (-10, 0, -10, "planned"))
        self.assertEqual(self.contract.smarthome_balance, -10)
        self.assertFalse(self.object.next_payment_amount)
        self._change_price(80)
        self._assert_plan((60, 60, 0, "paid"), (20, 0, 20, "planned"))
        self.assertEqual(self.contract.smarthome_milestone_ids[1].name, "Remainder")

    def test_money_given_back_is_settled(self):
        """100 came, the total falls to 80; 100 are reversed and 80 written down."""
        receipt = self.contract.action_smarthome_receive(100)
        self._change_price(80)
        self._assert_plan((100, 100, 0, "paid"), (-20, 0, -20, "planned"))
        receipt.action_reverse("20 went back")
        self.contract.action_smarthome_receive(80)
        self._assert_plan((100, 100, 0, "paid"), (-20, -20, 0, "paid"))
        self.assertEqual(self.contract.smarthome_balance, 0)
        self.env["smarthome.payment.milestone"]._cron_overdue()
        self.assertFalse(self.contract.activity_ids.filtered(lambda one: "Over" in one.summary))

    def test_forgiven_money_is_owed_no_more(self):
        """70 of 100 came and 30 are forgiven: nothing is overdue, and only 70 were paid."""
        self.contract.action_smarthome_receive(70)
        self.env["smarthome.forgiven.remainder"].create(
            {"order_id": self.contract.id, "amount": 30, "reason": "A scratch"}
        )
        self._assert_plan((100, 70, 0, "paid"))
        self.assertFalse(self.object.next_payment_amount)

    def test_older_rows_to_give_back_are_counted_anew(self):
        self.contract.action_smarthome_receive(100)
        self._change_price(80)
        row = self.contract.smarthome_milestone_ids[1]
        self.env.flush_all()
        self.cr.execute(
            "UPDATE smarthome_payment_milestone SET state = 'paid' WHERE id = %s", [row.id]
        )
        self.env.invalidate_all()
        script = "smarthome_crm/migrations/19.0.1.0.2/post-recount_money_to_give_back.py"
        load_script(file_path(script), "recount").migrate(self.cr, "19.0.1.0.1")
        self.env.invalidate_all()
        self.assertEqual(row.state, "planned")
