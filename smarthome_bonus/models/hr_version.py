from odoo import fields, models

SALARY_GROUPS = (
    "smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant,"
    "hr.group_hr_manager"
)


class HrVersion(models.Model):
    """The fixed part of the salary, dated like everything else of an employee."""

    _inherit = "hr.version"

    smarthome_salary_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Salary",
        default=lambda self: self.env.ref("base.USD", raise_if_not_found=False),
        groups=SALARY_GROUPS,
    )
    smarthome_fixed_probation = fields.Monetary(
        string="Fixed Part on Probation",
        currency_field="smarthome_salary_currency_id",
        default=700.0,
        tracking=True,
        groups=SALARY_GROUPS,
        help="For a whole month, up to the end of the trial period.",
    )
    smarthome_fixed_after = fields.Monetary(
        string="Fixed Part after Probation",
        currency_field="smarthome_salary_currency_id",
        default=500.0,
        tracking=True,
        groups=SALARY_GROUPS,
        help="For a whole month; the bonus comes on top.",
    )

    _smarthome_fixed_positive = models.Constraint(
        "CHECK(smarthome_fixed_probation >= 0 AND smarthome_fixed_after >= 0)",
        "The fixed part of a salary is not below zero.",
    )

    def _smarthome_get_fixed(self, day):
        """Fixed part of a whole month that holds on a day.

        :param day: date
        :return: pair (on probation, amount in the currency of the salary)
        """
        self.ensure_one()
        on_probation = bool(self.trial_date_end and day <= self.trial_date_end)
        amount = self.smarthome_fixed_probation if on_probation else self.smarthome_fixed_after
        return on_probation, amount


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

    def _smarthome_get_fixed_parts(self, first, last):
        """Parts of a month with the same fixed part, in the order of days.

        Days before the contract begins or after it ends do not count.

        :param first: date, first day of the month
        :param last: date, last day of the month
        :return: list of dicts: ``is_probation``, ``fixed``, ``days``
        """
        self.ensure_one()
        parts = []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = first.fromordinal(ordinal)
            version = self._get_version(day)
            begin, end = version.contract_date_start, version.contract_date_end
            if (begin and day < begin) or (end and day > end):
                continue
            on_probation, fixed = version._smarthome_get_fixed(day)
            if not parts or (parts[-1]["is_probation"], parts[-1]["fixed"]) != (
                on_probation,
                fixed,
            ):
                parts.append({"is_probation": on_probation, "fixed": fixed, "days": 0})
            parts[-1]["days"] += 1
        return parts

    def _smarthome_get_worked_times(self, first, last):
        """Expected and worked hours of a month; ``smarthome_attendance`` tells them.

        :return: dict: employee -> pair (expected, worked); who is missing worked in full
        """
        return {}
