import io
import re
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user
from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.models.ir_actions_report import WkhtmlInfo

TEMPLATE = """
<t t-name="smarthome_print.test_document">
    <t t-call="web.html_container">
        <t t-foreach="docs" t-as="doc">
            <t t-call="web.external_layout">
                <div class="page">
                    <h2>Коммерческое предложение: <t t-out="doc.name"/></h2>
                    <p>Сумма: 1 234,50 ₽, счёт № 7. <b>Полужирный текст</b> <i>Курсив</i></p>
                    <div t-out="doc.comment"/>
                    <table class="table">
                        <tr t-foreach="range(doc.color)" t-as="row">
                            <td>Позиция <t t-out="row"/></td>
                            <td>Светильник потолочный</td>
                        </tr>
                    </table>
                </div>
            </t>
        </t>
    </t>
</t>
"""


class PrintCommon(TransactionCase):
    """A small report on partners: ``color`` is its number of rows, ``comment`` some more HTML."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env.company.write(
            {
                "name": "Умный Дом",
                "report_header": "Надёжный поставщик",
                "report_footer": "<p>ИНН 7701234567</p>",
                "font": "Roboto",
                "external_report_layout_id": cls.env.ref("web.external_layout_standard").id,
                "paperformat_id": cls.env.ref("base.paperformat_euro").id,
            }
        )
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "test document",
                "key": "smarthome_print.test_document",
                "arch": TEMPLATE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Test document",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "smarthome_print.test_document",
            }
        )
        cls.reader = new_test_user(cls.env, "print_reader", "base.group_user")

    @classmethod
    def _create_partner(cls, name="Щукин Юрий", rows=1, comment=False):
        return cls.env["res.partner"].create({"name": name, "color": rows, "comment": comment})

    def _print(self, records, report=None):
        """Return the PDF of some records as bytes."""
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(report or self.report, records.ids)[0]

    def _read(self, pdf):
        self.assertTrue(pdf.startswith(b"%PDF"), pdf[:100])
        return PdfFileReader(io.BytesIO(pdf))

    def _texts(self, pdf):
        """Return the text of each page, its blanks made one."""
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self._read(pdf).pages]

    def _fonts(self, pdf):
        """Return the names of all embedded fonts, without the mark of the subset."""
        names = set()
        for page in self._read(pdf).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                names.add(font.get_object()["/BaseFont"].lstrip("/").split("+")[-1])
        return names

    def _images(self, pdf):
        """Return the sizes of all images on all pages."""
        found = []
        for page in self._read(pdf).pages:
            for thing in page["/Resources"].get("/XObject", {}).values():
                thing = thing.get_object()
                if thing["/Subtype"] == "/Image":
                    found.append((thing["/Width"], thing["/Height"]))
        return found

    def _without_chromium(self):
        target = "odoo.addons.smarthome_print.models.ir_actions_report.find_chromium"
        return patch(target, return_value=None)

    def _wkhtmltopdf(self, state):
        """Act as if wkhtmltopdf were in some state on this machine."""
        core = "odoo.addons.base.models.ir_actions_report"
        info = WkhtmlInfo(state, True, "wkhtmltopdf", "0.12.6", True, "", None)
        return patch(f"{core}._wkhtml", return_value=info)
