from odoo.tests import tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestObjectCost(SmarthomeStockCommon):
    def _get_facts(self):
        rows = self.object._get_profit_rows()
        return {row["code"]: row["fact"] for row in rows if row["fact"]}

    def test_average_cost_at_the_moment_of_shipment(self):
        """4 at 60 and 6 at 70 are 66 each; a later purchase at 90 changes nothing shipped.

        Shipped 3 x 66 = 198; then 2 at (5 x 66 + 10 x 90) / 15... = (7 x 66 + 10 x 90) / 17;
        one of the first comes back at its own 66.
        """
        self._receive((self.goods, 4, 60))
        self._receive((self.goods, 6, 70))
        order = self._sign((self.goods, 5))
        self._pick(order)
        first = self._ship(order, {self.goods: 3})
        self.assertEqual(self._get_facts()["goods_cost"], -198)
        self._receive((self.goods, 10, 90))
        self._ship(order)
        average = (7 * 66 + 10 * 90) / 17
        self.assertAlmostEqual(self._get_facts()["goods_cost"], -198 - 2 * average, 2)
        self.assertEqual(self._get_facts()["goods_revenue"], 500)
        self._take_back(first, {self.goods: 1})
        facts = self._get_facts()
        self.assertAlmostEqual(facts["goods_cost"], -132 - 2 * average, 2)
        self.assertEqual(facts["goods_revenue"], 400)
        line = order.order_line
        self.assertEqual(line._get_shipped_quantity(), 4)
        self.assertAlmostEqual(line._get_shipped_cost(), 132 + 2 * average, 2)
        row = next(row for row in self.object._get_profit_rows() if row["code"] == "goods_cost")
        self.assertEqual(row["res_model"], "stock.move")
        self.assertEqual(len(row["res_ids"]), 3)

    def test_first_in_first_out(self):
        category = self.env["product.category"].create(
            {"name": "Goods by receipt", "property_cost_method": "fifo"}
        )
        goods = self._create_goods("ST-FIFO", 100, 0, category)
        self._receive((goods, 2, 50))
        self._receive((goods, 2, 80))
        order = self._sign((goods, 3))
        self._pick(order)
        self._ship(order)
        self.assertEqual(self._get_facts()["goods_cost"], -180)  # 2 x 50 + 80

    def test_nothing_shipped_costs_nothing(self):
        self._receive((self.goods, 4, 60))
        order = self._sign((self.goods, 3))
        self._pick(order)
        self.assertNotIn("goods_cost", self._get_facts())
        self.assertEqual(self.object._get_profit_rows()[0]["fact"], 0)

    def test_goods_of_before_the_warehouse(self):
        """What a person had written as delivered costs its frozen purchase price."""
        goods = self._create_goods("ST-OLD", 100, 40)
        line = self._sign((goods, 2)).order_line
        line.move_ids._action_cancel()
        line.qty_delivered_method = "manual"
        line.qty_delivered = 2
        self.assertEqual(line._get_shipped_cost(), 80)
        self.assertEqual(self._get_facts()["goods_cost"], -80)

    def test_cost_of_the_company_that_ships(self):
        """Whoever works in two companies ships at the cost of the goods' own: 3 at 80, not at 60."""
        second = self.env["res.company"].create({"name": "Second company"})
        self.assertEqual(self.goods_category.with_company(second).property_cost_method, "average")
        self.env.user.company_ids |= second
        companies = self.env.company | second
        self._receive((self.goods, 5, 60))
        env = self.env(
            context={**self.env.context, "allowed_company_ids": (second + companies).ids}
        )
        goods = self.goods.with_env(env)
        goods.standard_price = 80
        warehouse = env["stock.warehouse"].search([("company_id", "=", second.id)], limit=1)
        env["stock.quant"]._update_available_quantity(goods, warehouse.lot_stock_id, 5)
        site = self._create_object(
            name="Of the second", partner_id=env["res.partner"].create({"name": "New"}).id
        )
        site.company_id = second
        order = env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "order_line": [(0, 0, {"product_id": goods.id, "product_uom_qty": 3})],
            }
        )
        order.action_confirm()
        here = self.env(context={**self.env.context, "allowed_company_ids": companies.ids})
        for _step in range(2):
            self._validate(site._get_open_pickings().with_env(here))
        self.assertEqual(site._get_cost_moves().mapped("value"), [240])
