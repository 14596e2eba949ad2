from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, models

from ..tools import salary


class SmarthomeSalaryStatement(models.Model):
    """How a month's statements are made: for all employees in one go, and again."""

    _inherit = "smarthome.salary.statement"

    @api.model
    def _make_month(self, month, employees):
        """Make or count anew the statements of a month; confirmed ones stay as they are.

        Whoever has neither a day of work nor a bonus to be paid in that month gets none.

        :param month: a date in the month
        :param employees: hr.employee
        :return: the statements of the month, in sudo
        """
        first = month.replace(day=1)
        # archived versions of a contract hold on no day
        employees = employees.sudo().with_context(active_test=True)
        self._lock_employees(employees)
        quiet = self.sudo().with_context(tracking_disable=True)
        found = quiet.search([("month", "=", first), ("employee_id", "in", employees.ids)])
        drafts = found.filtered(lambda statement: statement.state == "draft")
        parts = self._get_parts(first, employees - (found - drafts).employee_id)
        due = quiet._get_due_entries(parts, first) | drafts.bonus_ids
        owners = {(entry.user_id, entry.company_id) for entry in due}
        values = self._prepare_month(first, parts)
        made = quiet.create(
            [
                values[employee]
                for employee in parts
                if employee not in drafts.employee_id
                and (parts[employee] or (employee.user_id, employee.company_id) in owners)
            ]
        )
        drafts._count_anew(values)
        (drafts | made)._replace_parts(parts)
        (drafts | made)._take_bonuses(due)
        self._refresh_carried(employees, first)
        return (found | made).with_env(self.sudo().env)

    def _lock_employees(self, employees):
        """Let whoever makes statements of the same employees at this moment wait."""
        employees.flush_recordset()
        self.env.cr.execute(
            "UPDATE hr_employee SET id = id WHERE id IN %s", [tuple(employees.ids) or (0,)]
        )

    @api.model
    def _get_parts(self, first, employees):
        """Days of a month with the same fixed part.

        :return: dict: hr.employee -> list of dicts
        """
        last = first + relativedelta(months=1, days=-1)
        return {
            employee: employee._smarthome_get_fixed_parts(first, last) for employee in employees
        }

    def _prepare_month(self, first, parts):
        """Values of the statements of a month by employee, without the parts themselves.

        :param first: date, first day of the month
        :param parts: of ``_get_parts``
        :return: dict: hr.employee -> values
        """
        employees = self.env["hr.employee"].sudo().union(*parts)
        last = first + relativedelta(months=1, days=-1)
        times = employees._smarthome_get_worked_times(first, last)
        return {
            employee: self._prepare_statement(employee, first, times.get(employee))
            for employee in parts
        }

    def _prepare_statement(self, employee, first, times):
        """Values of one statement.

        :param times: pair of expected and worked hours, or None for a full month
        """
        expected, worked = times or (0.0, 0.0)
        version = employee._get_version(first + relativedelta(months=1, days=-1))
        company = employee.company_id
        payment = (
            version.smarthome_payment_currency_id
            or company.smarthome_salary_payment_currency_id
            or company.currency_id
        )
        return {
            "employee_id": employee.id,
            "month": first,
            "currency_id": (version.smarthome_salary_currency_id or company.currency_id).id,
            "payment_currency_id": payment.id,
            "is_start_unknown": not version.contract_date_start,
            "expected_hours": expected,
            "worked_hours": worked,
        }

    def _count_anew(self, values):
        """Give drafts what employees and hours are today; the currency of payment stays.

        :param values: of ``_prepare_month``
        """
        for statement in self:
            for name in ("currency_id", "is_start_unknown", "expected_hours", "worked_hours"):
                statement[name] = values[statement.employee_id][name]

    def _replace_parts(self, parts):
        """Write the fixed parts of statements anew, all of them in one go.

        :param parts: of ``_get_parts``
        """
        self.part_ids.unlink()
        rows = []
        for statement in self:
            rows += statement._prepare_parts(parts[statement.employee_id])
        self.env["smarthome.salary.part"].sudo().create(rows)

    def _prepare_parts(self, parts):
        """Values of the fixed parts, by calendar day and in proportion to the worked time."""
        self.ensure_one()
        last, currency = self._get_last_day(), self.currency_id
        fixed = [
            part["currency"]._convert(part["fixed"], currency, self.company_id, last)
            if part["currency"]
            else part["fixed"]
            for part in parts
        ]
        amounts = salary.prorate(
            [(part["days"], amount) for part, amount in zip(parts, fixed, strict=True)],
            last.day,
            currency.rounding,
            salary.get_worked_share(self.expected_hours, self.worked_hours),
        )
        return [
            {
                "statement_id": self.id,
                "sequence": position,
                "is_probation": part["is_probation"],
                "days": part["days"],
                "fixed": fixed[position],
                "amount": amounts[position],
            }
            for position, part in enumerate(parts)
        ]

    # === BONUSES === #

    @api.model
    def _get_due_entries(self, parts, first):
        """Entries approved by the end of a month and in no statement yet.

        :param parts: dict of which the employees are the keys
        """
        employees = self.env["hr.employee"].sudo().union(*parts)
        return (
            self.env["smarthome.bonus"]
            .sudo()
            .search(
                [
                    ("user_id", "in", employees.user_id.ids),
                    ("state", "=", "approved"),
                    ("salary_statement_id", "=", False),
                    ("date_approved", "<", first + relativedelta(months=1)),
                ]
            )
        )

    def _take_bonuses(self, entries):
        """Put entries into the drafts of their managers and companies, each into one.

        :param entries: of ``_get_due_entries``
        """
        free = entries.filtered(lambda entry: not entry.salary_statement_id)
        by_owner = free.grouped(lambda entry: (entry.user_id, entry.company_id))
        for statement in self.filtered("user_id"):
            mine = by_owner.pop((statement.user_id, statement.company_id), None)
            if mine:
                mine.salary_statement_id = statement

    # === WHAT IS CARRIED OVER === #

    @api.model
    def _get_carried(self, first, employees):
        """What earlier months left and no other statement took.

        A month that is made after a later one was settled finds what that one took gone.

        :return: dict: hr.employee -> list of (currency, amount)
        """
        ours = [("employee_id", "in", employees.ids)]
        groupby, taken = ["employee_id", "currency_id"], "carried_in:sum"
        former = self.sudo()._read_group(
            [*ours, ("month", "<", first)], groupby, ["carried_out:sum", taken]
        )
        later = self.sudo()._read_group(
            [*ours, ("month", ">", first), ("state", "!=", "draft")], groupby, [taken]
        )
        amounts = defaultdict(list)
        for employee, currency, left, took in former:
            amounts[employee].append((currency, left - took))
        for employee, currency, took in later:
            amounts[employee].append((currency, -took))
        return amounts

    def _read_carried(self):
        """Take over what earlier months left, where that has changed; all of one month."""
        amounts = self._get_carried(self[:1].month, self.employee_id)
        for statement in self.sudo():
            currency = statement.currency_id
            carried = sum(
                other._convert(amount, currency, statement.company_id, statement.month)
                for other, amount in amounts.get(statement.employee_id, ())
            )
            carried = min(currency.round(carried), 0.0)
            if currency.compare_amounts(statement.carried_in, carried):
                statement.carried_in = carried

    @api.model
    def _refresh_carried(self, employees, first):
        """Let drafts from a month on take over anew what the months before left.

        :param employees: hr.employee
        :param first: date, first day of the month
        """
        drafts = (
            self.sudo()
            .with_context(tracking_disable=True)
            .search(
                [
                    ("employee_id", "in", employees.ids),
                    ("month", ">=", first),
                    ("state", "=", "draft"),
                ]
            )
        )
        for _month, statements in sorted(drafts.grouped("month").items()):
            statements._read_carried()
