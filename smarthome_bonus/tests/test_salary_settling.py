from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .salary_common import SalaryCommon


@tagged("post_install", "-at_install")
@freeze_time("2027-01-05 09:00:00")
class TestSalarySettling(SalaryCommon):
    """Making, confirming, resetting: in which order, by whom, and what is carried along."""

    def _confirm(self, statements):
        return statements.with_user(self.head).action_confirm()

    # === WHO GETS ONE === #

    def test_all_employees_in_one_go(self):
        """Those who left before the month get none, those who left in it their days."""
        self.env["hr.employee"].search([("id", "!=", self.employee.id)]).active = False
        gone, leaving, waiting = (
            self._create_employee(name) for name in ("Gone", "Leaving", "Waiting")
        )
        waiting.user_id = self.other_manager
        for employee, day in ((gone, "2026-10-15"), (leaving, "2026-11-15")):
            employee.departure_date = day
            employee.active = False
        waiting.departure_date = "2026-10-31"
        waiting.active = False
        entry = self._earn(80)
        entry.user_id = self.other_manager
        wizard = self.env["smarthome.salary.month"].with_user(self.accountant).create({})
        self.assertEqual(wizard.month, "2026-12", "in January it is December's turn")
        wizard.month = "2026-11"
        action = wizard.action_make()
        statements = self.env["smarthome.salary.statement"].search(action["domain"])
        self.assertRecordValues(
            statements.sorted("employee_name"),
            [
                {"employee_name": "Ivan", "total": 500},
                {"employee_name": "Leaving", "total": 250},
                {"employee_name": "Waiting", "total": 80},
            ],
        )
        wizard.action_make()
        self.assertEqual(
            self.env["smarthome.salary.statement"].search(action["domain"]), statements
        )

    def test_wizard_counts_and_chooses(self):
        other = self._create_employee("Olga")
        self._confirm(self._make())
        self._make(employees=other)
        third = self._create_employee("Third")
        chosen = (self.employee | other | third).ids
        with Form(self.env["smarthome.salary.month"].with_user(self.head)) as form:
            form.month = "2026-11"
            for employee in self.env["hr.employee.public"].browse(chosen):
                form.employee_ids.add(employee)
            self.assertEqual((form.new_count, form.draft_count, form.settled_count), (1, 1, 1))
        form.save().action_make()
        statements = self.env["smarthome.salary.statement"].search(
            [("month", "=", "2026-11-01"), ("employee_id", "in", chosen)]
        )
        self.assertEqual(len(statements), 3)

    def test_contract_begins_in_mid_month(self):
        """From the 16th: 15 of 30 days of 500."""
        self.employee.version_id.contract_date_start = "2026-11-16"
        statement = self._make()
        self.assertEqual(statement.part_ids.mapped("days"), [15])
        self.assertEqual(statement.total, 250)

    def test_unknown_start_is_told_and_written_down(self):
        """A whole month with a notice; then from the 16th: 15 of 30 days of 500."""
        statement = self._make()
        self.assertRecordValues(statement, [{"is_start_unknown": True, "total": 500}])
        action = statement.with_user(self.head).action_open_terms()
        terms = self.env["smarthome.salary.terms"].with_user(self.head)
        with Form(terms.with_context(**action["context"])) as form:
            form.date_from = "2026-11-01"
            form.date_started = "2026-11-16"
        form.save().action_apply()
        statement.with_user(self.head).action_count()
        self.assertRecordValues(statement, [{"is_start_unknown": False, "total": 250}])
        with self.assertRaises(AccessError):
            statement.with_user(self.accountant).action_open_terms()

    def test_raise_in_mid_month(self):
        """500 up to the 10th, 800 from the 11th: 166.67 + 533.33."""
        wizard = self.env["smarthome.salary.terms"].with_user(self.head)
        public = self.env["hr.employee.public"].browse(self.employee.id)
        action = public.with_user(self.head).action_smarthome_change_terms()
        self.employee.create_version({"date_version": "2026-12-15", "job_title": "Senior"})
        with Form(wizard.with_context(**action["context"])) as form:
            self.assertEqual(form.fixed_after, 500)
            form.date_from = "2026-11-11"
            form.fixed_after = 800
        form.save().action_apply()
        self.assertEqual(self._make().part_ids.mapped("amount"), [166.67, 533.33])
        self.assertEqual(self._make("2026-10-01").total, 500)
        self.assertEqual(self._make("2026-12-01").total, 800, "a new job is no other salary")
        public.invalidate_recordset()
        self.assertEqual(public.with_user(self.accountant).smarthome_fixed_after, 800)

    def test_archived_version_does_not_count(self):
        """The wizard looks for people who left, not for contracts that were set aside."""
        version = self.employee.create_version({"date_version": "2026-11-16"})
        version.write({"smarthome_fixed_after": 5000, "active": False})
        self.env.flush_all()
        self.env.invalidate_all()
        wizard = self.env["smarthome.salary.month"].with_user(self.head)
        action = wizard.create({"month": "2026-11"}).action_make()
        statements = self.env["smarthome.salary.statement"].search(action["domain"])
        ours = statements.filtered(lambda one: one.employee_id == self.employee)
        self.assertEqual(ours.total, 500)

    def test_bonus_of_another_company(self):
        """Who left and waits for a bonus of another company has no statement in this one."""
        entry = self._earn(80)
        self.employee.departure_date = "2026-10-31"
        entry.object_id.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self._make())

    def test_worked_time(self):
        """Half of the expected hours, half of the fixed part; more than expected is not paid."""
        times = {"2026-11-01": (160, 80), "2026-12-01": (160, 200)}

        def _get_times(employees, first, last):
            return dict.fromkeys(employees, times[str(first)])

        self.patch(self.env.registry["hr.employee"], "_smarthome_get_worked_times", _get_times)
        self._earn(10)
        self.assertRecordValues(
            self._make(), [{"fixed_amount": 250, "total": 260, "worked_hours": 80}]
        )
        times["2026-11-01"] = (160, 120)
        self.assertEqual(self._make().fixed_amount, 375, "counted anew")
        self.assertEqual(self._make("2026-12-01").fixed_amount, 500)

    # === ONE STATEMENT FOR EACH ENTRY === #

    def test_entry_stands_in_one_statement(self):
        entry = self._earn(10)
        first = self._make()
        later = self._make("2026-12-01")
        self.assertEqual((first.bonus_ids, later.bonus_amount), (entry, 0))
        first.with_user(self.head).unlink()
        self.assertFalse(entry.salary_statement_id, "a deleted draft frees its bonuses")
        later.with_user(self.accountant).action_count()
        self.assertEqual(later.bonus_ids, entry)
        self.assertEqual(later.total, 510)

    def test_second_statement_is_refused_by_the_base(self):
        statement = self._make()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            statement.copy({"month": "2026-11-01", "employee_id": self.employee.id})

    # === ORDER OF MONTHS === #

    def test_months_are_confirmed_in_order(self):
        first, second = self._make(), self._make("2026-12-01")
        with self.assertRaisesRegex(UserError, "Earlier months come first"):
            self._confirm(second)
        self._confirm(first | second)
        self.assertEqual(set((first | second).mapped("state")), {"confirmed"})

    def test_carried_over_is_read_anew(self):
        """20 - 50 leaves -30 for December; a bonus of 25 in November leaves -5."""
        self._earn(20)
        self._earn(-50)
        first, second = self._make(), self._make("2026-12-01")
        self.assertEqual(second.carried_in, -30)
        self._earn(25, "2026-11-25")
        first.action_count()
        self.assertEqual((first.carried_out, second.carried_in), (-5, -5))
        first.unlink()
        self.assertEqual(second.carried_in, 0)
        second.action_count()
        self.assertRecordValues(second, [{"bonus_amount": -5, "carried_out": -5, "total": 500}])

    def test_reset_is_refused_where_the_rest_was_taken(self):
        self._earn(-30)
        first, second = self._make(), self._make("2026-12-01")
        self._confirm(first | second)
        self.assertEqual(second.carried_in, -30)
        with self.assertRaisesRegex(UserError, "December 2026 took over"):
            first.with_user(self.head).action_reset()
        (first | second).with_user(self.head).action_reset()
        self.assertEqual(set((first | second).mapped("state")), {"draft"})

    def test_reset_where_nothing_was_taken(self):
        """What the reset month then leaves goes to the next draft."""
        first, second = self._make(), self._make("2026-12-01")
        self._confirm(first | second)
        first.with_user(self.head).action_reset()
        self._earn(-30)
        first.with_user(self.head).action_count()
        self._confirm(first)
        self.assertEqual((first.carried_out, second.carried_in), (-30, 0))
        self.assertEqual(self._make("2027-01-01").carried_in, -30)

    def test_forgotten_month(self):
        """October, made after November took what September left, takes nothing twice."""
        self._earn(-30, "2026-09-20")
        september, november = self._make("2026-09-01"), self._make()
        self._confirm(september | november)
        self.assertEqual(november.carried_in, -30)
        october = self._make("2026-10-01")
        self.assertEqual(october.carried_in, 0)
        self.assertEqual(self._make("2026-12-01").carried_in, -30)

    # === WHO === #

    def test_nobody_confirms_his_own(self):
        head = self._create_employee("Head", user_id=self.head.id)
        own, other = self._make(employees=head), self._make()
        with self.assertRaisesRegex(AccessError, "Nobody confirms his own"):
            self._confirm(own)
        answer = self._confirm(own | other)
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual((own.state, other.state), ("draft", "confirmed"))
        second = self._create_user("second_head", "head")
        own.with_user(second).action_confirm()
        self.assertEqual(own.state, "confirmed")

    def test_nobody_sets_his_own_terms(self):
        head = self._create_employee("Head", user_id=self.head.id)
        terms = self.env["smarthome.salary.terms"].with_user(self.head)
        wizard = terms.create({"employee_id": head.id, "fixed_after": 5000})
        with self.assertRaisesRegex(AccessError, "his own salary"):
            wizard.action_apply()

    # === CURRENCIES === #

    def test_currency_of_payment(self):
        """The terms of the employee, else the settings, else the company's."""
        roubles = self._bring_in_roubles(("2026-11-01", 3.0))
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.assertEqual(self._make().payment_currency_id, self.env.company.currency_id)
        self.env.company.smarthome_salary_payment_currency_id = roubles
        self.assertEqual(self._make("2026-12-01").payment_currency_id, roubles)
        self.employee.version_id.smarthome_payment_currency_id = euro
        self.assertEqual(self._make("2027-01-01").payment_currency_id, euro)

    def test_missing_rate_is_named(self):
        statement = self._make()
        statement.payment_currency_id = self._bring_in_roubles()
        with self.assertRaisesRegex(UserError, "no rate of BYN"):
            self._confirm(statement)
        self._bring_in_roubles(("2026-12-31", 3.333))
        self._confirm(statement)
        self.assertEqual(statement.payment_amount, 1666.5)

    def test_bonus_in_the_currency_of_the_company(self):
        """Company in BYN at 3: an entry of 30 BYN is 10 USD; at 2.5 on confirmation 12 USD."""
        roubles = self._bring_in_roubles(("2026-01-01", 1.0))
        self.env.company.currency_id = roubles
        dollars = self.env.ref("base.USD")
        dollars.rate_ids.unlink()
        rates = (("2026-11-01", 1 / 3), ("2027-01-05", 1 / 2.5), ("2027-01-20", 1.0))
        self.env["res.currency.rate"].create(
            [{"currency_id": dollars.id, "name": day, "rate": rate} for day, rate in rates]
        )
        self._earn(30)
        with freeze_time("2026-12-01 09:00:00"):
            statement = self._make()
            self.assertEqual(statement.bonus_amount, 10)
        self._confirm(statement)
        self.assertRecordValues(
            statement, [{"bonus_amount": 12, "total": 512, "payment_amount": 1280}]
        )
        with freeze_time("2027-01-25 09:00:00"):
            statement.with_user(self.accountant).action_pay()
        self.assertEqual((statement.bonus_amount, statement.payment_amount), (12, 1280))

    def test_missing_rate_of_a_former_salary(self):
        """Up to the 15th the salary was in BYN, which have no rate: not one to one."""
        self.employee.version_id.smarthome_salary_currency_id = self._bring_in_roubles()
        later = self.employee.create_version({"date_version": "2026-11-16"})
        later.smarthome_salary_currency_id = self.env.ref("base.USD")
        statement = self._make()
        self.assertEqual(statement.currency_id, self.env.ref("base.USD"))
        with self.assertRaisesRegex(UserError, "no rate of BYN"):
            self._confirm(statement)

    def test_rate_below_one(self):
        """5 000 000 at 95 to the dollar is 52 631.58, before and after confirmation."""
        roubles = self._bring_in_roubles(("2026-11-01", 95.0))
        self.employee.version_id.write(
            {"smarthome_salary_currency_id": roubles.id, "smarthome_fixed_after": 5000000}
        )
        statement = self._make()
        self.assertEqual(statement.payment_amount, 52631.58)
        self._confirm(statement)
        self.assertEqual(statement.payment_amount, 52631.58)

    def test_form(self):
        """An accountant chooses the currency of payment of a draft, and nothing else."""
        roubles = self._bring_in_roubles(("2026-11-01", 3.0))
        statement = self._make()
        with Form(statement.with_user(self.accountant)) as form:
            form.payment_currency_id = roubles
            for name in ("total", "fixed_amount", "carried_in", "state"):
                with self.subTest(field=name), self.assertRaises(AssertionError):
                    setattr(form, name, 5)
        self.assertEqual(statement.payment_amount, 1500)
        self._confirm(statement)
        with self.assertRaisesRegex(UserError, "a head resets it first"):
            statement.with_user(self.accountant).payment_currency_id = self.env.company.currency_id
        self.assertEqual(statement.display_name, "Ivan, November 2026")
        self.assertEqual(statement.month, Date.to_date("2026-11-01"))
