import re
from unittest.mock import patch

from odoo.tests import tagged

from ..tools import chromium
from .common import PrintCommon


@tagged("post_install", "-at_install")
class TestReport(PrintCommon):
    def test_cyrillic_in_the_company_font(self):
        pdf = self._print(self._create_partner())
        (text,) = self._texts(pdf)
        for words in ("Коммерческое предложение: Щукин Юрий", "1 234,50 ₽", "№ 7", "Надёжный"):
            self.assertIn(words, text)
        fonts = self._fonts(pdf)
        self.assertLessEqual({"Roboto-Regular", "Roboto-Bold", "Roboto-Italic"}, fonts)
        self.assertFalse([font for font in fonts if not font.startswith("Roboto")], fonts)

    def test_cyrillic_without_a_company_layout(self):
        view = self.env["ir.ui.view"].search([("key", "=", "smarthome_print.test_document")])
        view.arch = view.arch.replace("web.external_layout", "web.internal_layout")
        pdf = self._print(self._create_partner())
        self.assertIn("Щукин Юрий", self._texts(pdf)[0])
        fonts = self._fonts(pdf)
        self.assertFalse([font for font in fonts if not font.startswith("Roboto")], fonts)

    def test_long_prints_stay_small(self):
        pdf = self._print(self._create_partner(rows=500))
        self.assertLess(len(pdf) / len(self._texts(pdf)), 15_000)

    def test_pages_are_numbered_and_framed(self):
        pages = self._texts(self._print(self._create_partner(rows=90)))
        self.assertGreater(len(pages), 2)
        for number, text in enumerate(pages, 1):
            self.assertIn("Надёжный поставщик", text)
            self.assertIn("ИНН 7701234567", text)
            self.assertRegex(text, rf"{number} ?/ ?{len(pages)}")
        rows = [int(row) for row in re.findall(r"Позиция (\d+)", " ".join(pages))]
        self.assertEqual(rows, list(range(90)))

    def test_several_records_are_numbered_apart(self):
        names = ("Первый", "Второй", "Третий")
        partners = self.env["res.partner"].union(
            *(
                self._create_partner(name, rows)
                for name, rows in zip(names, (2, 60, 1), strict=True)
            )
        )
        pdf = self._print(partners)
        texts = self._texts(pdf)
        self.assertGreater(len(texts), 3)
        self.assertIn("Первый", texts[0])
        self.assertRegex(texts[0], r"1 ?/ ?1")
        self.assertIn("Второй", texts[1])
        self.assertRegex(texts[1], rf"1 ?/ ?{len(texts) - 2}")
        self.assertIn("Третий", texts[-1])

    def test_several_records_are_saved_apart(self):
        self.report.attachment = "'%s.pdf' % object.name"
        partners = self._create_partner("Первый", 60) + self._create_partner("Второй", 70)
        self._print(partners)
        for partner, other in zip(partners, partners[::-1], strict=True):
            attachment = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", partner.id),
                    ("name", "=", f"{partner.name}.pdf"),
                ]
            )
            texts = self._texts(attachment.raw)
            self.assertGreater(len(texts), 1)
            self.assertIn(partner.name, texts[0])
            self.assertNotIn(other.name, " ".join(texts))

    def test_one_run_of_the_browser_prints_all(self):
        partners = self._create_partner("Первый") + self._create_partner("Второй")
        path = "odoo.addons.smarthome_print.tools.chromium._Process"
        with patch(path, side_effect=chromium._Process) as process:
            self._print(partners)
        self.assertEqual(process.call_count, 1)

    def test_paper_formats(self):
        formats = self.env["report.paperformat"]
        cases = (
            ({"format": "A4", "orientation": "Portrait"}, (595, 842)),
            ({"format": "A4", "orientation": "Landscape"}, (842, 595)),
            ({"format": "A6", "orientation": "Portrait"}, (298, 420)),
            ({"format": "A6", "orientation": "Landscape"}, (420, 298)),
            (
                {
                    "format": "custom", "page_width": 57, "page_height": 32,
                    "orientation": "Portrait", "margin_top": 1, "margin_bottom": 1,
                },
                (162, 91),
            ),
        )  # fmt: skip
        partner = self._create_partner()
        for values, size in cases:
            with self.subTest(values=values):
                self.report.paperformat_id = formats.create({"name": "test", **values})
                boxes = [page.mediabox for page in self._read(self._print(partner)).pages]
                self.assertEqual({(int(box.width), int(box.height)) for box in boxes}, {size})

    def test_landscape_by_the_context(self):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True, landscape=True
        )
        pdf = reports._render_qweb_pdf(self.report, self._create_partner().ids)[0]
        box = self._read(pdf).pages[0].mediabox
        self.assertGreater(box.width, box.height)

    def test_links_lead_to_the_server(self):
        partner = self._create_partner(comment='<a href="/my/orders/1">Открыть заказ</a>')
        page = self._read(self._print(partner)).pages[0]
        links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
        self.assertIn(f"{self.env.company.get_base_url()}/my/orders/1", links)

    def test_a_person_without_rights_prints_too(self):
        reports = self.env["ir.actions.report"].with_user(self.reader)
        pdf = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            self.report, self._create_partner().ids
        )[0]
        self.assertIn("Щукин", self._texts(pdf)[0])
        self.assertIn("Roboto-Regular", self._fonts(pdf))
