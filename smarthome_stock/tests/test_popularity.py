from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestPopularity(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"]
        cls.camera = cls._create_goods("POP-CAM", 100, 60, is_storable=True)
        cls.relay = cls._create_goods("POP-RELAY", 40, 25, is_storable=True)
        cls.lamp = cls._create_goods("POP-LAMP", 10, 5, is_storable=True)
        cls._receive((cls.camera, 20, 60), (cls.relay, 20, 25))

    def _count_popular(self):
        self.products._cron_count_popularity()
        return tuple(
            product.smarthome_popularity for product in (self.camera, self.relay, self.lamp)
        )

    def test_signed_proposals_and_shipments_count(self):
        self._create_proposal((self.lamp, 50))
        order = self._sign((self.camera, 3), (self.relay, 500))
        self.assertEqual(self._count_popular(), (1, 1, 0))
        self._pick(order, {self.camera: 3, self.relay: 0})
        self._ship(order)
        self.assertEqual(self._count_popular(), (2, 1, 0))
        self.assertEqual(self._count_popular(), (2, 1, 0))

    def test_returns_and_works_do_not_count(self):
        order = self._sign((self.camera, 2), (self.work, 4))
        self._pick(order)
        done = self._ship(order)
        self._take_back(done, {self.camera: 1})
        self.assertEqual(self._count_popular(), (2, 0, 0))
        self.assertEqual(self.work.smarthome_popularity, 0)

    def test_reductions_do_not_count(self):
        order = self._sign((self.camera, 2))
        additional = order._create_additional()
        values = order.order_line._prepare_reduction_values(1)
        additional.order_line = [(0, 0, values), (0, 0, {"product_id": self.work.id})]
        additional.action_confirm()
        self.assertEqual(self._count_popular(), (1, 0, 0))

    def test_warranty_goods_do_not_count(self):
        order = self._sign((self.camera, 2))
        self._pick(order)
        done = self._ship(order)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_move SET smarthome_is_warranty = true, "
            "smarthome_warranty_reason = 'It died' WHERE id IN %s",
            [tuple(done.move_ids.ids)],
        )
        self.assertEqual(self._count_popular(), (1, 0, 0))

    def test_only_the_window_counts(self):
        order = self._sign((self.camera, 2))
        self._pick(order)
        done = self._ship(order)
        self.env.company.smarthome_popularity_months = 2
        ago = fields.Datetime.subtract(fields.Datetime.now(), months=3)
        order.date_order = ago
        self.assertEqual(self._count_popular(), (1, 0, 0))
        done.move_ids.date = ago
        self.assertEqual(self._count_popular(), (0, 0, 0))
        self.env.company.smarthome_popularity_months = 4
        self.assertEqual(self._count_popular(), (2, 0, 0))

    def test_one_query(self):
        self._sign((self.camera, 1))
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.products._cron_count_popularity()

    def test_favourites_stand_above_the_popular(self):
        self._sign((self.camera, 1))
        self._sign((self.camera, 1), (self.relay, 1))
        self._count_popular()
        self.lamp.is_favorite = True
        view = self.env.ref("smarthome_stock.product_view_kanban_proposal")
        order = view.arch.split('default_order="')[1].split('"')[0]
        ours = [("id", "in", (self.camera | self.relay | self.lamp).ids)]
        found = self.products.with_user(self.manager).search(ours, order=order)
        self.assertEqual(found, self.lamp | self.camera | self.relay)

    def test_nobody_types_it(self):
        for user in (self.purchasing, self.head):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.camera.with_user(user).smarthome_popularity = 99
        self.assertEqual(self.camera.copy().smarthome_popularity, 0)
