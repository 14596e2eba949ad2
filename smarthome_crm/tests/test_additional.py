from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .test_contract import SmarthomeContractCommon


class SmarthomeAdditionalCommon(SmarthomeContractCommon):
    """A contract of 10 goods of 100 (cost 60) and 10 works of 10 (rate 4 x 1.5): 1100 in all.

    Its forecast profit is 1100 - 600 - 60 = 440.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object_type.work_coefficient = 1.5
        cls.contract = cls._create_contract((cls.goods, 10), (cls.work, 10))
        cls.goods_line, cls.work_line = cls.contract.order_line
        cls.env.flush_all()

    def _add(self, *commands):
        """An additional proposal of the manager with the lines."""
        order = self.contract.with_user(self.manager)._create_additional()
        order.order_line = list(commands)
        return order.with_env(self.env)

    def _reduce(self, line, quantity):
        return Command.create(line._prepare_reduction_values(quantity))


@tagged("post_install", "-at_install")
class TestAdditional(SmarthomeAdditionalCommon):
    def test_made_from_the_contract(self):
        self.contract.sudo().smarthome_work_coefficient = 2  # after signing: does not count
        action = self.contract.with_user(self.manager).action_smarthome_new_additional()
        first = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            first,
            [
                {
                    "name": f"{self.contract.name}-Д1",
                    "smarthome_main_order_id": self.contract.id,
                    "smarthome_object_id": self.object.id,
                    "partner_id": self.client.id,
                    "pricelist_id": self.contract.pricelist_id.id,
                    "currency_id": self.contract.currency_id.id,
                    "smarthome_work_coefficient": 1.5,
                    "smarthome_date_start": self.contract.smarthome_date_start,
                    "user_id": self.manager.id,
                    "state": "draft",
                }
            ],
        )
        second = self.contract._create_additional()
        self.assertEqual(second.name, f"{self.contract.name}-Д2")
        self.assertEqual(self.contract.smarthome_additional_ids, first | second)
        first.order_line = [Command.create({"product_id": self.goods.id})]
        first.action_confirm()
        third = first._create_additional()
        self.assertEqual(third.smarthome_main_order_id, self.contract)
        self.assertEqual(third.name, f"{self.contract.name}-Д3")

    def test_refusals(self):
        draft = self._create_proposal((self.goods, 1))
        with self.assertRaisesRegex(UserError, "not signed yet"):
            draft.action_smarthome_new_additional()
        with self.assertRaises(AccessError):
            self.contract.with_user(self.other_manager).action_smarthome_new_additional()
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "is closed"):
            self.contract.action_smarthome_new_additional()

    def test_links_by_hand(self):
        """By RPC nobody ties a proposal to a contract of another object, or of another manager."""
        record = self._create_object(user_id=self.other_manager.id)
        draft = self._create_proposal(smarthome_object_id=record.id).with_user(self.other_manager)
        with self.assertRaises(AccessError):
            draft.smarthome_main_order_id = self.contract
        with self.assertRaises(ValidationError):
            draft.sudo().smarthome_main_order_id = self.contract
        line = self.goods_line.with_user(self.manager)
        for name in "smarthome_signed_quantity", "smarthome_return_quantity":
            with self.assertRaises(UserError):
                line.write({name: 99})

    def test_version_and_copy(self):
        order = self._add(self._reduce(self.goods_line, 2))
        version = order._create_version()
        self.assertEqual(version.smarthome_main_order_id, self.contract)
        self.assertEqual(version.order_line.smarthome_reduces_line_id, self.goods_line)
        other = order.copy({"smarthome_object_id": self._create_object().id})
        self.assertFalse(other.smarthome_main_order_id)
        self.assertFalse(other.order_line.smarthome_reduces_line_id)

    def test_once_per_proposal_is_not_generated_again(self):
        visit = self._create_work("VISIT", 50, 20)
        self._create_norm(visit)
        self._create_norm(self.work, self.goods)
        contract = self._create_proposal((self.goods, 1), smarthome_date_start="2026-12-01")
        contract.action_generate_works()
        contract.action_confirm()
        order = contract._create_additional()
        order.order_line = [Command.create({"product_id": self.goods.id, "product_uom_qty": 3})]
        order.action_generate_works()
        works = order.order_line.filtered(lambda line: line.smarthome_kind == "work")
        self.assertEqual(works.product_id, self.work)
        self.assertEqual(works.product_uom_qty, 3)

    def test_totals_of_the_object(self):
        """1100 and 2 x 100 more: 1300; forecast 440 + 80 = 520; 50 received, 1250 to come."""
        order = self._add(Command.create({"product_id": self.goods.id, "product_uom_qty": 2}))
        order.action_confirm()
        self.assertTrue(order.smarthome_contract_number)
        self.assertNotEqual(
            order.smarthome_contract_number, self.contract.smarthome_contract_number
        )
        self.assertEqual(order.smarthome_milestone_ids.mapped("amount"), [100, 80, 20])
        order.action_smarthome_receive(50)
        self.assertRecordValues(
            self.object,
            [
                {
                    "contract_amount": 1300,
                    "proposal_amount": 1300,
                    "received_amount": 50,
                    "balance_amount": 1250,
                }
            ],
        )
        rows = self.object._get_profit_rows()
        self.assertEqual(sum(row["forecast"] for row in rows), 520)


@tagged("post_install", "-at_install")
class TestReduction(SmarthomeAdditionalCommon):
    def test_counted_once(self):
        """3 goods and 4 works less: 1100 - 300 - 40 = 760.

        The promise of the reduction is -340 + 180 + 24 = -136, so the forecast of both is
        440 - 136 = 304, and the final profit of 7 goods and 6 works: 760 - 420 - 36 = 304.
        """
        order = self._add(self._reduce(self.goods_line, 3), self._reduce(self.work_line, 4))
        self.assertEqual((order.amount_total, order.smarthome_profit), (-340, -136))
        self.assertTrue(order.with_user(self.manager)._get_proposal_xlsx()[1])
        order.with_user(self.manager).action_confirm()
        self.env.flush_all()
        self.assertEqual((self.goods_line.product_uom_qty, self.work_line.product_uom_qty), (7, 6))
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "product_uom_qty": 0,
                    "smarthome_signed_quantity": -3,
                    "smarthome_signed_subtotal": -300,
                    "smarthome_return_quantity": 0,
                },
                {
                    "product_uom_qty": 0,
                    "smarthome_signed_quantity": -4,
                    "smarthome_signed_subtotal": -40,
                    "smarthome_return_quantity": 0,
                },
            ],
        )
        self.assertEqual((order.amount_total, order.smarthome_profit), (0, -136))
        self.assertEqual((self.contract.amount_total, self.contract.smarthome_profit), (760, 440))
        self.assertEqual(self.goods_line.smarthome_signed_quantity, 10)
        self.assertEqual(self.contract.smarthome_milestone_ids.mapped("amount"), [380, 304, 76])
        self.assertFalse(order.smarthome_milestone_ids)
        self.assertEqual(self.object.contract_amount, 760)
        self.env["smarthome.work.done"].create({"order_line_id": self.work_line.id, "quantity": 6})
        self._deliver()
        rows = self.object._get_profit_rows()
        self.assertEqual(sum(row["forecast"] for row in rows), 304)
        self.assertEqual(sum(row["fact"] for row in rows), 304)

    def test_paid_rows_stay(self):
        """550 paid; the total falls to 500: the rest of the plan goes, 50 are to be given back."""
        self.contract.action_smarthome_receive(550)
        self._add(self._reduce(self.goods_line, 6)).action_confirm()
        rows = self.contract.smarthome_milestone_ids
        self.assertEqual(sum(rows.mapped("amount")), 500)
        self.assertEqual(rows[0].amount, 550)
        self.assertEqual(self.contract.smarthome_balance, -50)

    def test_price_and_cost_are_the_contracts(self):
        self.goods.write({"list_price": 999, "standard_price": 1})
        self.work.smarthome_installer_rate = 99
        order = self._add(self._reduce(self.goods_line, 1), self._reduce(self.work_line, 1))
        order.action_smarthome_update_costs()
        self.assertEqual(order.order_line.mapped("price_unit"), [100, 10])
        self.assertEqual((order.smarthome_goods_cost, order.smarthome_works_pay), (-60, -6))
        order.order_line[0].product_uom_qty = -2
        self.assertEqual(order.order_line[0].price_unit, 100)
        with self.assertRaises(ValidationError):
            order.order_line[0].price_unit = 50
        with self.assertRaises(ValidationError):
            order.order_line[0].product_uom_qty = 1

    def test_only_lines_of_the_same_object(self):
        contract = self._create_contract(
            (self.goods, 5), smarthome_object_id=self._create_object().id
        )
        with self.assertRaises(ValidationError):
            self._add(self._reduce(contract.order_line, 1))

    def test_more_than_there_is(self):
        first = self._add(self._reduce(self.goods_line, 8))
        second = self._add(self._reduce(self.goods_line, 8))
        first.action_confirm()
        with self.assertRaisesRegex(UserError, "8 cannot be taken away, only 2 are left"):
            second.action_confirm()
        self.assertEqual(second.state, "draft")

    def test_below_what_is_done(self):
        """7 of 10 works are done, 5 should go: 3 go, 2 are asked back of the manager."""
        self.env["smarthome.work.done"].create({"order_line_id": self.work_line.id, "quantity": 7})
        order = self._add(self._reduce(self.work_line, 5))
        order.action_confirm()
        self.assertEqual(self.work_line.product_uom_qty, 7)
        self.assertEqual(order.order_line.smarthome_return_quantity, 2)
        activity = self.contract.activity_ids.filtered(lambda one: "W-CON" in one.summary)
        self.assertEqual(activity.user_id, self.manager)
        self.assertIn("2", activity.summary)
        self.assertEqual(self.object.contract_amount, 1070)

    def test_returns_complete_the_reduction(self):
        """8 of 10 goods are shipped, 5 should go: 2 go at once, 3 when they are back."""
        self.patch(type(self.goods_line), "_get_irreducible_quantity", lambda line: 8.0)
        order = self._add(self._reduce(self.goods_line, 5))
        order.action_confirm()
        self.assertEqual(self.contract.amount_total, 900)
        with self.assertRaisesRegex(UserError, "only 5 are left"):
            self._add(self._reduce(self.goods_line, 6)).action_confirm()
        self.assertEqual(self.goods_line._complete_returns(1), 0)
        self.assertEqual(self.contract.amount_total, 800)
        self.assertEqual(self.goods_line._complete_returns(4), 2)
        self.assertEqual(self.contract.amount_total, 600)
        self.assertFalse(order.order_line.smarthome_return_quantity)
        self.assertEqual(sum(self.contract.smarthome_milestone_ids.mapped("amount")), 600)

    def test_cancelled_additional_gives_back(self):
        order = self._add(self._reduce(self.goods_line, 4))
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(self.goods_line.product_uom_qty, 10)
        self.assertEqual(order.order_line.product_uom_qty, -4)
        self.assertEqual(self.contract.amount_total, 1100)

    def test_price_by_quantity_does_not_move(self):
        """A pricelist by quantity would ask 150 for 5 and less; the contract said 100."""
        self.contract.pricelist_id.item_ids = [
            Command.create(
                {
                    "applied_on": "1_product",
                    "product_tmpl_id": self.goods.product_tmpl_id.id,
                    "compute_price": "fixed",
                    "fixed_price": 150,
                }
            )
        ]
        self._add(self._reduce(self.goods_line, 6)).action_confirm()
        self.assertEqual((self.goods_line.price_unit, self.goods_line.price_subtotal), (100, 400))
