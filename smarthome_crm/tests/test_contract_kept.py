from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .closing_common import SmarthomeClosingCommon


@tagged("post_install", "-at_install")
class TestContractKept(SmarthomeClosingCommon):
    """What the figures of a contract stand on: 2 goods of 100 (60), 3 works of 10 (4 x 1.5)."""

    def _open(self):
        contract = self.contract.with_user(self.head)
        contract.action_smarthome_open_contract("A slip")
        return contract

    def _get_facts(self):
        rows = self.object.sudo()._get_profit_rows()
        return {row["code"]: (row["forecast"], row["fact"]) for row in rows}

    def test_lines_added_to_an_opened_contract_cost(self):
        """1 more of the goods at 60 and of the work at 4 x 1.5; the forecast stays."""
        profit = self.contract.smarthome_profit
        contract = self._open()
        contract.order_line = [
            Command.create({"product_id": product.id, "product_uom_qty": 1})
            for product in (self.goods, self.work)
        ]
        goods, work = (contract.order_line - self.goods_line - self.work_line).sudo()
        self.assertEqual((goods.smarthome_purchase_price, goods.smarthome_cost), (60, 60))
        self.assertEqual((work.smarthome_rate, work.smarthome_pay), (4, 6))
        self.assertEqual(self.contract.smarthome_profit, profit)
        done = self.env["smarthome.work.done"].create({"order_line_id": work.id, "quantity": 1})
        self.assertEqual(done.pay, 6)
        self.assertEqual(self._get_facts()["works_pay"], (-18, -6))

    def test_cost_of_other_lines_follows_their_quantity(self):
        """3 deliveries of 30 that cost 10 each; one falls away: 60 less 20 are left."""
        delivery = self.env["product.product"].create(
            {
                "name": "Delivery",
                "type": "service",
                "list_price": 30,
                "standard_price": 10,
                "taxes_id": [Command.clear()],
            }
        )
        self.contract = self._create_contract((delivery, 3))
        self._open().order_line.product_uom_qty = 2
        facts = self._get_facts()
        self.assertEqual(facts["other_revenue"], (90, 60))
        self.assertEqual(facts["other_cost"], (-30, -20))

    def test_cancelling_loses_neither_money_nor_pay(self):
        receipt = self.contract.action_smarthome_receive(100)
        contract = self.contract
        with self.assertRaisesRegex(UserError, "100.* is received"):
            contract._action_cancel()
        receipt.action_reverse("Given back")
        done = self._do_works(1)
        with self.assertRaisesRegex(UserError, "works are done"):
            contract._action_cancel()
        done.unlink()
        contract._action_cancel()
        self.assertEqual(contract.state, "cancel")

    def test_hand_over_by_hand_is_kept(self):
        """A typed day stays when works change; another start proposes anew only past it."""
        order = self._create_proposal((self.work, 3), smarthome_date_start="2026-12-04")
        order.smarthome_date_end = "2027-03-01"
        order.order_line.product_uom_qty = 40
        self.assertEqual(str(order.smarthome_date_end), "2027-03-01")
        order.smarthome_date_start = "2027-03-05"  # a Friday; 320 hours are 20 days of two
        self.assertEqual(str(order.smarthome_date_end), "2027-04-01")
