from odoo import api, models

REPORT = "smarthome_bonus.report_smarthome_salary"


class SmarthomeSalaryStatement(models.Model):
    _inherit = "smarthome.salary.statement"

    def action_print(self):
        """Print the statements; an employee his own, once confirmed."""
        self.check_access("read")
        return self.env.ref("smarthome_bonus.smarthome_salary_report").report_action(self)

    def _get_print_name(self):
        self.ensure_one()
        return f"{self.employee_name} {self.month:%Y-%m}"


class ReportSmarthomeSalary(models.AbstractModel):
    """A statement on paper: what it is made of, down to the object of each bonus."""

    _name = f"report.{REPORT}"
    _description = "Salary Statement on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the reader whatever way he came, by button, RPC or address.

        :raise AccessError: it is neither his own nor does he settle salaries
        """
        statements = self.env["smarthome.salary.statement"].browse(docids).exists()
        statements.check_access("read")
        statements = statements.sudo()
        return {
            "doc_ids": statements.ids,
            "doc_model": statements._name,
            "docs": statements,
            "get_entries": self._get_entries,
        }

    @api.model
    def _get_entries(self, statement):
        """Bonus entries in the currency of the salary, oldest first.

        :return: list of (entry, amount)
        """
        entries = statement.bonus_ids.sorted(lambda entry: (entry.date, entry.id))
        return list(zip(entries, statement._get_entry_amounts(entries), strict=True))
