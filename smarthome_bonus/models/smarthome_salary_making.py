from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Command

from ..tools import salary


class SmarthomeSalaryStatement(models.Model):
    """How a month's statements are made: for all employees in one go, and again."""

    _inherit = "smarthome.salary.statement"

    @api.model
    def _make_month(self, month, employees):
        """Make or count anew the statements of a month; confirmed ones stay as they are.

        :param month: a date in the month
        :param employees: hr.employee
        :return: the statements of the month, in sudo
        """
        first = month.replace(day=1)
        domain = [("month", "=", first), ("employee_id", "in", employees.ids)]
        found = self.sudo().search(domain)
        statements = {statement.employee_id.id: statement for statement in found}
        settled = found.filtered(lambda statement: statement.state != "draft").employee_id
        todo = employees.sudo() - settled
        values = self._prepare_month(first, todo)
        made = self.sudo().create(
            [vals for employee, vals in values.items() if employee.id not in statements]
        )
        for employee in todo.filtered(lambda employee: employee.id in statements):
            statements[employee.id].write(values[employee])
        drafts = (found | made).filtered(lambda statement: statement.state == "draft")
        drafts._take_bonuses()
        return found | made

    def _prepare_month(self, first, employees):
        """Values of the statements of a month by employee.

        :param first: date, first day of the month
        :return: dict: hr.employee -> values
        """
        last = first + relativedelta(months=1, days=-1)
        times = employees._smarthome_get_worked_times(first, last)
        carried = self._get_carried(first, employees)
        return {
            employee: {
                **self._prepare_statement(employee, first, last, times.get(employee)),
                "carried_in": carried.get(employee.id, 0.0),
            }
            for employee in employees
        }

    def _prepare_statement(self, employee, first, last, times):
        """Values of one statement, without what the month before left.

        :param times: pair of expected and worked hours, or None for a full month
        """
        expected, worked = times or (0.0, 0.0)
        version = employee._get_version(last)
        currency = version.smarthome_salary_currency_id or employee.company_id.currency_id
        parts = employee._smarthome_get_fixed_parts(first, last)
        amounts = salary.prorate(
            [(part["days"], part["fixed"]) for part in parts],
            last.day,
            currency.rounding,
            salary.get_worked_share(expected, worked),
        )
        rows = [
            Command.create({**part, "amount": amount, "sequence": position})
            for position, (part, amount) in enumerate(zip(parts, amounts, strict=True), 1)
        ]
        return {
            "employee_id": employee.id,
            "month": first,
            "currency_id": currency.id,
            "payment_currency_id": employee.company_id.currency_id.id,
            "expected_hours": expected,
            "worked_hours": worked,
            "part_ids": [Command.clear(), *rows],
        }

    def _get_carried(self, first, employees):
        """What the statement before left to carry over.

        :return: dict: id of the employee -> amount, zero or below
        """
        former = self.sudo().search(
            [("employee_id", "in", employees.ids), ("month", "<", first)], order="month"
        )
        return {statement.employee_id.id: statement.carried_out for statement in former}

    def _take_bonuses(self):
        """Put into drafts what was approved by the end of their month and is in none yet."""
        users = self.user_id
        entries = self.env["smarthome.bonus"].search(
            [
                ("user_id", "in", users.ids),
                ("state", "=", "approved"),
                ("salary_statement_id", "=", False),
            ]
        )
        by_user = entries.grouped("user_id")
        for statement in self.filtered("user_id"):
            last, company = statement._get_last_day(), statement.company_id
            mine = by_user.get(statement.user_id, entries.browse())
            mine = mine.filtered(
                lambda entry, last=last, company=company: (
                    entry.date_approved <= last and entry.company_id == company
                )
            )
            mine.write({"salary_statement_id": statement.id})
