from odoo.tests import tagged

from .import_common import ImportCommon
from .tour_common import RussianTourCase


@tagged("post_install", "-at_install")
class TestImportTour(ImportCommon, RussianTourCase):
    """The company's files and the client's brief, brought in through the screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.purchasing, cls.manager)
        for name in (
            "price-list-goods.xlsx",
            "works-and-norms.xlsx",
            "price-list-broken.xlsx",
            "client-brief.xlsx",
        ):
            cls._offer_file(name, cls._read(name))

    def test_catalogue(self):
        self.start_tour(
            "/odoo/smarthome-import",
            "smarthome_import_catalogue",
            login=self.purchasing.login,
            timeout=180,
        )
        self.assertRecordValues(
            self._product("WB-MDM3"), [{"list_price": 92.0, "standard_price": 62.0}]
        )
        self.assertEqual(len(self.env["smarthome.work.norm"].search([])), 51)
        works = self.env["product.product"].search([("default_code", "=like", "W-%")])
        self.assertEqual(len(works), 28)
        for expected in self._expected("price-list-broken.expected.json"):
            with self.subTest(row=expected["row"]):
                exists = bool(self._product(expected["article"] or "no such"))
                self.assertEqual(exists, expected["applied"])
        self.assertRecordValues(
            self._product("AJ-MP"), [{"list_price": 44.0, "standard_price": 31.0}]
        )

    def test_brief(self):
        self._import_catalogue()
        order = self._create_proposal(smarthome_work_coefficient=1.0)
        self.start_tour(
            f"/odoo/smarthome-proposals/{order.id}",
            "smarthome_import_brief",
            login=self.manager.login,
            timeout=180,
        )
        case = self._expected("client-brief.expected.json")["cases"][0]
        self.assertRecordValues(
            order,
            [
                {
                    "amount_untaxed": case["amount_untaxed"],
                    "smarthome_goods_revenue": case["goods_revenue"],
                    "smarthome_works_pay": case["works_pay"],
                    "smarthome_profit": case["profit"],
                }
            ],
        )
        rooms = order.order_line.filtered(lambda line: line.display_type == "line_section")
        names = ["Щит", "Гостиная", "Спальня", "Кухня", "Санузел", "Прихожая", "Улица", "Везде"]
        self.assertEqual(rooms.mapped("name")[:8], names)


@tagged("post_install", "-at_install")
class TestImportTourOnPhone(TestImportTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
