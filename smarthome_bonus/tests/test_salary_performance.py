from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .salary_common import SalaryCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-12-05 09:00:00")
class TestSalaryPerformance(SalaryCommon):
    """A month asks the database the same for twenty employees as for five."""

    def _create_crew(self, count):
        users = self.env["res.users"].create(
            [{"name": f"U {n}", "login": f"crew_{count}_{n}"} for n in range(count)]
        )
        crew = self.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "date_version": "2026-01-01"}
                for user in users
            ]
        )
        for position, employee in enumerate(crew):
            entry = self._earn(10 + position)
            entry.user_id = employee.user_id
        return crew

    def _count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _measure(self, crew):
        statements = self.env["smarthome.salary.statement"]
        month = Date.to_date("2026-11-01")
        made = []
        counts = [
            self._count(lambda: made.append(statements._make_month(month, crew))),
            self._count(lambda: statements._make_month(month, crew)),
            self._count(lambda: made[0].with_user(self.head).action_confirm()),
            self._count(lambda: made[0].with_user(self.head)._get_xlsx()),
            self._count(lambda: made[0].with_user(self.accountant).action_pay()),
        ]
        self.assertEqual(set(made[0].mapped("state")), {"paid"})
        return counts

    def test_flat(self):
        self._measure(self._create_crew(2))
        few, many = self._measure(self._create_crew(5)), self._measure(self._create_crew(20))
        for what, small, large in zip(
            ("making", "again", "confirming", "Excel", "paying"), few, many, strict=True
        ):
            self.assertLessEqual(large, small + 3, f"{what}: {small} for 5, {large} for 20")
