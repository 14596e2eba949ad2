from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .salary_common import SalaryCommon

KEPT = {
    "state": "paid",
    "total": 9999,
    "fixed_amount": 9999,
    "bonus_amount": 9999,
    "carried_in": -1,
    "carried_out": -1,
    "payment_rate": 99,
    "payment_amount": 9999,
    "date_confirmed": "2026-01-01",
    "date_paid": "2026-01-01",
    "date_sent": "2026-01-01 10:00:00",
    "is_mail_queued": True,
    "month": "2026-01-01",
    "worked_hours": 1,
}
ACTIONS = ("action_confirm", "action_pay", "action_reset", "action_count", "action_send")
TERMS = ("smarthome_fixed_after", "smarthome_fixed_probation", "smarthome_trial_date_end")


class SalaryAccessCommon(SalaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlers = cls.head | cls.accountant
        cls.others = (
            cls.other_manager
            | cls.secretary
            | cls.engineer
            | cls.purchasing
            | cls.storekeeper
            | cls.installer
        )
        export = cls.env.ref("base.group_allow_export")
        for user in cls.settlers | cls.others | cls.manager:
            user.group_ids += export
        cls.statements = cls.env["smarthome.salary.statement"]

    def _make_confirmed(self):
        self._earn(10)
        statement = self._make()
        statement.with_user(self.head).action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        return statement


@tagged("post_install", "-at_install")
class TestSalaryAccess(SalaryAccessCommon):
    """What a person sees and writes of a salary, by whatever way."""

    def test_others_find_nothing(self):
        statement = self._make_confirmed()
        domain = [("id", "in", statement.ids)]
        for user in self.others:
            with self.subTest(user=user.name):
                statements = self.statements.with_user(user)
                self.assertFalse(statements.search(domain))
                self.assertFalse(statements.search_count([("total", ">", 0)]))
                self.assertFalse(
                    statements.formatted_read_group(domain, [], ["total:sum"])[0]["total:sum"]
                )
                for record in (statement, statement.part_ids):
                    for read in (
                        lambda one: one.read(["display_name"]),
                        lambda one: one.export_data(["create_date"]),
                        lambda one: one.web_read({"display_name": {}}),
                    ):
                        with self.assertRaises(AccessError):
                            read(record.with_user(user))
                for name in (*ACTIONS, "action_print", "action_export_xlsx", "_get_xlsx"):
                    with self.assertRaises(AccessError):
                        getattr(statement.with_user(user), name)()

    def test_own_once_it_is_confirmed(self):
        draft = self._make("2026-12-01")
        statement = self._make_confirmed()
        own = self.statements.with_user(self.manager)
        self.assertEqual(own.search([("employee_id", "=", self.employee.id)]), statement)
        self.assertEqual(own.browse(statement.id).read(["total"])[0]["total"], 510)
        self.assertEqual(
            own.browse(statement.id).export_data(["employee_name", "bonus_ids/amount"])["datas"],
            [["Ivan", 10.0]],
        )
        for name in (*ACTIONS, "action_export_xlsx"):
            with self.assertRaises(AccessError):
                getattr(own.browse(statement.id), name)()
        with self.assertRaises(AccessError):
            own.browse(draft.id).action_print()
        own.browse(statement.id).action_print()

    def test_employee_without_a_role_in_sales(self):
        """A storekeeper reads his salary, and it tells nothing of bonuses or profit."""
        keeper = self._create_employee("Keeper", user_id=self.storekeeper.id)
        statement = self._make(employees=keeper)
        statement.with_user(self.head).action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        own = statement.with_user(self.storekeeper)
        self.assertEqual(own.total, 500)
        self.assertEqual(own.part_ids.mapped("amount"), [500])
        self.assertNotIn("bonus_ids", own.fields_get())
        arch = own.get_view(view_type="form")["arch"]
        self.assertNotIn('name="bonus_ids"', arch)
        self.assertNotIn("action_confirm", arch)
        own.web_read(
            {
                "part_ids": {"fields": {"amount": {}}},
                "employee_id": {"fields": {"display_name": {}}},
            }
        )

    def test_nothing_is_written_by_hand(self):
        entry = self._earn(10)
        statement = self._make()
        values = {
            **KEPT,
            "currency_id": self.env.ref("base.EUR").id,
            "employee_id": self._create_employee("Other").id,
            "bonus_ids": [Command.link(entry.id)],
            "part_ids": [Command.create({"amount": 5000})],
        }
        for user in self.settlers:
            for name, value in values.items():
                with self.subTest(user=user.name, field=name), self.assertRaises(AccessError):
                    statement.with_user(user).write({name: value})
            with self.assertRaises(AccessError):
                statement.part_ids.with_user(user).write({"amount": 5000})
            with self.assertRaises(AccessError):
                entry.with_user(user).write({"salary_statement_id": statement.id})
            with self.assertRaises(AccessError):
                self.statements.with_user(user).create(
                    {"employee_id": self.employee.id, "month": "2026-12-01"}
                )
        with self.assertRaises(AccessError):
            statement.with_user(self.accountant).unlink()

    def test_terms_are_for_settlers(self):
        public = self.env["hr.employee.public"].browse(self.employee.id)
        self.env.invalidate_all()
        for user in self.settlers:
            self.assertEqual(public.with_user(user).read(TERMS[:1])[0][TERMS[0]], 500)
            self.assertFalse(self.env["hr.version"].with_user(user).has_access("read"))
            self.assertFalse(self.env["hr.employee"].with_user(user).has_access("write"))
        for user in self.others | self.manager:
            for name in TERMS:
                with self.assertRaises(AccessError):
                    public.with_user(user).read([name])
            with self.assertRaises(AccessError):
                self.employee.with_user(user).read(["smarthome_fixed_after"])
            self.assertNotIn(TERMS[0], public.with_user(user).fields_get())
        for user in self.others | self.manager | self.accountant:
            terms = self.env["smarthome.salary.terms"].with_user(user)
            with self.assertRaises(AccessError):
                terms.create({"employee_id": self.employee.id})

    def test_month_is_for_settlers(self):
        for user in self.others | self.manager:
            with self.assertRaises(AccessError):
                self.env["smarthome.salary.month"].with_user(user).create({}).action_make()

    def test_menus(self):
        """Everybody has his own; the rest is for heads and accountants."""
        names = ("statement_menu", "month_menu")
        menus = [self.env.ref(f"smarthome_bonus.smarthome_salary_{name}").id for name in names]
        menus.append(self.env.ref("smarthome_bonus.hr_employee_public_menu_salary").id)
        mine = self.env.ref("smarthome_bonus.smarthome_salary_statement_menu_mine").id
        for user in self.others | self.manager | self.settlers:
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertIn(mine, visible, user.name)
            expected = len(menus) if user in self.settlers else 0
            self.assertEqual(len(visible.intersection(menus)), expected, user.name)

    def test_another_company(self):
        """Statements of another company are out of reach, for heads too."""
        company = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_employee("Foreign", company_id=company.id)
        statement = self._make(employees=foreign)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            statement.with_user(self.head).read(["total"])
        with self.assertRaises(AccessError):
            statement.with_user(self.head).action_confirm()
        wizard = self.env["smarthome.salary.month"].with_user(self.head)
        wizard = wizard.create({"month": wizard._get_default_month()})
        self.assertNotIn(foreign, wizard._get_employees())


@tagged("post_install", "-at_install")
class TestSalaryHttp(SalaryAccessCommon, HttpCase):
    """The same from outside: addresses of files, and calls by RPC."""

    def _call(self, user, method, records, *args):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/smarthome.salary.statement/{method}",
            {
                "model": "smarthome.salary.statement",
                "method": method,
                "args": [records.ids, *args],
                "kwargs": {},
            },
        )

    def test_files(self):
        statement = self._make_confirmed()
        paper = f"/report/pdf/smarthome_bonus.report_smarthome_salary/{statement.id}"
        book = f"/smarthome/salary/xlsx?ids={statement.id}"
        cases = [(self.accountant, paper, 200), (self.accountant, book, 200)]
        cases += [(self.manager, paper, 200), (self.manager, book, 403)]
        cases += [(self.other_manager, paper, 403), (self.other_manager, book, 403)]
        with mute_logger("odoo.http"):
            for user, path, expected in cases:
                self.authenticate(user.login, user.login)
                answer = self.url_open(path)
                with self.subTest(user=user.name, path=path):
                    self.assertEqual(answer.status_code == 200, expected == 200)
            self.assertEqual(self.url_open("/smarthome/salary/xlsx?ids=0,x").status_code, 404)

    def test_rpc(self):
        statement = self._make()
        with mute_logger("odoo.http"):
            for user, values in ((self.head, {"total": 1}), (self.accountant, {"state": "paid"})):
                with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                    self._call(user, "write", statement, values)
            for name in ("_make_month", "_confirm", "_send", "_take_bonuses", "_get_xlsx"):
                with self.assertRaises(JsonRpcException):
                    self._call(self.head, name, statement)
            with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                self._call(self.accountant, "action_confirm", statement)
        self.assertEqual(self._call(self.head, "action_confirm", statement), True)
        statement.invalidate_recordset()
        self.assertEqual(statement.state, "confirmed")
