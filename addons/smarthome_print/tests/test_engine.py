import os
import subprocess
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import chromium
from ..tools.slots import NoFreeSlotError
from .common import PrintCommon

LOGGER = "odoo.addons.smarthome_print.models.ir_actions_report"
CORE = "odoo.addons.base.models.ir_actions_report"


@tagged("post_install", "-at_install")
class TestEngine(PrintCommon):
    def test_state(self):
        reports = self.env["ir.actions.report"]
        with self._wkhtmltopdf("install"):
            self.assertEqual(reports.get_wkhtmltopdf_state(), "ok")
            with self._without_chromium():
                self.assertEqual(reports.get_wkhtmltopdf_state(), "install")

    def test_neither_engine(self):
        partner = self._create_partner()
        with self._without_chromium(), self._wkhtmltopdf("install"):
            with self.assertRaisesRegex(UserError, "neither Chromium nor wkhtmltopdf"):
                self._print(partner)

    def test_errors_of_templates_keep_their_words(self):
        self.report.attachment = "'x.pdf'"
        view = self.env["ir.ui.view"].search([("key", "=", "smarthome_print.test_document")])
        view.arch = '<t t-name="x"><t t-call="web.html_container"><p>Текст</p></t></t>'
        with self.assertRaisesRegex(UserError, "Cannot separate file"):
            self._print(self._create_partner())

    def _print_by_wkhtmltopdf(self):
        """Print with a wkhtmltopdf that writes what it was asked for; return its arguments."""
        asked = []

        def run(args):
            asked.extend(args)
            with open(args[-1], "wb") as file:
                file.write(b"%PDF-1.4 by wkhtmltopdf")
            return subprocess.CompletedProcess(args, 0, stderr="")

        partner = self._create_partner()
        with self._wkhtmltopdf("ok"), patch(f"{CORE}._run_wkhtmltopdf", run):
            self.assertEqual(self._print(partner), b"%PDF-1.4 by wkhtmltopdf")
        return asked

    def test_wkhtmltopdf_without_chromium(self):
        with self._without_chromium():
            asked = self._print_by_wkhtmltopdf()
        self.assertIn("--header-html", asked)
        self.assertIn("--footer-html", asked)

    @mute_logger(LOGGER)
    def test_wkhtmltopdf_where_chromium_does_not_start(self):
        with patch.object(chromium, "find_chromium", return_value="/bin/false"):
            self.assertIn("--header-html", self._print_by_wkhtmltopdf())

    @mute_logger(LOGGER)
    def test_chromium_does_not_start(self):
        partner = self._create_partner()
        with (
            self._wkhtmltopdf("install"),
            patch.object(chromium, "find_chromium", return_value="/bin/false"),
            self.assertRaisesRegex(UserError, "The PDF could not be printed"),
        ):
            self._print(partner)

    @mute_logger(LOGGER)
    def test_too_slow(self):
        partner, reports = self._create_partner(), type(self.env["ir.actions.report"])
        started = time.monotonic()
        with (
            self._wkhtmltopdf("install"),
            patch.object(reports, "_get_chromium_timeout", return_value=0.05),
            self.assertRaisesRegex(UserError, "Printing took too long"),
        ):
            self._print(partner)
        self.assertLess(time.monotonic() - started, 15)

    @mute_logger(LOGGER)
    def test_too_many(self):
        partner = self._create_partner()
        with (
            patch.object(chromium, "slot", side_effect=NoFreeSlotError),
            self.assertRaisesRegex(UserError, "Too many documents"),
        ):
            self._print(partner)

    def test_nothing_is_left(self):
        before = set(os.listdir("/proc/self/fd"))
        self._print(self._create_partner())
        self.assertFalse(set(os.listdir("/proc/self/fd")) - before)
