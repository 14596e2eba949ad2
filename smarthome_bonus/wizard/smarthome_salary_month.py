from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

#: months that are offered, back from the current one
MONTHS = 24
#: up to this day of the month it is the month before that people make salaries of
LAST_DAY_OF_FORMER = 20


class SmarthomeSalaryMonth(models.TransientModel):
    """«Make a Month»: the statements of all employees, or of some, in one go."""

    _name = "smarthome.salary.month"
    _description = "Salaries of a Month"

    month = fields.Selection(
        selection="_get_months",
        required=True,
        default=lambda self: self._get_default_month(),
    )
    employee_ids = fields.Many2many(
        comodel_name="hr.employee.public",
        string="Only for",
        help="All employees if nobody is chosen.",
    )
    new_count = fields.Integer(compute="_compute_counts")
    draft_count = fields.Integer(compute="_compute_counts")
    settled_count = fields.Integer(compute="_compute_counts")

    @api.depends("month", "employee_ids")
    def _compute_counts(self):
        for wizard in self:
            employees, first = wizard._get_employees(), wizard._get_first_day()
            groups = self.env["smarthome.salary.statement"]._read_group(
                [("month", "=", first), ("employee_id", "in", employees.ids)],
                ["state"],
                ["__count"],
            )
            counts = dict(groups)
            wizard.draft_count = counts.pop("draft", 0)
            wizard.settled_count = sum(counts.values())
            wizard.new_count = len(employees) - wizard.draft_count - wizard.settled_count

    @api.model
    def _get_months(self):
        this = fields.Date.context_today(self).replace(day=1)
        months = [this - relativedelta(months=number) for number in range(MONTHS)]
        return [
            (
                month.strftime("%Y-%m"),
                format_date(self.env, month, date_format="LLLL yyyy").capitalize(),
            )
            for month in months
        ]

    @api.model
    def _get_default_month(self):
        today = fields.Date.context_today(self)
        if today.day <= LAST_DAY_OF_FORMER:
            today -= relativedelta(months=1)
        return today.strftime("%Y-%m")

    def action_make(self):
        """Make the month's statements, or count its drafts anew, and show them.

        :raise AccessError: neither a head nor an accountant
        """
        self.ensure_one()
        if not self.env.user._smarthome_has_role("head", "accountant"):
            raise AccessError(self.env._("Salaries are settled by heads and accountants."))
        statements = self.env["smarthome.salary.statement"]
        statements._make_month(self._get_first_day(), self._get_employees())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smarthome_bonus.smarthome_salary_statement_action"
        )
        title = dict(self._get_months()).get(self.month, self.month)
        return {
            **action,
            "display_name": self.env._("Salaries: %(month)s", month=title),
            "domain": [("month", "=", self._get_first_day())],
            "context": {},
            "target": "main",
        }

    def _get_first_day(self):
        return fields.Date.to_date(f"{self.month or self._get_default_month()}-01")

    def _get_employees(self):
        """Employees of the company, those who left in that month or wait for a bonus included."""
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        domain = Domain("company_id", "=", self.env.company.id)
        if self.employee_ids:
            return employees.search(domain & Domain("id", "in", self.employee_ids.ids))
        waiting = (
            self.env["smarthome.bonus"]
            .sudo()
            .search([("state", "=", "approved"), ("salary_statement_id", "=", False)])
        )
        return employees.search(
            domain
            & (
                Domain("active", "=", True)
                | Domain("departure_date", ">=", self._get_first_day())
                | Domain("user_id", "in", waiting.user_id.ids)
            )
        )
