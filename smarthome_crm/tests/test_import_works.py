import io

import openpyxl

from odoo.tests import tagged

from .import_common import ImportCommon, make_workbook

NORMS = ("Где", "Что", "Работа", "Количество", "База", "Вместо норм группы", "Кроме групп")


@tagged("post_install", "-at_install")
class TestImportWorks(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import_catalogue()

    def test_works(self):
        works = self.env["product.product"].search([("default_code", "=like", "W-%")])
        self.assertEqual(len(works), 28)
        self.assertEqual(works.sorted("sequence")[0].default_code, "W-CBL")
        self.assertRecordValues(
            self._product("W-CBL"),
            [
                {
                    "type": "service",
                    "list_price": 1.6,
                    "smarthome_installer_rate": 0.7,
                    "smarthome_planned_hours": 0.05,
                    "service_tracking": "no",
                    "uom_id": self.env.ref("uom.product_uom_meter").id,
                }
            ],
        )
        self.assertTrue(self._product("W-START").smarthome_is_percent)

    def test_norms(self):
        norms = self.env["smarthome.work.norm"].search([])
        self.assertEqual(len(norms), 51)
        start = norms.filtered(lambda norm: norm.basis == "percent")
        self.assertEqual(start.work_id.default_code, "W-START")
        self.assertFalse(self._product("UTP-6").categ_id.smarthome_is_equipment)
        self.assertTrue(self._product("WB-8").categ_id.smarthome_is_equipment)
        self.assertTrue(self._product("SW-KNX4").smarthome_own_norms_only)
        self.assertFalse(self._product("WB-MR6C").smarthome_own_norms_only)
        self.assertTrue(self._product("GFR-20").smarthome_no_works)

    def test_again_changes_nothing(self):
        record = self._import("works", self._read("works-and-norms.xlsx"))
        record.action_apply()
        self.assertEqual(set(record.line_ids.mapped("action")), {"same"})
        self.assertEqual(len(self.env["smarthome.work.norm"].search([])), 51)

    def test_norm_is_updated_rather_than_doubled(self):
        rows = [NORMS, ("товар", "WB-MR6C", "W-PRG", 7, "на строку", None, None)]
        self._import("works", make_workbook(rows, "Нормы")).action_apply()
        template = self._product("WB-MR6C").product_tmpl_id
        norms = self.env["smarthome.work.norm"].search([("product_tmpl_id", "=", template.id)])
        self.assertRecordValues(norms, [{"quantity": 7, "basis": "line"}])

    def test_refused_norms(self):
        rows = [
            NORMS,
            ("товар", "NO-SUCH", "W-PRG", 1, "на единицу", None, None),
            ("группа", "Нет такой", "W-PRG", 1, "на единицу", None, None),
            ("товар", "WB-8", "W-NONE", 1, "на единицу", None, None),
            ("где-то", "WB-8", "W-PRG", 1, "на единицу", None, None),
            ("товар", "WB-8", "W-PRG", 0, "на единицу", None, None),
            ("товар", "WB-8", "W-START", 1, "на единицу", None, None),
            ("предложение", None, "W-VIS", 1, "на единицу", None, None),
            ("товар", "WB-8", "W-PRG", 1, "иногда", None, None),
        ]
        record = self._import("works", make_workbook(rows, "Нормы"))
        record.action_apply()
        self.assertEqual(record.error_count, 8, record.line_ids.mapped("message"))
        self.assertEqual(len(self.env["smarthome.work.norm"].search([])), 51)

    def test_pay_in_force_is_told_to_who_may_read_it(self):
        """Purchasing sees the pay of its file, not the one in force."""
        header = ("Код", "Наименование работы", "Цена клиенту", "Оплата монтажнику")
        content = make_workbook([header, ("W-SW", "Установка выключателя (сенсора)", 12, 6)])
        for user, is_told in ((self.purchasing, False), (self.head, True)):
            record = self._import("works", content, user)
            record.action_check()
            self.assertEqual("5.5" in record.line_ids.message, is_told)

    def test_norms_of_a_file_follow_its_own_works(self):
        """A norm finds a work that the same file brings in, and falls with a refused one."""
        book = openpyxl.Workbook()
        works, norms = book.active, book.create_sheet("Нормы")
        works.title = "Работы"
        works.append(
            ("Код", "Наименование работы", "Ед. изм.", "Цена клиенту", "Оплата монтажнику")
        )
        works.append(("W-N1", "Новая", "шт", 5, 2))
        works.append(("W-N2", "Плохая", "шт", "дорого", 2))
        norms.append(NORMS)
        norms.append(("товар", "WB-8", "W-N1", 1, "на единицу"))
        norms.append(("товар", "WB-8", "W-N2", 1, "на единицу"))
        output = io.BytesIO()
        book.save(output)
        record = self._import("works", output.getvalue())
        record.action_apply()
        self.assertEqual(self._lines(record).mapped("applied"), [True, False, True, False])
        template = self._product("WB-8").product_tmpl_id
        norms = self.env["smarthome.work.norm"].search([("product_tmpl_id", "=", template.id)])
        self.assertEqual(norms.work_id, self._product("W-N1"))
