from odoo import SUPERUSER_ID, api, fields, models

from .hr_version import SALARY_GROUPS


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    smarthome_salary_currency_id = fields.Many2one(
        related="version_id.smarthome_salary_currency_id",
        readonly=False,
        inherited=True,
        groups=SALARY_GROUPS,
    )
    smarthome_fixed_probation = fields.Monetary(
        related="version_id.smarthome_fixed_probation",
        currency_field="smarthome_salary_currency_id",
        readonly=False,
        inherited=True,
        groups=SALARY_GROUPS,
    )
    smarthome_fixed_after = fields.Monetary(
        related="version_id.smarthome_fixed_after",
        currency_field="smarthome_salary_currency_id",
        readonly=False,
        inherited=True,
        groups=SALARY_GROUPS,
    )
    smarthome_payment_currency_id = fields.Many2one(
        related="version_id.smarthome_payment_currency_id",
        readonly=False,
        inherited=True,
        groups=SALARY_GROUPS,
    )

    def _smarthome_get_fixed_parts(self, first, last):
        """Parts of a month with the same fixed part, in the order of days.

        Days before the contract begins, after it ends or after the departure do not count.

        :param first: date, first day of the month
        :param last: date, last day of the month
        :return: list of dicts: ``is_probation``, ``fixed``, ``currency``, ``days``
        """
        self.ensure_one()
        parts = []
        for day, version in self._smarthome_walk_days(first, last):
            if not version._smarthome_is_employed(day):
                continue
            on_probation, fixed = version._smarthome_get_fixed(day)
            currency = version.smarthome_salary_currency_id
            terms = {"is_probation": on_probation, "fixed": fixed, "currency": currency}
            if not parts or any(parts[-1][name] != value for name, value in terms.items()):
                parts.append({**terms, "days": 0})
            parts[-1]["days"] += 1
        return parts

    def _smarthome_walk_days(self, first, last):
        """Days of a period, each with the version that holds on it."""
        versions = list(self.version_ids.sorted("date_version"))
        current = versions.pop(0)
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = first.fromordinal(ordinal)
            while versions and versions[0].date_version <= day:
                current = versions.pop(0)
            yield day, current

    def _smarthome_get_worked_times(self, first, last):
        """Expected and worked hours of a month; ``smarthome_attendance`` tells them.

        :return: dict: employee -> pair (expected, worked); who is missing worked in full
        """
        return {}

    def _smarthome_set_terms(self, date, values):
        """Let terms of the salary hold from a day on, up to the next change of them.

        :param date: date from which they hold
        :param dict values: of ``SALARY_TERMS``
        """
        self.ensure_one()
        former = self._get_version(date)
        replaced = former._smarthome_get_terms()
        followers = self.version_ids.filtered(lambda version: version.date_version > date)
        # Odoo writes a new version by the user's own rights, and heads have none there
        version = self.with_user(SUPERUSER_ID).create_version({"date_version": date})
        self.version_ids.browse(version.id).write(values)
        for follower in followers.sorted("date_version"):
            if follower._smarthome_get_terms() not in (replaced, {**replaced, **values}):
                break
            follower.write(values)

    def _smarthome_set_start(self, date):
        """Write down the first day of work where it is unknown; later ones are for HR to change.

        :param date: may be empty
        """
        self.ensure_one()
        if date and not any(self.version_ids.mapped("contract_date_start")):
            self.version_ids.write({"contract_date_start": date})


class HrEmployeePublic(models.Model):
    """Terms of the salary for heads and accountants, who read nothing else of an employee."""

    _inherit = "hr.employee.public"

    smarthome_trial_date_end = fields.Date(
        string="On Probation until",
        compute="_compute_smarthome_terms",
        groups=SALARY_GROUPS,
    )
    smarthome_salary_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Salary",
        compute="_compute_smarthome_terms",
        groups=SALARY_GROUPS,
    )
    smarthome_fixed_probation = fields.Monetary(
        string="Fixed Part on Probation",
        currency_field="smarthome_salary_currency_id",
        compute="_compute_smarthome_terms",
        groups=SALARY_GROUPS,
    )
    smarthome_fixed_after = fields.Monetary(
        string="Fixed Part after Probation",
        currency_field="smarthome_salary_currency_id",
        compute="_compute_smarthome_terms",
        groups=SALARY_GROUPS,
    )
    smarthome_payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Salary is Paid in",
        compute="_compute_smarthome_terms",
        groups=SALARY_GROUPS,
    )

    @api.depends("employee_id")
    def _compute_smarthome_terms(self):
        for employee in self:
            version = employee.employee_id.sudo().current_version_id
            employee.smarthome_trial_date_end = version.trial_date_end
            employee.smarthome_salary_currency_id = version.smarthome_salary_currency_id
            employee.smarthome_fixed_probation = version.smarthome_fixed_probation
            employee.smarthome_fixed_after = version.smarthome_fixed_after
            employee.smarthome_payment_currency_id = version.smarthome_payment_currency_id

    def action_smarthome_change_terms(self):
        """Ask a head for other terms of the salary, and from when on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Terms of the Salary"),
            "res_model": "smarthome.salary.terms",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_employee_id": self.id},
        }
