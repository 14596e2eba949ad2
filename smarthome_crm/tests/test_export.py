import random
import zipfile
from decimal import Decimal
from io import BytesIO

from odoo.fields import Command
from odoo.tests import tagged

from ..tools.amount_in_words import amount_in_words
from .common import SmarthomeCrmCommon
from .sheet_reader import SheetReader


class ExportCommon(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.tax_calculation_rounding_method = "round_per_line"
        cls.env["res.lang"]._activate_lang("en_US")
        cls.client.lang = "en_US"
        cls.group = cls.env["account.tax.group"].create({"name": "VAT 20%"})
        cls.tax = cls._create_tax(20)
        cls.included = cls._create_tax(20, price_include_override="tax_included")
        cls.lamp = cls._create_goods("L-1", 10.55, 4.17)
        cls.dimmer = cls._create_goods("D-2", 410, 300.03)
        cls.mounting = cls._create_work("W-1", 30, 15.07)

    @classmethod
    def _create_tax(cls, percent, **values):
        defaults = {
            "name": f"{percent}% {len(values)} {values.get('tax_group_id', '')}",
            "amount": percent,
            "type_tax_use": "sale",
            "tax_group_id": cls.group.id,
        }
        return cls.env["account.tax"].create({**defaults, **values})

    @staticmethod
    def _line(product, quantity=1, **values):
        return Command.create({"product_id": product.id, "product_uom_qty": quantity, **values})

    @staticmethod
    def _section(name, **values):
        return Command.create({"display_type": "line_section", "name": name, **values})

    def _export(self, order, variant="client"):
        filename, content = order._get_proposal_xlsx(variant)
        self.assertTrue(filename.endswith(".xlsx"))
        return SheetReader(content)

    def _assert_agrees(self, reader, order):
        """Every formula gives its stored value, every sum the order's own."""
        currency = order.currency_id
        for cell in reader.formulas():
            stored = reader.stored[cell].value
            self.assertIsInstance(stored, (int, float), cell)
            self.assertFalse(
                currency.compare_amounts(float(reader.evaluate(cell)), stored),
                f"{cell}: {reader.sheet[cell].value} is {reader.evaluate(cell)}, stored {stored}",
            )
        kinds = ["goods", "work", "other"]
        lines = order.order_line.filtered("smarthome_kind").sorted(
            lambda line: (kinds.index(line.smarthome_kind), line.sequence, line.id)
        )
        self.assertEqual([row[7] for row in reader.lines()], lines.mapped("price_subtotal"))
        self.assertEqual([row[4] for row in reader.lines()], lines.mapped("product_uom_qty"))
        self.assertEqual(reader.labelled("Total")[-1], order.amount_total)


@tagged("post_install", "-at_install")
class TestExport(ExportCommon):
    def test_goods_by_rooms_works_and_totals(self):
        order = self._create_proposal(
            order_line=[
                self._section("Kitchen"),
                self._line(self.lamp, 3, discount=5),
                Command.create({"display_type": "line_note", "name": "White ones"}),
                self._section("Hall"),
                self._line(self.dimmer, 2),
                self._line(self.mounting, 4),
                self._section("Works", smarthome_is_works_section=True),
                self._line(self.mounting, 5, discount=12.34),
            ]
        )
        order.order_line.filtered("product_id").tax_ids = self.tax
        reader = self._export(order)
        self._assert_agrees(reader, order)
        self.assertEqual(
            [row[:7] for row in reader.lines()],
            [
                (1, "L-1", "Goods L-1", "Units", 3, 10.55, 5),
                (2, "D-2", "Goods D-2", "Units", 2, 410, None),
                (3, "W-1", "Work W-1", "Units", 4, 30, None),
                (4, "W-1", "Work W-1", "Units", 5, 30, 12.34),
            ],
        )
        self.assertEqual(reader.labelled("Total: Kitchen"), [30.07])
        self.assertEqual(reader.labelled("Total: Hall"), [820, 120])
        self.assertEqual(reader.labelled("Total: Works"), [131.49])
        self.assertEqual(reader.labelled("Equipment, total"), [850.07])
        self.assertEqual(reader.labelled("Works, total"), [251.49])
        self.assertEqual(reader.labelled("Total without VAT"), [1101.56])
        self.assertEqual(reader.labelled("VAT 20%"), [order.amount_tax])
        self.assertEqual(reader.labelled("Total with VAT, USD"), [order.amount_total])
        self.assertIn("White ones", reader.texts())

    def test_sheet_is_ready_for_printing_and_reading(self):
        reader = self._export(self._create_proposal((self.lamp, 1)))
        sheet = reader.sheet
        self.assertEqual(len(reader.book.worksheets), 1)
        header = sheet.print_title_rows
        self.assertRegex(header, r"^\$(\d+):\$\1$")
        self.assertEqual(sheet.freeze_panes, f"A{int(header.split('$')[-1]) + 1}")
        self.assertEqual(sheet.page_setup.paperSize, 9)
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual((sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight), (1, 0))
        self.assertIn("&P", sheet.oddFooter.right.text)
        self.assertIn("&N", sheet.oddFooter.right.text)

    def test_facts_and_terms(self):
        self.client.phone = "+375 29 111-22-33"
        self.object.address = "5 Lake street"
        self.manager.phone = "+375 29 777-88-99"
        payment = self.env["account.payment.term"].create({"name": "Half now", "note": "Half now"})
        order = self._create_proposal(
            (self.lamp, 1), note="<p>Two years &amp; more</p>", payment_term_id=payment.id
        )
        order.validity_date = "2026-12-31"
        texts = "\n".join(self._export(order).texts())
        for text in (
            self.env.company.name,
            order.name,
            self.client.name,
            "+375 29 111-22-33",
            self.object.name,
            "5 Lake street",
            "Half now",
            "12/31/2026",
            "Two years & more",
            self.manager.name,
            "+375 29 777-88-99",
        ):
            self.assertIn(text, texts)

    def test_words_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.client.lang = "ru_RU"
        order = self._create_proposal((self.lamp, 3))
        texts = "\n".join(self._export(order).texts())
        self.assertIn("Тридцать один доллар США 65 центов", texts)

    def test_hidden_prices_and_compositions(self):
        order = self._create_proposal(
            order_line=[
                self._section("Secret kitchen", collapse_prices=True),
                self._line(self.lamp, 2),
                self._section("Whole hall", collapse_composition=True),
                self._line(self.dimmer, 2, name="Unseen"),
                self._line(self.lamp, 1, name="Unseen"),
            ]
        )
        reader = self._export(order)
        lines = reader.lines()
        self.assertEqual(lines[0][4:], (2, None, None, None))
        self.assertEqual(lines[1][1:], (None, "Whole hall", None, 1, 830.55, None, 830.55))
        self.assertEqual(reader.labelled("Total: Secret kitchen"), [21.1])
        self.assertEqual(reader.labelled("Equipment, total"), [851.65])
        self.assertFalse([text for text in reader.texts() if "Unseen" in text])
        self.assertEqual(len(self._export(order, "office").lines()), 3)

    def test_options_not_chosen_stay_out_of_the_total(self):
        order = self._create_proposal(
            order_line=[
                self._line(self.lamp, 1),
                self._section("Later", is_optional=True),
                self._line(self.dimmer, 0, tax_ids=[Command.set(self.included.ids)]),
            ]
        )
        reader = self._export(order)
        self.assertEqual(len(reader.lines()), 1)
        self.assertEqual(reader.labelled("Total, USD"), [10.55])
        row = next(row for row in reader.stored.values if row[1] == "D-2")
        self.assertEqual(row[5], 341.67)

    def test_empty_proposal(self):
        reader = self._export(self._create_proposal())
        self.assertFalse(reader.lines())
        self.assertEqual(reader.labelled("Total, USD"), [0])

    # === FIGURES TO THE CENT === #

    def test_price_included_tax(self):
        order = self._create_proposal(
            order_line=[
                self._line(self.lamp, 3, price_unit=10, tax_ids=[Command.set(self.included.ids)]),
                self._line(self.lamp, 7, price_unit=33.33, discount=7.77),
            ]
        )
        order.order_line.tax_ids = self.included
        reader = self._export(order)
        self._assert_agrees(reader, order)
        self.assertEqual(reader.lines()[0][5], 8.333)

    def test_any_figures(self):
        """Prices with many decimals, discounts, negative quantities, by every currency."""
        chance = random.Random(19)
        for code, tax in (
            ("USD", self.tax),
            ("BYN", self.included),
            ("JPY", self.tax),
            ("EUR", self.env["account.tax"]),
        ):
            with self.subTest(currency=code):
                currency = self.env.ref(f"base.{code}")
                currency.active = True
                pricelist = self.env["product.pricelist"].create(
                    {"name": code, "currency_id": currency.id}
                )
                lines = [
                    self._line(
                        chance.choice([self.lamp, self.mounting]),
                        chance.choice([1, -2, 7, 12.5, 0.333, 1000]),
                        price_unit=chance.choice([0.005, 33.335, 1999.99, 0.1, 12.3456]),
                        discount=chance.choice([0, 5, 7.25, 33.33, 100]),
                        tax_ids=[Command.set(tax.ids)],
                    )
                    for _number in range(40)
                ]
                order = self._create_proposal(order_line=lines, pricelist_id=pricelist.id)
                self.assertEqual(order.currency_id, currency)
                self._assert_agrees(self._export(order), order)

    def test_rounding_by_tax_is_told(self):
        """Where Odoo rounds by tax, its total may differ from the sum of the lines."""
        self.env.company.tax_calculation_rounding_method = "round_globally"
        order = self._create_proposal(
            order_line=[self._line(self.lamp, 1, price_unit=21.53) for _number in range(2)]
        )
        order.order_line.tax_ids = self._create_tax(21, price_include_override="tax_included")
        reader = self._export(order)
        self._assert_agrees(reader, order)
        self.assertEqual(reader.labelled("Rounding"), [0.01])
        self.assertEqual(reader.labelled("Total without VAT"), [order.amount_untaxed])

    def test_taxes_of_two_groups(self):
        other = self.env["account.tax.group"].create({"name": "Levy"})
        order = self._create_proposal((self.lamp, 3), (self.dimmer, 1))
        order.order_line[0].tax_ids = self.tax
        order.order_line[1].tax_ids = self.tax | self._create_tax(3, tax_group_id=other.id)
        reader = self._export(order)
        self._assert_agrees(reader, order)
        self.assertEqual(reader.labelled("VAT 20%"), [88.33])
        self.assertEqual(reader.labelled("Levy"), [12.3])

    def test_words_are_the_total(self):
        order = self._create_proposal((self.dimmer, 2))
        words = amount_in_words(820, "USD", "en_US")
        self.assertIn(words, "\n".join(self._export(order).texts()))

    # === WHAT MUST NOT HAPPEN === #

    def test_text_stays_text(self):
        evil = '=HYPERLINK("http://evil.example","Click")'
        texts = (evil, "+1+1", "-2", "@SUM(A1)", "{=1+1}", "http://x.example", "&P <&> ]]>")
        for text in texts:
            with self.subTest(text=text):
                self.lamp.default_code = text
                self.object.name = text
                self.client.name = text
                order = self._create_proposal(
                    order_line=[self._section(text), self._line(self.lamp, 1, name=text)]
                )
                order.note = text
                reader = self._export(order)
                self.assertEqual(reader.lines()[0][1:3], (text, text.strip()))
                for cell in reader.formulas():
                    self.assertRegex(reader.sheet[cell].value, r"^=(ROUND|SUM)\(")
                self.assertFalse(reader.sheet._hyperlinks)

    def test_no_cost_in_the_clients_file(self):
        dear = self._create_goods("G-9", 9000, 7123.45)
        work = self._create_work("W-9", 800, 613.57)
        order = self._create_proposal((dear, 1), (work, 1), smarthome_work_coefficient=1.1717)
        lines = order.order_line
        secrets = [7123.45, 613.57, 1.1717, lines[1].smarthome_pay, order.smarthome_profit]
        secrets += [order.smarthome_profit_percent, 9000 - 7123.45]
        words = ("cost", "profit", "7123")
        __, content = order._get_proposal_xlsx()
        with zipfile.ZipFile(BytesIO(content)) as parts:
            for name in parts.namelist():
                text = parts.read(name).decode(errors="ignore")  # the logo is no text
                for secret in secrets:
                    self.assertNotIn(f"{secret:.10g}", text, name)
                for word in words:
                    self.assertNotIn(word, text.lower(), name)
            self.assertFalse([name for name in parts.namelist() if "comment" in name])

    def test_office_variant(self):
        order = self._create_proposal(
            order_line=[
                self._section("Kitchen"),
                self._line(self.lamp, 3, discount=5),
                self._section("Hall"),
                self._line(self.dimmer, 2.5),
                self._line(self.mounting, 7, discount=12.5),
            ],
            smarthome_work_coefficient=1.15,
        )
        order.order_line.filtered("product_id").tax_ids = self.tax
        reader = self._export(order, "office")
        self._assert_agrees(reader, order)
        total = [reader.labelled("Total without VAT", column)[0] for column in (8, 10, 11, 12, 13)]
        self.assertEqual(
            total,
            [
                order.amount_untaxed,
                order.smarthome_goods_cost,
                order.smarthome_works_pay,
                order.smarthome_profit,
                order.smarthome_profit_percent,
            ],
        )
        self.assertEqual(
            sum(Decimal(str(row[9] or 0)) for row in reader.lines(13)), Decimal("762.59")
        )

    def test_file_name(self):
        order = self._create_proposal()
        for number, name, expected in (
            ("КП-12/2", 'Дом: "у озера" <1>', "КП-12-2-Дом- -у озера- -1.xlsx"),
            ("S00012", "Lake house", "КП-S00012-Lake house.xlsx"),
            ("КП-7", "  .hidden. ", "КП-7-hidden.xlsx"),
        ):
            order.name, self.object.name = number, name
            self.assertEqual(order._get_proposal_filename(), expected)
        self.object.name = "Ж" * 300
        self.assertLess(len(order._get_proposal_filename().encode()), 255)

    # === PERFORMANCE === #

    def test_queries_do_not_grow_with_lines(self):
        orders, counts = [], []
        goods = [self._create_goods(f"G{number}", 10 + number, 5) for number in range(25)]
        for size in (50, 500):
            lines = [
                self._line(goods[number % 25], number + 1, tax_ids=[Command.set(self.tax.ids)])
                for number in range(size)
            ]
            orders.append(self._create_proposal(order_line=lines).with_user(self.manager))
            orders[-1]._get_proposal_xlsx()
        for order in (orders[0], *orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._get_proposal_xlsx()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
