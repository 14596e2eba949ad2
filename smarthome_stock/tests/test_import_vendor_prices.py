from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.smarthome_crm.tests.import_common import ImportCommon, make_workbook

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestImportVendorPrices(ImportCommon, SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("VP-1", 100, 0, is_storable=True)
        cls.relay = cls._create_goods("VP-2", 40, 25, is_storable=True)
        cls.mounting = cls._create_work("VP-W", 10, 4)
        cls._receive((cls.camera, 10, 60))
        cls.env["product.supplierinfo"].search([("partner_id", "=", cls.vendor.id)]).unlink()
        cls.seller = cls._make_seller(cls.camera, 58)

    @classmethod
    def _make_seller(cls, product, price, **values):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.vendor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                **values,
            }
        )

    def _file(self, *rows, header=("Артикул", "Наименование", "Цена")):
        return make_workbook([("Прайс поставщика",), header, *rows])

    def _bring(self, *rows, user=None, header=("Артикул", "Наименование", "Цена")):
        content = self._file(*rows, header=header)
        return self._import("vendor_prices", content, user, partner_id=self.vendor.id)

    def _price(self, product):
        sellers = product.product_tmpl_id.seller_ids
        return sellers.filtered(lambda seller: seller.partner_id == self.vendor).mapped("price")

    def test_preview_shows_old_and_new(self):
        record = self._bring(("VP-1", "Камера", "63,80"), ("VP-2", "Реле", 24))
        record.action_check()
        camera, relay = self._lines(record)
        self.assertIn("58.00 → 63.80 USD (+10.0 %)", camera.message)
        self.assertIn("24.00 USD", relay.message)
        self.assertEqual((record.new_count, record.changed_count, record.error_count), (1, 1, 0))
        self.assertEqual((self._price(self.camera), self._price(self.relay)), ([58], []))

    def test_prices_go_to_the_vendor_and_not_to_the_cost_of_received_goods(self):
        record = self._bring(("VP-1", "Камера", "63,80"), ("vp-2", "Реле", 24))
        record.action_apply()
        self.assertEqual((self._price(self.camera), self._price(self.relay)), ([63.8], [24]))
        self.assertEqual(self.camera.standard_price, 60)
        self.assertEqual(self.relay.standard_price, 24)
        self.assertEqual((self.camera.name, self.camera.list_price), ("Goods VP-1", 100))

    def test_only_the_main_vendor_moves_the_cost(self):
        other = self.env["res.partner"].create({"name": "Main vendor"})
        self._make_seller(self.relay, 26, partner_id=other.id)
        self._bring(("VP-2", "Реле", 20)).action_apply()
        self.assertEqual((self._price(self.relay), self.relay.standard_price), ([20], 25))

    def test_the_vendors_discount_lowers_the_cost(self):
        """10 % off 30: the next order pays 27, and so much do the goods cost."""
        self._make_seller(self.relay, 26, discount=10)
        self._bring(("VP-2", "Реле", 30)).action_apply()
        self.assertEqual((self._price(self.relay), self.relay.standard_price), ([30], 27))

    def test_again_changes_nothing(self):
        rows = (("VP-1", "Камера", "63,80"), ("VP-2", "Реле", 24))
        self._bring(*rows).action_apply()
        history = self.env["smarthome.vendor.price"].search_count([])
        again = self._bring(*rows)
        again.action_check()
        self.assertEqual((again.new_count, again.changed_count, again.error_count), (0, 0, 0))
        again.action_apply()
        self.assertEqual(self.env["smarthome.vendor.price"].search_count([]), history)
        self.assertEqual(len(self.camera.seller_ids), 1)

    def _count_changes(self, size):
        """Queries of a file that changes the price and the cost of so many goods."""
        goods = [self._create_goods(f"VP-{size}-{n}", 100, 5) for n in range(size)]
        self._bring(*[(product.default_code, product.name, 5) for product in goods]).action_apply()
        rows = [(product.default_code, product.name, 6 + n) for n, product in enumerate(goods)]
        record = self._bring(*rows)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        record.action_apply()
        self.env.flush_all()
        count = self.cr.sql_log_count - before
        for n, product in enumerate(goods):
            domain = [("product_tmpl_id", "=", product.product_tmpl_id.id)]
            prices = self.env["smarthome.vendor.price"].search(domain, order="id")
            costs = self.env["product.value"].search([("product_id", "=", product.id)], order="id")
            self.assertEqual((prices.mapped("price"), self._price(product)), ([5, 6 + n], [6 + n]))
            self.assertEqual((costs.mapped("value"), product.standard_price), ([5, 6 + n], 6 + n))
        return count

    def test_history_of_a_whole_file(self):
        """Every price and every cost leaves its trace, with no query per row."""
        small, large = self._count_changes(5), self._count_changes(50)
        self.assertLess((large - small) / 45, 0.25, f"{small} → {large}: a query per row")

    def test_every_bad_row_has_its_sentence(self):
        record = self._bring(
            ("VP-1", "Камера", "дорого"),
            ("NO-SUCH", "Нет такого", 5),
            ("VP-2", "Реле", None),
            ("VP-3", "Минус", -4),
            ("VP-W", "Работа", 4),
            (None, "Без артикула", 4),
        )
        record.action_apply()
        messages = [line.message for line in self._lines(record)]
        words = ("not a number", "unknown", "no price", "negative", "not goods", "no article")
        for message, word in zip(messages, words, strict=True):
            self.assertIn(word, message)
        self.assertEqual(record.error_count, 6)
        self.assertEqual(self._price(self.camera), [58])

    def test_repeated_articles_are_refused(self):
        record = self._bring(("VP-1", "Камера", 61), ("vp-1", "Камера", 62))
        record.action_apply()
        self.assertEqual((record.error_count, self._price(self.camera)), (2, [58]))

    def test_all_or_nothing(self):
        record = self._bring(("VP-1", "Камера", 61), ("NO-SUCH", "Нет", 62))
        record.all_or_nothing = True
        record.action_apply()
        self.assertEqual((record.state, self._price(self.camera)), ("checked", [58]))

    def test_the_price_is_of_the_products_unit(self):
        self.seller.write(
            {"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "price": 720}
        )
        record = self._bring(
            ("VP-1", "Камера", "шт", 61),
            ("VP-2", "Реле", "кг", 24),
            header=("Артикул", "Наименование", "Ед. изм.", "Цена"),
        )
        record.action_apply()
        self.assertIn("60.00 → 61.00", self._lines(record)[0].message)
        self.assertEqual((self.seller.price, record.error_count), (732, 1))

    def test_another_currency(self):
        self.env.ref("base.EUR").active = True
        header = ("Артикул", "Цена", "Валюта")
        record = self._bring(("VP-1", 50, "EUR"), ("VP-2", 20, "XXX"), header=header)
        record.action_apply()
        first, second = self._lines(record)
        self.assertIn("58.00 USD → 50.00 EUR", first.message)
        self.assertIn("XXX", second.message)
        self.assertEqual(self.seller.currency_id.name, "EUR")

    def test_variants_have_prices_of_their_own(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": n}) for n in ("W", "B")]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Socket",
                "type": "consu",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        white, black = template.product_variant_ids
        white.default_code, black.default_code = "SO-W", "SO-B"
        rows = (("SO-W", "Розетка", 5), ("SO-B", "Розетка", 6))
        self._bring(*rows).action_apply()
        again = self._bring(*rows)
        again.action_check()
        self.assertEqual((again.new_count, again.changed_count), (0, 0))
        self.assertEqual({s.product_id: s.price for s in template.seller_ids}, {white: 5, black: 6})

    def test_ended_prices_stay(self):
        self.seller.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        self._bring(("VP-1", "Камера", 61)).action_apply()
        self.assertEqual(sorted(self._price(self.camera)), [58, 61])

    def test_hostile_files_are_refused_whole(self):
        for content, words in (
            (b"code;price", "not an Excel workbook"),
            (b"", "Choose an Excel file"),
            (make_workbook([("Foo", "Bar"), (1, 2)]), "«Артикул»"),
        ):
            record = self._import("vendor_prices", content, partner_id=self.vendor.id)
            with self.subTest(words=words):
                if not content:
                    with self.assertRaisesRegex(UserError, words):
                        record.action_apply()
                    continue
                record.action_apply()
                self.assertEqual(len(record.line_ids), 1)
                self.assertIn(words, record.line_ids.message)
        self.assertEqual(self._price(self.camera), [58])

    def test_a_vendor_must_be_chosen(self):
        record = self._import("vendor_prices", self._file(("VP-1", "Камера", 61)), partner_id=False)
        for method in ("action_check", "action_apply"):
            with self.assertRaisesRegex(UserError, "vendor"):
                getattr(record, method)()

    def test_purchasing_and_heads_only(self):
        record = self._bring(("VP-1", "Камера", 61), user=self.manager)
        for method in ("action_check", "action_apply"):
            with self.assertRaises(AccessError):
                getattr(record, method)()
        for role in ("engineer", "storekeeper", "accountant"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._bring(("VP-1", "Камера", 61), user=getattr(self, role))
        self._bring(("VP-1", "Камера", 61), user=self.head).action_apply()
        self.assertEqual(self._price(self.camera), [61])

    def test_a_raised_price_of_goods_never_received_warns_in_proposals(self):
        order = self._create_proposal((self.relay, 1))
        self._bring(("VP-2", "Реле", 30)).action_apply()
        self.env.invalidate_all()
        self.assertEqual(order.order_line.smarthome_cost_state, "raised")
