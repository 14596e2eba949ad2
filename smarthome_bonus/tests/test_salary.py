import doctest

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from ..tools import salary, salary_workbook
from .salary_common import SalaryCommon


@tagged("post_install", "-at_install")
class TestSalary(SalaryCommon):
    """November 2026 has 30 days; the fixed part is 700 on probation, 500 after it."""

    def test_doctests(self):
        for module in (salary, salary_workbook):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 5)
            self.assertFalse(result.failed)

    def test_after_probation(self):
        self._earn(61.73)
        self.assertRecordValues(
            self._make(), [{"fixed_amount": 500, "bonus_amount": 61.73, "total": 561.73}]
        )

    def test_probation_ends_in_mid_month(self):
        """14 days of 700 and 16 of 500: 326.67 + 266.67 = 593.34."""
        self.employee.version_id.trial_date_end = "2026-11-14"
        statement = self._make()
        self.assertEqual(statement.part_ids.mapped("amount"), [326.67, 266.67])
        self.assertEqual(statement.part_ids.mapped("days"), [14, 16])
        self.assertEqual(statement.total, 593.34)

    def test_made_again_without_doubling(self):
        statement = self._make()
        self._earn(10)
        self.assertEqual(self._make(), statement)
        self.assertEqual(statement.total, 510)
        self.assertEqual(len(statement.part_ids), 1)

    def test_confirmed_stays(self):
        statement = self._make()
        statement.with_user(self.head).action_confirm()
        entry = self._earn(10)
        self._make()
        self.assertEqual(statement.total, 500)
        later = self._make(Date.to_date("2026-12-01"))
        self.assertEqual(later.bonus_ids, entry)

    def test_approved_after_the_month_waits(self):
        entry = self._earn(10, "2026-12-01")
        self.assertFalse(self._make().bonus_ids)
        self.assertEqual(self._make(Date.to_date("2026-12-05")).bonus_ids, entry)

    def test_negative_corrections_are_carried_over(self):
        """20 - 50 = -30: nothing of the bonus, the fixed part whole; then 100 - 30 = 70."""
        self._earn(20)
        self._earn(-50)
        first = self._make()
        self.assertRecordValues(first, [{"total": 500, "carried_out": -30}])
        self._earn(100, "2026-12-20")
        self.assertRecordValues(
            self._make(Date.to_date("2026-12-01")),
            [{"carried_in": -30, "total": 570, "carried_out": 0}],
        )

    def test_paid_in_another_currency(self):
        """510 USD at 3.2 on the day of confirmation: 1632; the rate of later days is not asked."""
        roubles = self.env.ref("base.BYN")
        roubles.active = True
        for day, rate in (("2026-11-01", 3.0), ("2026-11-30", 3.2), ("2026-12-10", 9.0)):
            self.env["res.currency.rate"].create(
                {"currency_id": roubles.id, "name": day, "rate": rate}
            )
        self._earn(10)
        statement = self._make()
        statement.payment_currency_id = roubles
        with freeze_time("2026-11-30 09:00:00"):
            statement.with_user(self.head).action_confirm()
        with freeze_time("2026-12-15 09:00:00"):
            statement.invalidate_recordset()
            statement.with_user(self.accountant).action_pay()
        self.assertRecordValues(
            statement,
            [{"payment_amount": 1632, "total": 510, "payment_rate": 3.2, "state": "paid"}],
        )

    def test_payment_marks_the_bonus(self):
        entry = self._earn(10)
        statement = self._make()
        statement.with_user(self.head).action_confirm()
        self.assertEqual(entry.state, "approved")
        statement.with_user(self.accountant).action_pay()
        self.assertEqual(entry.state, "paid")
        with self.assertRaises(UserError):
            statement.unlink()

    def test_access(self):
        statement = self._make()
        self.env.flush_all()
        with self.assertRaises(AccessError):
            statement.with_user(self.manager).read(["total"])
        with self.assertRaises(AccessError):
            statement.with_user(self.accountant).action_confirm()
        statement.with_user(self.head).action_confirm()
        self.env.flush_all()
        self.assertEqual(statement.with_user(self.manager).total, 500)
        with self.assertRaises(AccessError):
            statement.with_user(self.manager).action_pay()
        for user in (self.other_manager, self.engineer, self.secretary, self.storekeeper):
            for record in (statement, statement.part_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
