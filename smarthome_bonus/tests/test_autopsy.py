from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestAutopsy(SmarthomeBonusCommon):
    """2 goods of 100 (cost 60), 3 works of 10 (rate 4)."""

    def _close(self):
        self.object.action_close()
        return self.object.statement_ids.filtered("is_current")

    def _amounts(self, statement):
        result = {}
        for row in statement.autopsy_ids:
            result[row.cause] = result.get(row.cause, 0.0) + row.amount
        return {cause: round(amount, 2) for cause, amount in result.items()}

    def test_nothing_happened(self):
        self._create_ready()
        self.assertEqual(self._amounts(self._close()), {"proposal": 98.0})

    def test_cause_by_cause(self):
        """Goods with 10 % off: 180; coefficient 2 instead of 1.5: pay 24, usual 18.

        Proposal without discounts 230 - 120 - 18 = 92, discount -20, coefficient -6: 66 promised.
        An additional proposal of 1 goods: +40. Lorry 10, forgiven 5 of 310: 91 in the end.
        """
        self.object_type.work_coefficient = 1.5
        order = self._create_proposal(
            (self.goods, 2), (self.work, 3), smarthome_payment_template_id=self.template.id
        )
        order.smarthome_work_coefficient = 2
        order.order_line[0].discount = 10
        order.action_confirm()
        additional = self._create_proposal((self.goods, 1), smarthome_main_order_id=order.id)
        additional.action_confirm()
        folder = self.object.folder_ids.filtered(lambda folder: folder.code == "acts")
        self._fill_acts(folder)
        self._deliver()
        self.env["smarthome.work.done"].create(
            {"order_line_id": order.order_line[1].id, "quantity": 3}
        )
        self.env["smarthome.expense"].create(
            {"object_id": self.object.id, "name": "Lorry", "kind": "transport", "amount": 10}
        )
        order.action_smarthome_receive(205)
        additional.action_smarthome_receive(100)
        self.env["smarthome.forgiven.remainder"].create(
            {"order_id": order.id, "amount": 5, "reason": "A scratch"}
        )
        statement = self._close()
        self.assertEqual(
            self._amounts(statement),
            {
                "proposal": 92.0,
                "discount": -20.0,
                "coefficient": -6.0,
                "additional": 40.0,
                "expense": -10.0,
                "forgiven": -5.0,
            },
        )
        self.assertEqual(statement.final_profit, 91.0)
        lorry = statement.autopsy_ids.filtered(lambda row: row.cause == "expense")
        self.assertEqual(lorry.action_open_documents()["res_model"], "smarthome.expense")

    def test_price_changed_after_signing(self):
        """10 % off 200 was signed: 180. A head makes it 25 % (150) and a work 9 instead of 10.

        Proposal 230 - 120 - 12 = 98; discounts -20 as signed, -30 and -3 since.
        """
        order = self._create_proposal(
            (self.goods, 2), (self.work, 3), smarthome_date_start="2026-12-01"
        )
        order.order_line[0].discount = 10
        order.action_confirm()
        order.with_user(self.head).action_smarthome_open_contract("A scratch")
        goods, work = order.order_line.with_user(self.head)
        goods.discount = 25
        work.price_unit = 9
        self._deliver()
        work.sudo().smarthome_done_quantity = 3
        statement = self.object._close()
        self.assertEqual(self._amounts(statement), {"proposal": 98.0, "discount": -53.0})
        self.assertEqual(statement.final_profit, 45.0)

    def test_usual_coefficient_is_that_of_signing(self):
        """The type asks for twice the pay since: the contract has nothing of it."""
        self._create_ready()
        self.object_type.work_coefficient = 2
        self.assertEqual(self._amounts(self._close()), {"proposal": 98.0})

    def test_works_signed_without_pay(self):
        """Coefficient 0 saves the usual pay of 12, and stays whatever a head writes later."""
        order = self._create_proposal(
            (self.goods, 2), (self.work, 3), smarthome_date_start="2026-12-01"
        )
        order.smarthome_work_coefficient = 0
        order.action_confirm()
        order.smarthome_work_coefficient = 2
        self._deliver()
        order.order_line[1].smarthome_done_quantity = 3
        statement = self.object._close()
        self.assertEqual(self._amounts(statement), {"proposal": 98.0, "coefficient": 12.0})
        self.assertEqual(statement.final_profit, 110.0)

    def test_late_truth_has_an_autopsy_of_its_own(self):
        self._create_ready()
        former = self._close()
        self.env["smarthome.expense"].create(
            {"object_id": self.object.id, "name": "Lorry", "amount": 8}
        )
        current = self.object.statement_ids.filtered("is_current")
        self.assertEqual(self._amounts(current), {"proposal": 98.0, "expense": -8.0})
        self.assertEqual(self._amounts(former), {"proposal": 98.0})
        self.assertEqual(former.autopsy_ids.mapped("is_current"), [False])

    def test_vendor_of_goods(self):
        """Shipped for 70 instead of 60 a piece: -20 by the vendor, told by the lines."""
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        self.goods.seller_ids = [Command.create({"partner_id": vendor.id, "price": 60})]
        contract = self._create_ready()
        line = contract.order_line[0]
        self.patch(
            type(line),
            "_get_shipped_cost",
            lambda line: 70.0 * line._get_shipped_quantity(),
        )
        if "smarthome_stock" in self.env["ir.module.module"]._installed():
            self.patch(
                type(self.env["stock.move"]),
                "_get_object_cost",
                lambda move: 70.0 * move.quantity if move._is_shipment() else 0.0,
            )
        statement = self._close()
        self.assertEqual(self._amounts(statement), {"proposal": 98.0, "purchase": -20.0})
        row = statement.autopsy_ids.filtered(lambda row: row.cause == "purchase")
        self.assertEqual(row.partner_id, vendor)

    def test_access(self):
        self._create_ready()
        rows = self._close().autopsy_ids
        self.env.flush_all()
        self.assertEqual(rows.with_user(self.manager).mapped("amount"), [98])
        with self.assertRaises(AccessError):
            rows.with_user(self.manager).read(["partner_id"])
        with self.assertRaises(AccessError):
            rows.with_user(self.manager).amount = 1
        for user in (self.other_manager, self.engineer, self.storekeeper, self.purchasing):
            with self.assertRaises(AccessError):
                rows.with_user(user).read(["amount"])
            with self.assertRaises(AccessError):
                rows.with_user(user).action_open_documents()
