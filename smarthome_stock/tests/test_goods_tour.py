from odoo.tests import tagged

from odoo.addons.smarthome_crm.tests.tour_common import RussianTourCase

from .request_common import SmarthomeRequestCommon
from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestGoodsTour(SmarthomeShippedCommon, SmarthomeRequestCommon, RussianTourCase):
    """Goods of a contract, asked for, bought, shipped, installed and decided about, in Russian."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager, cls.engineer, cls.purchasing, cls.storekeeper)
        cls.object.name = "Дом у озера"
        cls.other = cls._create_goods("ST-2", 40, 0)
        cls.third = cls._create_goods("ST-3", 20, 0)
        cls.second_vendor.name = "Второй поставщик"

    def _walk(self, path, tour, user):
        self.start_tour(f"/odoo/{path}", f"smarthome_goods_{tour}", login=user.login, timeout=120)

    @property
    def _object_path(self):
        return f"smarthome-objects/{self.object.id}"

    def _take_stock(self):
        self._receive((self.goods, 20, 60), (self.other, 20, 25), (self.third, 20, 10))

    def test_decisions(self):
        """Two of the contract's own at its net price of 90, three absorbed, one taken back."""
        self._take_stock()
        order = self._create_proposal((self.goods, 5), (self.work, 1))
        order.order_line[0].discount = 10
        order.action_confirm()
        gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
        self._add(self.other, 3, picking=gathering)
        self._add(self.third, 1, picking=gathering)
        self._pick(order, {self.goods: 7, self.other: 3, self.third: 1})
        self._ship(order)
        self._walk(f"smarthome-proposals/{order.id}", "decide", self.manager)
        self._walk(self._object_path, "take_back", self.manager)
        extras = self._get_extras(order).sorted(lambda line: line.product_id.default_code)
        self.assertRecordValues(
            extras,
            [
                {"smarthome_extra_state": "charged", "price_subtotal": 180},
                {"smarthome_extra_state": "absorbed", "price_subtotal": 0},
                {"smarthome_extra_state": "taken_back", "price_subtotal": 0},
            ],
        )
        self.assertEqual(order.amount_total, 450 + 10 + 180)
        back = extras[2]._get_open_returns()
        self.assertEqual((back.product_id, back.product_uom_qty), (self.third, 1))

    def test_request(self):
        """Six and two are asked for; four of six are ordered from the dearer vendor."""
        self._set_price(self.goods, self.second_vendor, 70)
        self._set_price(self.other, self.vendor, 30)
        order = self._sign((self.goods, 6), (self.other, 2))
        self._walk(self._object_path, "ask", self.manager)
        request = self.env["purchase.request"].search(
            [("smarthome_object_id", "=", self.object.id)]
        )
        self.assertRecordValues(request, [{"state": "to_approve", "requested_by": self.manager.id}])
        path = f"smarthome-requests/{request.id}"
        self._walk(path, "approve", self.engineer)
        self.assertRecordValues(
            request, [{"state": "approved", "smarthome_approver_id": self.engineer.id}]
        )
        self._order(request.line_ids.filtered(lambda line: line.product_id == self.other))
        request.line_ids.purchase_lines.order_id.button_confirm()
        self._walk(path, "order", self.purchasing)
        bought = request.line_ids.filtered(lambda line: line.product_id == self.goods)
        self.assertRecordValues(
            bought.purchase_lines,
            [
                {
                    "partner_id": self.second_vendor.id,
                    "product_qty": 4,
                    "price_unit": 70,
                    "state": "purchase",
                    "smarthome_object_id": self.object.id,
                }
            ],
        )
        self.assertEqual(bought.smarthome_to_buy_quantity, 2)
        self._walk(self._object_path, "supply", self.manager)
        supply = self._get_supply(order).sorted(lambda line: line.product_id.default_code)
        self.assertEqual(supply.mapped("ordered_quantity"), [4, 2])

    def test_installed(self):
        """Five are installed with a tap; of the other three one was stolen."""
        self._take_stock()
        order = self._sign((self.goods, 5), (self.other, 3))
        self._ship_all(order)
        self._walk(self._object_path, "installed", self.engineer)
        self.assertRecordValues(
            order.order_line,
            [
                {"smarthome_installed_quantity": 5, "smarthome_settled_quantity": 0},
                {"smarthome_installed_quantity": 2, "smarthome_settled_quantity": 1},
            ],
        )
        self.assertRecordValues(
            self.object.difference_ids,
            [{"kind": "stolen", "quantity": 1, "note": "Замок сломан"}],
        )
        self.assertEqual(self.object.installation_ids.create_uid, self.engineer)
        self.assertNotIn("installed", self._get_codes())

    def test_shipped(self):
        """All is gathered; of three of one article one leaves, two wait for the next lorry."""
        self._take_stock()
        order = self._sign((self.goods, 5), (self.other, 3))
        self._walk("staging", "ship", self.storekeeper)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [5, 1])
        self.assertEqual(self._count(self.other, self._get_place()), 2)
        waiting = self._get_open_pickings(order, self.warehouse.out_type_id)
        self.assertEqual(waiting.move_ids.mapped("product_uom_qty"), [2])


@tagged("post_install", "-at_install")
class TestGoodsTourOnPhone(TestGoodsTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
