from odoo.exceptions import UserError
from odoo.tests import tagged

from .closing_common import SmarthomeClosingCommon


@tagged("post_install", "-at_install")
class TestRestating(SmarthomeClosingCommon):
    """Late truths of a closed object: 230 - 120 - 18 = 92, then an expense of 10 and its undoing."""

    def _spend(self, amount, user):
        return (
            self.env["smarthome.expense"]
            .with_user(user)
            .create({"object_id": self.object.id, "name": "Lorry", "amount": amount})
        )

    def test_late_expense_makes_a_new_statement(self):
        self._make_ready()
        self.object.action_close()
        former = self.object.statement_ids
        self._spend(10, self.accountant)
        current = self.object.statement_ids.filtered("is_current")
        self.assertRecordValues(current, [{"final_profit": 82, "corrects_id": former.id}])
        self.assertEqual(current.reason, "Expense: Lorry")
        self.assertRecordValues(former, [{"final_profit": 92, "is_current": False}])
        self._spend(-10, self.head)
        statements = self.object.statement_ids.sorted("id")
        self.assertEqual(statements.mapped("final_profit"), [92, 82, 92])

    def test_nothing_new_makes_no_statement(self):
        self._make_ready()
        self.object.action_close()
        self.assertFalse(self.object._restate("Nothing"))
        self.assertEqual(len(self.object.statement_ids), 1)

    def test_open_object_is_not_restated(self):
        self.assertFalse(self.object._restate("Nothing"))

    def test_late_expense_is_not_a_managers(self):
        self._make_ready()
        self.object.action_close()
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self._spend(10, self.manager)
        expense = self._spend(10, self.accountant)
        with self.assertRaisesRegex(UserError, "reopens it first"):
            expense.amount = 5
