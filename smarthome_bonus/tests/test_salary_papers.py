import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .salary_common import SalaryCommon

REPORT = "smarthome_bonus.report_smarthome_salary"


@tagged("post_install", "-at_install")
@freeze_time("2026-12-05 09:00:00")
class TestSalaryPapers(SalaryCommon):
    """The statement on paper, in a letter, and all of a month in Excel."""

    def _make_confirmed(self):
        self.employee.version_id.trial_date_end = "2026-11-14"
        self._earn(61.73)
        self._earn(-11.73)
        statement = self._make()
        statement.payment_currency_id = self._bring_in_roubles(("2026-12-01", 3.2))
        statement.with_user(self.head).action_confirm()
        return statement

    def _render(self, statement, user):
        reports = self.env["ir.actions.report"].with_user(user).with_context(lang="en_US")
        content = reports._render_qweb_html(REPORT, statement.ids)[0].decode()
        return " ".join(content.replace("\xa0", " ").split())

    def test_paper(self):
        """326.67 + 266.67 + 61.73 - 11.73 = 643.34 USD, at 3.2: 2058.69 BYN."""
        statement = self._make_confirmed()
        for user in (self.accountant, self.manager):
            text = self._render(statement, user)
            for part in ("November 2026", "326.67", "266.67", "61.73", "643.34", "2,058.69", "3.2"):
                self.assertIn(part, text)
            self.assertIn("Final profit", text)

    def test_paper_of_somebody_without_profit(self):
        """An engineer who shares in a bonus sees its amount, and nothing of the profit."""
        employee = self._create_employee("Engineer", user_id=self.engineer.id)
        entry = self._earn(15)
        entry.user_id = self.engineer
        statement = self._make(employees=employee)
        statement.with_user(self.head).action_confirm()
        self.env.flush_all()
        text = self._render(statement, self.engineer)
        self.assertIn("15.00", text)
        self.assertNotIn("Final profit", text)
        self.assertNotIn("150.00", text)

    def test_printed_by_chromium(self):
        statement = self._make_confirmed()
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, kind = reports._render_qweb_pdf(REPORT, statement.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))

    # === EXCEL === #

    def test_workbook_is_read_back(self):
        self.employee.name = '=HYPERLINK("http://x")'
        statement = self._make_confirmed()
        other = self._create_employee("Olga")
        second = self._make(employees=other)
        december = self._make("2026-12-01", employees=other)
        filename, content = (
            (statement | second | december)
            .with_user(self.accountant)
            .with_context(lang="en_US")
            ._get_xlsx()
        )
        self.assertEqual(filename, "Salaries December 2026, November 2026.xlsx")
        book = load_workbook(io.BytesIO(content))
        self.assertEqual(book.sheetnames, ["December 2026", "November 2026"])
        sheet = book["November 2026"]
        rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
        evil = rows[self.employee.name]
        self.assertEqual(evil[1:6], (593.34, 50, 0, 0, 643.34))
        self.assertEqual(evil[6:], ("USD", 2058.69, "BYN", "Confirmed"))
        november = (statement | second).filtered(lambda one: one.currency_id.name == "USD")
        self.assertAlmostEqual(rows["Total, USD"][5], sum(november.mapped("total")))
        self.assertEqual(rows["Total, BYN"][7:9], (2058.69, "BYN"))
        self.assertFalse(
            [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"],
            "no text becomes a formula",
        )

    def test_export_without_a_choice(self):
        statement = self._make()
        self._make("2026-10-01")
        found = self.env["smarthome.salary.statement"].search([("month", ">", "2026-11-01")])
        found.unlink()
        url = (
            self.env["smarthome.salary.statement"].with_user(self.head).action_export_xlsx()["url"]
        )
        self.assertIn(str(statement.id), url.partition("=")[2].split(","))

    # === LETTERS === #

    def _send_all(self):
        """What the scheduled action does, with the PDF left to another test."""
        render = patch.object(
            self.env.registry["ir.actions.report"],
            "_render_qweb_pdf",
            lambda *args, **kwargs: (b"%PDF-1.4", "pdf"),
        )
        with render, self.enter_registry_test_mode():
            self.env.ref("smarthome_bonus.ir_cron_salary_mail").method_direct_trigger()
        self.env.invalidate_all()

    def test_letters(self):
        """One click for all that are confirmed; drafts and people without an address are told."""
        if not self.env["res.lang"]._get_data(code="ru_RU"):
            self.env["res.lang"]._activate_lang("ru_RU")
        self.employee.work_email = "ivan@example.com"
        silent = self._create_employee("Silent")
        statements = self._make_confirmed()
        nobody = self._make(employees=silent)
        with self.assertRaisesRegex(UserError, "drafts are not sent"):
            nobody.with_user(self.accountant).action_send()
        nobody.with_user(self.head).action_confirm()
        with self.assertRaisesRegex(UserError, "address is known of: Silent"):
            nobody.with_user(self.accountant).action_send()
        answer = (statements | nobody).with_user(self.accountant).action_send()
        self.assertIn(
            "Letters on their way: 1. No e-mail address is known of: Silent",
            answer["params"]["message"],
        )
        self.assertTrue(statements.is_mail_queued)
        template = self.env.ref("smarthome_bonus.mail_template_salary")
        template.auto_delete = False
        self._send_all()
        mail = self.env["mail.mail"].search(
            [("res_id", "=", statements.id), ("model", "=", statements._name)]
        )
        self.assertEqual(mail.email_to, "ivan@example.com")
        self.assertEqual(mail.subject, "Your salary for November 2026")
        self.assertIn("643.34", mail.body_html)
        self.assertIn("2,058.69", mail.body_html)
        self.assertEqual(mail.attachment_ids.mapped("raw"), [b"%PDF-1.4"])
        self.assertRecordValues(statements, [{"is_mail_queued": False}])
        self.assertTrue(statements.date_sent)

    def test_letter_that_fails_stops_no_other(self):
        """What could not be printed is told on the statement, which stays among the unsent."""
        statement = self._make_confirmed()
        other = self._create_employee("Olga", work_email="olga@example.com")
        second = self._make(employees=other)
        second.with_user(self.head).action_confirm()
        self.employee.work_email = "ivan@example.com"
        (statement | second).with_user(self.accountant).action_send()

        no_paper = "No paper"

        def _render(reports, report_ref, res_ids=None, data=None):
            if statement.id in res_ids:
                raise UserError(no_paper)
            return b"%PDF-1.4", "pdf"

        reports = self.env.registry["ir.actions.report"]
        with patch.object(reports, "_render_qweb_pdf", _render):
            (statement | second)[0]._send()
            (statement | second)[1]._send()
        self.assertEqual((statement | second).filtered("date_sent"), second)
        self.assertFalse((statement | second).filtered("is_mail_queued"))
        self.assertIn(no_paper, statement.message_ids[0].body)
