from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import SmarthomeStockCommon

COST_FIELDS = ("smarthome_last_purchase_price", "smarthome_average_purchase_price")


class CatalogCommon(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods(
            "WB-CAM4",
            100,
            0,
            name="Купольная камера уличная",
            barcode="4600000000017",
            is_storable=True,
        )
        cls.relay = cls._create_goods("WB-REL", 40, 25, name="Реле счётчика", is_storable=True)
        cls._receive((cls.camera, 10, 60))
        cls._receive((cls.camera, 30, 64))
        cls.order = cls._create_proposal((cls.relay, 1))

    def _info(self, user, products=None, order=None):
        order = (order or self.order).with_user(user)
        products = products or self.camera | self.relay
        return order._get_product_catalog_order_line_info(
            products.ids, child_field="order_line", smarthome_supply=True
        )


@tagged("post_install", "-at_install")
class TestCatalog(CatalogCommon):
    def _find(self, text):
        ours = ("id", "in", (self.camera | self.relay).ids)
        return (
            self.env["product.product"]
            .with_user(self.manager)
            .search([ours, ("smarthome_words", "ilike", text)])
        )

    def test_words_in_any_order(self):
        for text in (
            "камера купольная",
            "УЛИЧ каме",
            "wb-cam4",
            "wbcam4",
            "4600000000017",
            "камера cam4",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.camera)
        self.assertEqual(self._find("счетчика"), self.relay)
        self.assertEqual(self._find("wb"), self.camera | self.relay)
        self.assertFalse(self._find("камера реле"))

    def test_text_follows_the_product(self):
        self.camera.write({"name": "Panorama", "default_code": "ZX 9", "barcode": False})
        self.assertEqual(self._find("zx9 panor"), self.camera)
        self.assertFalse(self._find("4600000000017"))

    def test_names_of_every_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.relay.with_context(lang="ru_RU").name = "Модуль света"
        self.assertEqual(self._find("модуль"), self.relay)
        self.assertEqual(self._find("счётчика"), self.relay)

    def test_categories_beside_are_those_with_goods(self):
        inner, empty, works = self.env["product.category"].create(
            [{"name": "Inner", "parent_id": self.camera.categ_id.id}, {"name": "A"}, {"name": "B"}]
        )
        self.camera.categ_id = inner
        self._create_goods("OLD-1", 1, 1, categ_id=empty.id).action_archive()
        self._create_goods("SRV-1", 1, 1, categ_id=works.id, type="service", is_storable=False)
        products = self.env["product.product"].with_user(self.manager)
        shown = products.search_panel_select_range(
            "categ_id", search_domain=[("type", "=", "consu")], enable_counters=False
        )
        found = {value["id"] for value in shown["values"]}
        self.assertLessEqual({inner.id, inner.parent_id.id, self.relay.categ_id.id}, found)
        self.assertFalse({empty.id, works.id} & found)

    def test_opens_on_popular_goods(self):
        action = self.order.with_user(self.manager).action_smarthome_catalog()
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        self.assertEqual(view, self.env.ref("smarthome_stock.product_view_kanban_proposal"))
        self.assertIn("smarthome_popularity desc", view.arch)
        self.assertTrue(action["context"]["search_default_goods"])

    # === Supply === #

    def test_free_leaves_out_reserved_and_staged(self):
        self.assertEqual(self._info(self.manager)[self.camera.id]["supply"]["free"], 40)
        contract = self._sign((self.camera, 6))
        self._get_open_pickings(contract, self.warehouse.smarthome_staging_type_id).action_assign()
        self.assertEqual(self._info(self.manager)[self.camera.id]["supply"]["free"], 34)
        self._pick(contract)
        info = self._info(self.other_manager, order=self._create_others_proposal())
        self.assertEqual(info[self.camera.id]["supply"]["free"], 34)

    def _create_others_proposal(self):
        record = self._create_object(name="Other", user_id=self.other_manager.id)
        return self._create_proposal((self.relay, 1), smarthome_object_id=record.id)

    def test_expected_and_when(self):
        day = fields.Datetime.now().replace(hour=9) + timedelta(days=5)
        for days, quantity in ((0, 7), (9, 5)):
            self.env["purchase.order"].create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.relay.id,
                                "product_qty": quantity,
                                "price_unit": 20,
                                "date_planned": day + timedelta(days=days),
                            }
                        )
                    ],
                }
            ).button_confirm()
        supply = self._info(self.manager)[self.relay.id]["supply"]
        self.assertEqual((supply["free"], supply["expected"]), (0, 12))
        self.assertEqual(supply["date"], fields.Date.to_string(day.date()))

    def test_goods_that_are_not_stored_have_no_supply(self):
        cable = self._create_goods("NO-STOCK", 3, 1, is_storable=False)
        self.assertFalse(self._info(self.manager, cable)[cable.id]["supply"])

    # === Costs === #

    def test_costs_for_heads(self):
        costs = self._info(self.head)[self.camera.id]["costs"]
        self.assertEqual((costs["last"], costs["average"], costs["cost"]), (64, 63, 63))
        costs = self._info(self.head)[self.relay.id]["costs"]
        self.assertEqual((costs["last"], costs["average"], costs["cost"]), (0, 0, 25))

    def test_costs_in_the_proposals_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 0.5}
        )
        pricelist = self.env["product.pricelist"].create({"name": "EUR", "currency_id": euro.id})
        order = self._create_proposal((self.relay, 1), pricelist_id=pricelist.id)
        self.assertEqual(self._info(self.head, order=order)[self.camera.id]["costs"]["cost"], 31.5)

    def test_costs_of_a_line_in_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.order.order_line.product_uom_id = dozen
        self.assertEqual(self._info(self.head)[self.relay.id]["costs"]["cost"], 300)

    def test_managers_see_no_costs(self):
        for info in self._info(self.manager).values():
            self.assertFalse(info["costs"])
        for role in ("manager", "engineer", "storekeeper", "secretary", "installer"):
            user = getattr(self, role)
            user.group_ids += self.env.ref("base.group_allow_export")
            product = self.camera.with_user(user)
            for name in COST_FIELDS:
                with self.subTest(role=role, field=name), self.assertRaises(AccessError):
                    product.read([name])
                with self.subTest(role=role, export=name), self.assertRaises(AccessError):
                    product.export_data([name])
        for role in ("purchasing", "head", "accountant"):
            with self.subTest(role=role):
                product = self.camera.with_user(getattr(self, role))
                self.assertEqual(product.smarthome_last_purchase_price, 64)
                self.assertEqual(product.smarthome_average_purchase_price, 63)

    def test_others_proposals_tell_nothing(self):
        with self.assertRaises(AccessError):
            self._info(self.other_manager)

    def test_figures_cost_no_query_each(self):
        goods = self.env["product.product"].concat(
            *(self._create_goods(f"Q-{n}", 10, 5, is_storable=True) for n in range(20))
        )

        def count(products):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._info(self.head, products)
            return self.env.cr.sql_log_count - before

        count(goods)
        self.assertEqual(count(goods), count(goods[:2]))


@tagged("post_install", "-at_install")
class TestCatalogTour(CatalogCommon, HttpCase):
    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.lang = "en_US"
        cls.head.lang = "en_US"
        cls.env["product.template"].search([("is_favorite", "=", True)]).is_favorite = False
        (cls.camera | cls.relay).product_tmpl_id.is_favorite = True
        cls.env["product.product"]._cron_count_popularity()

    def _start(self, tour, user):
        self.start_tour(f"/odoo/smarthome-proposals/{self.order.id}", tour, login=user.login)
        self.order.invalidate_recordset()
        line = self.order.order_line.filtered(lambda line: line.product_id == self.camera)
        return line.product_uom_qty

    def test_manager(self):
        self.assertEqual(self._start("smarthome_catalog", self.manager), 7)

    def test_head_sees_costs(self):
        self.assertEqual(self._start("smarthome_catalog_head", self.head), 1)


@tagged("post_install", "-at_install")
class TestCatalogTourOnPhone(TestCatalogTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_manager(self):
        self.assertEqual(self._start("smarthome_catalog_phone", self.manager), 2)

    def test_head_sees_costs(self):
        self.assertEqual(self._start("smarthome_catalog_head_phone", self.head), 1)
