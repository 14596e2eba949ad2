from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import ImportCommon, make_workbook

BRIEF = ("Помещение", "Артикул", "Что нужно", "Кол-во")


@tagged("post_install", "-at_install")
class TestImportBrief(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import_catalogue()

    def setUp(self):
        super().setUp()
        self.order = self._create_proposal()

    def _import_brief(self, content, user=None):
        record = self._import("brief", content, user or self.manager, order_id=self.order.id)
        record.action_apply()
        return record

    def _shape(self):
        return [
            (
                line.display_type or "",
                line.product_id.default_code or line.name,
                line.product_uom_qty,
            )
            for line in self.order.order_line.sorted(lambda line: (line.sequence, line.id))
        ]

    def test_rooms_become_sections(self):
        record = self._import_brief(self._read("client-brief.xlsx"))
        self.assertEqual(record.new_count, 31)
        sections = [name for kind, name, _qty in self._shape() if kind == "line_section"]
        rooms = ["Щит", "Гостиная", "Спальня", "Кухня", "Санузел", "Прихожая", "Улица", "Везде"]
        self.assertEqual(sections, rooms)
        self.assertEqual(self._shape()[11], ("", "POE-8", 1.0))
        self.assertEqual(len(self.order.order_line), 31 + 8)
        self.assertIn("диммеры", self.order.order_line.filtered("product_id")[2].name)

    def test_again_changes_nothing(self):
        self._import_brief(self._read("client-brief.xlsx"))
        self.order.action_generate_works()
        before = self._shape()
        record = self._import_brief(self._read("client-brief.xlsx"))
        self.assertEqual(self._shape(), before)
        self.assertEqual(set(record.line_ids.mapped("action")), {"same"})

    def test_changed_quantity_and_new_rows(self):
        self._import_brief(
            make_workbook([BRIEF, ("Кухня", "AJ-LP", "", 1), (None, "AJ-LP", "", 2)])
        )
        self.order.action_generate_works()
        record = self._import_brief(
            make_workbook(
                [
                    BRIEF,
                    ("Кухня", "AJ-LP", "", 1),
                    (None, "AJ-LP", "", 5),
                    ("кухня ", "AJ-DP", "", 1),
                    ("Холл", "AJ-MP", "", 2),
                ]
            )
        )
        self.assertRecordValues(record, [{"new_count": 2, "changed_count": 1}])
        self.assertEqual(
            self._shape()[:7],
            [
                ("line_section", "Кухня", 0),
                ("", "AJ-LP", 1),
                ("", "AJ-LP", 5),
                ("", "AJ-DP", 1),
                ("line_section", "Холл", 0),
                ("", "AJ-MP", 2),
                ("line_section", "Works", 0),
            ],
        )

    def test_refused_rows(self):
        rows = [
            BRIEF,
            ("Кухня", "NO-SUCH", "", 1),
            ("Кухня", None, "лампа", 1),
            ("Кухня", "AJ-LP", "", "много"),
            ("Кухня", "AJ-LP", "", 0),
            ("Кухня", "AJ-LP", "", None),
        ]
        record = self._import_brief(make_workbook(rows))
        self.assertEqual(record.error_count, 5, record.line_ids.mapped("message"))
        self.assertFalse(self.order.order_line)

    def test_line_in_another_unit(self):
        """24 pieces of the brief are 2 of the dozens that a person chose; again, nothing."""
        self._import_brief(make_workbook([BRIEF, ("Кухня", "AJ-LP", "", 12)]))
        line = self.order.order_line.filtered("product_id")
        line.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        line.product_uom_qty = 1
        content = make_workbook([BRIEF, ("Кухня", "AJ-LP", "", 24)])
        self.assertEqual(self._import_brief(content).changed_count, 1)
        self.assertEqual(line.product_uom_qty, 2)
        self.assertEqual(self._import_brief(content).changed_count, 0)

    def test_signed_proposal(self):
        self.order.state = "sale"
        with self.assertRaises(UserError):
            self._import_brief(self._read("client-brief.xlsx"))
        with self.assertRaises(UserError):
            self.order.action_smarthome_import_brief()

    def test_button_of_the_proposal(self):
        action = self.order.with_user(self.manager).action_smarthome_import_brief()
        record = self.env["smarthome.import"].with_user(self.manager)
        values = record.with_context(**action["context"]).default_get(["kind", "order_id"])
        self.assertEqual(values, {"kind": "brief", "order_id": self.order.id})

    def test_only_into_own_proposals(self):
        for user in (self.other_manager, self.purchasing, self.engineer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._import_brief(self._read("client-brief.xlsx"), user)
        self.assertFalse(self.order.order_line)

    def test_figures_of_the_brief(self):
        """Goods, works and brief imported: the expected figures, all cases, to the cent."""
        self._import_brief(self._read("client-brief.xlsx"))
        for case in self._expected("client-brief.expected.json")["cases"]:
            with self.subTest(coefficient=case["coefficient"]):
                goods = self.order.order_line.filtered(lambda line: line.smarthome_kind == "goods")
                goods.write({"discount": case["goods_discount_percent"]})
                self.order.with_user(self.head).smarthome_work_coefficient = case["coefficient"]
                self.order.with_user(self.manager).action_generate_works()
                self._check_case(case)

    def _check_case(self, case):
        order = self.order
        figures = {
            "goods_revenue": order.smarthome_goods_revenue,
            "goods_cost": order.smarthome_goods_cost,
            "works_revenue": order.smarthome_works_revenue,
            "works_pay": order.smarthome_works_pay,
            "hours": order.smarthome_hours,
            "amount_untaxed": order.amount_untaxed,
            "profit": order.smarthome_profit,
            "profit_percent": order.smarthome_profit_percent,
        }
        for name, value in figures.items():
            self.assertEqual(round(value, 6), case[name], name)
        works = order.order_line.filtered("smarthome_is_generated")
        works = works.sorted(lambda line: (line.sequence, line.id))
        found = [
            {
                "work": line.product_id.default_code,
                "qty": round(line.product_uom_qty, 6),
                "price": round(line.price_unit, 6),
                "subtotal": round(line.price_subtotal, 6),
                "pay": round(line.smarthome_pay, 6),
                "hours": round(line.smarthome_hours, 6),
            }
            for line in works
        ]
        self.assertEqual(found, case["works"])
