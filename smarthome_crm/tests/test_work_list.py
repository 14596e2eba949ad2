from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .test_contract import SmarthomeContractCommon

REPORT = "smarthome_crm.report_smarthome_work_list"
PATH = f"/report/html/{REPORT}/%s"


class WorkListCommon(SmarthomeContractCommon):
    """Works with odd rates: 3 x 3.335 x 1.5 = 15.0075 and 1 x 0.005 x 1.5 = 0.0075."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object_type.work_coefficient = 1.5
        cls.object.write({"engineer_id": cls.engineer.id, "address": "Lake street 1"})
        cls.first = cls._create_work("W-1", 777, 3.335, name="Mounting")
        cls.second = cls._create_work("W-2", 888, 0.005, name="Starting")
        cls.contract = cls._create_contract((cls.goods, 2), (cls.first, 3), (cls.second, 1))
        cls.env["smarthome.work.done"].create(
            {"order_line_id": cls.contract.order_line[1].id, "quantity": 2}
        )
        cls.may_print = cls.engineer | cls.head | cls.accountant
        cls.strangers = (
            cls.manager
            | cls.other_manager
            | cls.storekeeper
            | cls.secretary
            | cls.purchasing
            | cls.installer
            | cls._create_user("engineer2", "engineer")
        )
        cls.env.flush_all()


@tagged("post_install", "-at_install")
class TestWorkList(WorkListCommon):
    """The printed list of works with the installers' pay."""

    def _render(self, user):
        report = self.env["ir.actions.report"].with_user(user).with_context(lang="en_US")
        page = html.fromstring(report._render_qweb_html(REPORT, self.object.ids)[0])
        rows = page.xpath("//div[hasclass('page')]//tbody/tr")
        return page, [[" ".join(cell.text_content().split()) for cell in row] for row in rows]

    def test_rows(self):
        """Pay is rounded at the line, and the total sums rounded lines."""
        for user in self.may_print:
            page, rows = self._render(user)
            self.assertEqual(
                [row[1:] for row in rows if len(row) == 8],
                [
                    ["Mounting W-1", "Units", "3", "3.335 × 1.5", "$ 15.01", "2", "1"],
                    ["Starting W-2", "Units", "1", "0.005 × 1.5", "$ 0.01", "0", "1"],
                ],
            )
            text = " ".join(page.text_content().split())
            for part in "$ 15.02", "of it done $ 10.01", "Lake street 1", "Test engineer":
                self.assertIn(part, text)

    def test_pay_is_rounded_at_the_line(self):
        lines = self.object.with_user(self.engineer).work_line_ids
        self.assertEqual(lines.mapped("pay"), [15.01, 0.01])
        self.first.smarthome_installer_rate = 0.335
        contract = self._create_contract((self.first, 3))  # 3 x 0.335 x 1 is a half in binary
        contract.smarthome_signed_coefficient = 1
        self.env.flush_all()
        self.assertEqual(self.object.work_line_ids.mapped("pay")[-1], 1.01)

    def test_no_commercial_figures(self):
        text = self._render(self.engineer)[0].text_content()
        for figure in "777", "888", "CON-1", str(self.contract.amount_total):
            self.assertNotIn(figure, text)

    def test_two_contracts(self):
        other = self.contract.with_user(self.manager)._create_additional().with_env(self.env)
        other.order_line = [Command.create({"product_id": self.first.id, "product_uom_qty": 2})]
        other.action_confirm()
        self.env.flush_all()
        page, rows = self._render(self.head)
        self.assertEqual(len([row for row in rows if len(row) == 8]), 3)
        self.assertEqual(len([row for row in rows if row[0].startswith("Contract")]), 2)
        self.assertIn("$ 25.03", " ".join(page.text_content().split()))

    def test_by_button(self):
        for user in self.may_print:
            action = self.object.with_user(user).action_print_works()
            self.assertEqual(action["report_name"], REPORT)
        for user in self.head, self.accountant:
            action = self.contract.with_user(user).action_smarthome_print_works()
            self.assertEqual(action["report_name"], REPORT)
        for user in self.strangers:
            with self.assertRaises(AccessError):
                self.object.with_user(user).action_print_works()
            with self.assertRaises(AccessError):
                self.contract.with_user(user).action_smarthome_print_works()
        with self.assertRaisesRegex(UserError, "No works"):
            self._create_object().with_user(self.head).action_print_works()

    def test_rendered_by_strangers(self):
        for user in self.strangers:
            with self.assertRaises(AccessError):
                self._render(user)

    def test_engineer_of_another_object_who_is_its_manager(self):
        """Two roles in one login do not add up to the pay of somebody else's crew."""
        both = self._create_user("manager_engineer", "manager", "engineer")
        self.object.user_id = both
        with self.assertRaises(AccessError):
            self._render(both)
        self.object.engineer_id = both
        self._render(both)


@tagged("post_install", "-at_install")
class TestWorkListByAddress(WorkListCommon, HttpCase):
    """Whoever types the address of the report gets it, or is refused."""

    def _open(self, user):
        self.authenticate(user.login, user.login)
        return self.url_open(PATH % self.object.id)

    def test_address(self):
        for user in self.engineer, self.head:
            answer = self._open(user)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("Mounting", answer.text)
        for user in self.manager, self.storekeeper:
            with self.assertLogs("odoo.http", "WARNING"):
                answer = self._open(user)
            self.assertNotEqual(answer.status_code, 200)
            self.assertNotIn("Mounting", answer.text)
