import json
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PrintCommon


@tagged("post_install", "-at_install")
class TestHttp(PrintCommon, HttpCase):
    def _get_report(self, records):
        context = json.dumps({"force_report_rendering": True, "lang": "en_US"})
        ids = ",".join(map(str, records.ids))
        path = f"/report/pdf/{self.report.report_name}/{ids}"
        return self.url_open(f"{path}?context={context}", timeout=60)

    def test_a_person_downloads_a_pdf(self):
        bundle = ("url", "=like", "/web/assets/%/web.report_assets_common.%")
        self.env["ir.attachment"].search([bundle]).unlink()
        partner = self._create_partner(
            comment='<img src="/report/barcode/Code128/A1?width=321&amp;height=45"/>'
        )
        self.authenticate("print_reader", "print_reader")
        with mute_logger("odoo.http"):  # begun anew, as the stylesheets have to be saved
            answer = self._get_report(partner)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("Щукин", self._texts(answer.content)[0])
        self.assertIn("Roboto-Regular", self._fonts(answer.content))
        self.assertIn((321, 45), self._images(answer.content))

    def test_the_client_is_told_that_pdfs_can_be_printed(self):
        self.authenticate("print_reader", "print_reader")
        self.assertEqual(self.make_jsonrpc_request("/report/check_wkhtmltopdf", {}), "ok")

    def test_nobody_prints_without_a_login(self):
        answer = self._get_report(self._create_partner())
        self.assertNotEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(re.search(r"login", answer.url) or answer.status_code >= 400)
