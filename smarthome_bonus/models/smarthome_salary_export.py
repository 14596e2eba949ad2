from odoo import models
from odoo.exceptions import UserError

from ..tools.salary_workbook import Month, Row, build_workbook


class SmarthomeSalaryStatement(models.Model):
    """Statements as a workbook, a sheet for each month."""

    _inherit = "smarthome.salary.statement"

    def action_export_xlsx(self):
        """Download the chosen statements, or all of the newest month, as an Excel file.

        :raise AccessError: neither a head nor an accountant
        """
        self._check_role("head", "accountant")
        statements = self or self._get_newest_month()
        if not statements:
            raise UserError(self.env._("There is no statement yet: make a month first."))
        ids = ",".join(map(str, statements.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/smarthome/salary/xlsx?ids={ids}",
            "target": "download",
        }

    def _get_newest_month(self):
        newest = self.search([], order="month desc", limit=1)
        return self.search([("month", "=", newest.month)]) if newest else newest

    def _get_xlsx(self):
        """The workbook of statements.

        :return: pair (file name, bytes)
        """
        self._check_role("head", "accountant")
        months = [
            Month(self._get_month_name(month), [one._prepare_xlsx_row() for one in statements])
            for month, statements in sorted(self.grouped("month").items(), reverse=True)
        ]
        names = ", ".join(month.name for month in months[:3])
        content = build_workbook(months, self._get_xlsx_labels())
        return self.env._("Salaries %(months)s.xlsx", months=names), content

    def _prepare_xlsx_row(self):
        """What the workbook tells of a statement."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return Row(
            employee=self.employee_name,
            fixed=self.fixed_amount,
            bonus=self.bonus_amount,
            carried_in=self.carried_in,
            carried_out=self.carried_out,
            total=self.total,
            currency=self.currency_id.name,
            payment=self.payment_amount,
            payment_currency=self.payment_currency_id.name,
            state=states[self.state],
        )

    def _get_xlsx_labels(self):
        """Heads of the columns, in the order of ``Row``, and the word for the totals."""
        return {
            "employee": self.env._("Employee"),
            "fixed": self.env._("Fixed Part"),
            "bonus": self.env._("Bonuses and Corrections"),
            "carried_in": self.env._("Carried from the Month before"),
            "carried_out": self.env._("Carried to the Next Month"),
            "total": self.env._("Total"),
            "currency": self.env._("Currency"),
            "payment": self.env._("To Pay"),
            "payment_currency": self.env._("Paid in"),
            "state": self.env._("State"),
            "sum": self.env._("Total, %s"),
        }
