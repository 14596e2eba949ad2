"""Two people at one month's salaries at the same moment: one outcome, nothing doubled."""

from together import Together

from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

MONTH = "2026-11-01"


@tagged("post_install", "-at_install")
class TestSalarySameMoment(Together):
    """Five employees with 500 each."""

    name = "Together at salaries"
    roles = {"salary_head": "head", "salary_second": "head", "salary_accountant": "accountant"}

    def setUp(self):
        super().setUp()
        self.head, self.second, self.accountant = self._run(self._make_people)
        self.employees = self._run(self._make_employees)

    # === Committed records === #

    def _make_employees(self, env):
        values = [{"name": f"{self.name} {n}", "date_version": "2026-01-01"} for n in range(5)]
        return env["hr.employee"].create(values).ids

    def _statements(self, env):
        return env["smarthome.salary.statement"].search([("employee_id", "in", self.employees)])

    # === What they press === #

    def _make(self, env):
        employees = env["hr.employee"].sudo().browse(self.employees)
        statements = env["smarthome.salary.statement"]
        return len(statements._make_month(Date.to_date(MONTH), employees))

    def _confirm(self, env):
        return self._statements(env).action_confirm()

    def _pay(self, env):
        return self._statements(env).action_pay()

    def _read(self):
        def read(env):
            statements = self._statements(env)
            return (
                len(statements),
                set(statements.mapped("state")),
                sum(statements.mapped("total")),
                len(statements.part_ids),
            )

        return self._run(read)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_made_once(self):
        tries, told = self._press_together((self.head, self._make), (self.accountant, self._make))
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self.assertEqual(told, {0: 5, 1: 5})
        self.assertEqual(self._read(), (5, {"draft"}, 2500, 5))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_confirmed_by_two(self):
        self._run(self._make)
        tries, told = self._press_together((self.head, self._confirm), (self.second, self._confirm))
        self.assertGreaterEqual(len(tries), 3)
        self.assertEqual(told, {0: True, 1: True})
        self.assertEqual(self._read(), (5, {"confirmed"}, 2500, 5))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_confirmed_then_made_again(self):
        """Whoever counts anew a moment later finds them confirmed and leaves them."""
        self._run(self._make)
        _tries, told = self._press_together(
            (self.head, self._confirm), (self.accountant, self._make), in_turn=True
        )
        self.assertEqual(told, {0: True, 1: 5})
        self.assertEqual(self._read(), (5, {"confirmed"}, 2500, 5))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_paid_by_two(self):
        self._run(self._make)
        self._run(self._confirm)
        _tries, told = self._press_together((self.head, self._pay), (self.accountant, self._pay))
        self.assertEqual(told, {0: True, 1: True})
        self.assertEqual(self._read(), (5, {"paid"}, 2500, 5))
