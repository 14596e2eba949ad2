from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestDifference(SmarthomeContractCommon):
    """5 goods of 100 ask for 1 work (10) each, and for 8 % of the equipment: 500 + 50 + 40."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.percent = cls._create_work("START", 8, 4, smarthome_is_percent=True)
        cls.norm = cls._create_norm(cls.work, cls.goods)
        cls._create_norm(cls.percent, basis="percent")
        cls.contract = cls._create_proposal((cls.goods, 5), smarthome_date_start="2026-12-01")
        cls.contract.action_generate_works()
        cls.contract.action_confirm()

    def _open(self):
        action = self.contract.with_user(self.manager).action_smarthome_offer_difference()
        return self.env["smarthome.difference"].with_user(self.manager).browse(action["res_id"])

    def _make(self, wizard):
        return self.env["sale.order"].browse(wizard.action_make()["res_id"])

    def test_nothing_differs(self):
        wizard = self._open()
        self.assertFalse(wizard.work_ids)
        with self.assertRaisesRegex(UserError, "no difference"):
            wizard.action_make()

    def test_percent_that_is_done_is_asked_for_once(self):
        """10 goods ask for 80; the 40 that are done stay, so 40 more: 1000 + 100 + 80 in all.

        Back at 3 goods 24 would do, but what is done is not taken away, nor asked for again.
        """
        line = self.contract.order_line.filtered(lambda line: line.product_id == self.percent)
        self.env["smarthome.work.done"].create({"order_line_id": line.id, "quantity": 1})
        wizard = self._open()
        wizard.goods_ids.new_quantity = 10
        order = self._make(wizard)
        more = order.order_line.filtered(lambda line: line.product_id == self.percent)
        self.assertEqual((more.product_uom_qty, more.price_unit), (1, 40))
        self.assertEqual(more.sudo().smarthome_pay, 20)
        order.action_confirm()
        self.assertEqual(self.object.contract_amount, 1180)
        self.assertFalse(self._open().work_ids)
        wizard = self._open()
        wizard.goods_ids.new_quantity = 1.5
        less = self._make(wizard)
        self.assertFalse(less.order_line.filtered(lambda line: line.product_id == self.percent))

    def test_norm_changed(self):
        """2 works each now, and a new one: 5 more at 10 and 5 new at 7; the contract stays."""
        extra = self._create_work("EXTRA", 7, 3)
        self.norm.quantity = 2
        self._create_norm(extra, self.goods)
        before = self.contract.order_line.read(["product_uom_qty", "price_unit"])
        wizard = self._open()
        self.assertEqual(
            {
                row.product_id: (row.change, row.old_quantity, row.new_quantity)
                for row in wizard.work_ids
            },
            {self.work: ("more", 5, 10), extra: ("added", 0, 5)},
        )
        order = self._make(wizard)
        self.assertEqual(order.smarthome_main_order_id, self.contract)
        self.assertEqual(
            {line.product_id: (line.product_uom_qty, line.price_unit) for line in order.order_line},
            {self.work: (5, 10), extra: (5, 7)},
        )
        self.assertEqual(self.contract.order_line.read(["product_uom_qty", "price_unit"]), before)
        order.action_confirm()
        self.assertFalse(self._open().work_ids)
        self.norm.quantity = 1
        self.assertEqual(self._open().work_ids.mapped("change"), ["less"])

    def test_wished_goods(self):
        """2 goods less: 2 works less, and 8 % of 300 = 24 instead of 40.

        500 + 50 + 40 = 590 falls to 300 + 30 + 24 = 354, by -200 - 20 - 40 + 24 = -236.
        """
        wizard = self._open()
        with Form(wizard) as form, form.goods_ids.edit(0) as row:
            row.new_quantity = 3
        rows = {row.product_id: row for row in wizard.work_ids}
        self.assertEqual(rows[self.work].change, "less")
        percent = rows[self.percent]
        self.assertEqual((percent.change, percent.old_price, percent.new_price), ("price", 40, 24))
        self.assertEqual((percent.old_quantity, percent.new_quantity), (1, 1))
        order = self._make(wizard)
        self.assertEqual(order.amount_total, -236)
        order.action_confirm()
        self.assertEqual(self.contract.amount_total + order.amount_total, 354)
        self.assertEqual(order.amount_total, 24)
        added = order.order_line.filtered(lambda line: line.product_uom_qty > 0)
        self.assertEqual(added.smarthome_rate, 12)  # 4 % of 300
        self.assertFalse(self._open().work_ids)

    def test_more_goods_at_the_contracts_price(self):
        self.goods.list_price = 130
        wizard = self._open()
        with Form(wizard) as form, form.goods_ids.edit(0) as row:
            row.new_quantity = 6
        order = self._make(wizard)
        goods = order.order_line.filtered(lambda line: line.smarthome_kind == "goods")
        self.assertEqual((goods.product_uom_qty, goods.price_unit), (1, 100))
        order.action_generate_works()
        works = order.order_line.filtered(lambda line: line.product_id == self.work)
        self.assertEqual(works.product_uom_qty, 1)

    def test_removed_and_price(self):
        """A norm switched off removes its work; another price is shown, and not chosen."""
        self.work.list_price = 15
        row = self._open().work_ids
        self.assertRecordValues(row, [{"change": "price", "old_price": 10, "new_price": 15}])
        self.assertFalse(row.is_chosen)
        row.is_chosen = True
        order = self._make(row.difference_id)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [-5, 5])
        self.assertEqual(order.amount_total, 25)
        self.norm.active = False
        self.assertEqual(self._open().work_ids.mapped("change"), ["removed"])

    def test_hand_stays(self):
        """What a hand set before signing is no difference; typed works neither."""
        contract = self._create_proposal((self.goods, 5), smarthome_date_start="2026-12-01")
        contract.action_generate_works()
        line = contract.order_line.filtered(lambda line: line.product_id == self.work)
        line.write({"product_uom_qty": 9, "price_unit": 11})
        contract.action_confirm()
        self.norm.quantity = 4
        self.assertNotIn(self.work.id, [row["product_id"] for row in contract._get_difference()])
