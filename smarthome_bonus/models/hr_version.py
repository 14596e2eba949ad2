from odoo import fields, models

SALARY_GROUPS = (
    "smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant,"
    "hr.group_hr_manager"
)
#: what a salary goes by; a change of these is dated
SALARY_TERMS = (
    "trial_date_end",
    "smarthome_salary_currency_id",
    "smarthome_fixed_probation",
    "smarthome_fixed_after",
    "smarthome_payment_currency_id",
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
    smarthome_payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Salary is Paid in",
        groups=SALARY_GROUPS,
        help="What the settings say if empty.",
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

    def _smarthome_is_employed(self, day):
        """Tell whether the contract, where it is dated, holds on a day."""
        self.ensure_one()
        begin = self.contract_date_start
        ends = (self.contract_date_end, self.departure_date)
        return not (begin and day < begin) and all(not end or day <= end for end in ends)

    def _smarthome_get_terms(self):
        """Terms of the salary as values that another version can be given."""
        self.ensure_one()
        return {
            name: value.id if isinstance(value := self[name], models.BaseModel) else value
            for name in SALARY_TERMS
        }
