from odoo.tests import tagged

from .import_common import ImportCommon, make_workbook

#: what the sentence of each row of the broken list must hold
BROKEN_WORDS = {
    2: ("29.00 → 31.00", "42.00 → 44.00"),
    3: ("no article",),
    4: ("NEW-1", "no name"),
    5: ("десять", "not a number"),
    6: ("-5", "negative"),
    7: ("бочка", "unknown"),
    8: ("below the purchase price",),
    9: ("more than once", "9, 10"),
    10: ("more than once", "9, 10"),
    11: ("formula", "name"),
    12: ("New product", "1250.40", "1899.00", "unit m"),
}


@tagged("post_install", "-at_install")
class TestImportGoods(ImportCommon):
    def test_price_list(self):
        """The company's list: groups become categories, untidy prices and articles are read."""
        record = self._import("goods", self._read("price-list-goods.xlsx"))
        record.action_check()
        self.assertRecordValues(
            record, [{"new_count": 72, "changed_count": 0, "error_count": 0, "state": "checked"}]
        )
        self.assertFalse(self._product("WB-MDM3"))
        record.action_apply()
        product = self._product("WB-MDM3")
        self.assertRecordValues(
            product,
            [{"type": "consu", "list_price": 92, "standard_price": 62, "name": product.name}],
        )
        self.assertEqual(product.categ_id.name, "Освещение")
        self.assertEqual(self._product("KRN-3M").uom_id, self.env.ref("uom.product_uom_meter"))
        self.assertEqual(self._product("SN-IC").uom_id, self.env.ref("smarthome_crm.uom_set"))
        self.assertEqual(self._product("AQ-HUB-M2").list_price, 75)
        self.assertEqual(self._product("FGD-212").description_purchase, "под заказ 14 дней")
        self.assertFalse(self._product("Итого позиций:"))
        seller = self._product("KNX-CBL").seller_ids
        self.assertRecordValues(
            seller,
            [{"price": 0.68, "partner_id": self.env.ref("smarthome_crm.partner_price_list").id}],
        )

    def test_again_changes_nothing(self):
        self._import("goods", self._read("price-list-goods.xlsx")).action_apply()
        sellers = self.env["product.supplierinfo"].search_count([])
        record = self._import("goods", self._read("price-list-goods.xlsx"))
        record.action_apply()
        self.assertRecordValues(record, [{"new_count": 0, "changed_count": 0, "error_count": 0}])
        self.assertEqual(set(record.line_ids.mapped("action")), {"same"})
        self.assertIn("Nothing changes", record.summary)
        self.assertEqual(self.env["product.supplierinfo"].search_count([]), sellers)

    def test_broken_list_row_by_row(self):
        self._import("goods", self._read("price-list-goods.xlsx")).action_apply()
        record = self._import("goods", self._read("price-list-broken.xlsx"))
        record.action_apply()
        lines = {line.row: line for line in record.line_ids}
        for expected in self._expected("price-list-broken.expected.json"):
            line = lines.pop(expected["row"])
            with self.subTest(row=line.row):
                self.assertEqual(line.article or "", expected["article"])
                self.assertEqual(line.level, expected["level"])
                self.assertEqual(line.applied, expected["applied"])
                for words in BROKEN_WORDS[line.row]:
                    self.assertIn(words, line.message)
                self.assertNotIn(". ", line.message, "one sentence a row")
                exists = bool(self._product(expected["article"] or "no such"))
                self.assertEqual(exists, expected["applied"])
        self.assertFalse(lines)
        self.assertEqual(record.line_ids[0].level, "error", "errors come first")
        self.assertRecordValues(self._product("AJ-MP"), [{"standard_price": 31, "list_price": 44}])

    def test_all_or_nothing(self):
        content = self._goods_file(("A-1", "One", "шт", 1, 2), ("A-2", None, "шт", 1, 2))
        record = self._import("goods", content, all_or_nothing=True)
        record.action_apply()
        self.assertFalse(self._product("A-1"))
        self.assertIn("Nothing is applied", record.summary)
        self.assertFalse(any(record.line_ids.mapped("applied")))
        record.all_or_nothing = False
        record.action_apply()
        self.assertTrue(self._product("A-1"))

    def test_columns_in_any_order_and_spelling(self):
        content = make_workbook(
            [
                ["ООО Поставщик"],
                [],
                ["Розничная цена, USD", "Ед.", "Код товара", "Закупочная цена", "Наименованее"],
                ["Группа"],
                ["1\u00a0250,5", "компл.", 12045, "$ 1 000", "Сервер\u00a0 малый"],
                ["Итого", None, None, None, None],
            ]
        )
        self._import("goods", content).action_apply()
        product = self._product("12045")
        self.assertRecordValues(
            product, [{"name": "Сервер малый", "list_price": 1250.5, "standard_price": 1000}]
        )
        self.assertEqual(product.uom_id, self.env.ref("smarthome_crm.uom_set"))

    def test_products_that_cannot_be_taken(self):
        self._create_work("W-1", 10, 5)
        self._create_goods("OLD", 10, 5, active=False)
        self._create_goods("METRE", 10, 5, uom_id=self.env.ref("uom.product_uom_meter").id)
        self._create_goods("TWO", 10, 5)
        self._create_goods("two", 10, 5)
        rows = [(a, "Name", "шт", 1, 2) for a in ("W-1", "OLD", "METRE", "TWO")]
        record = self._import("goods", self._goods_file(*rows))
        record.action_check()
        self.assertEqual(record.error_count, 4)
        for line, words in zip(
            self._lines(record), ("a work", "archived", "counted in", "Several"), strict=True
        ):
            self.assertIn(words, line.message)

    def test_group_is_kept_without_groups(self):
        category = self.env["product.category"].create({"name": "Kept"})
        product = self._create_goods("KEEP", 10, 5, category)
        self._import("goods", self._goods_file(("keep", "New name", "шт", 6, 11))).action_apply()
        self.assertRecordValues(
            product, [{"categ_id": category.id, "name": "New name", "list_price": 11}]
        )

    def test_cost_of_received_goods_stays(self):
        """A product that was received keeps its cost; the vendor's price follows the file."""
        product = self._create_goods("GOT", 10, 5)
        model = type(self.env["smarthome.import"])
        self.patch(model, "_was_received", lambda record, products: products)
        self._import("goods", self._goods_file(("GOT", "Goods GOT", "шт", 7, 10))).action_apply()
        self.assertEqual(product.standard_price, 5)
        self.assertEqual(product.seller_ids.price, 7)

    def test_text_never_becomes_a_formula(self):
        content = self._goods_file(("X-1", "+cmd|' /C calc'!A0", "шт", 1, 2))
        record = self._import("goods", content)
        record.action_apply()
        self.assertEqual(self._product("X-1").name, "+cmd|' /C calc'!A0")
        _name, report = record._get_report_xlsx()
        self.assertNotIn(b"<f>", report)
