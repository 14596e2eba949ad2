from odoo import api, fields, models
from odoo.exceptions import AccessError


class SmarthomeSalaryTerms(models.TransientModel):
    """Terms of an employee's salary, changed by a head from a day on."""

    _name = "smarthome.salary.terms"
    _description = "Terms of the Salary"

    employee_id = fields.Many2one(
        comodel_name="hr.employee.public",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="A day within a month divides it: each part counts by its calendar days.",
    )
    date_started = fields.Date(
        string="Works since",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
        help="The first day of the contract; no day before it is paid.",
    )
    is_start_known = fields.Boolean(compute="_compute_is_start_known")
    trial_date_end = fields.Date(
        string="On Probation until",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
        help="The last day of the trial period; no percent of the profit up to it.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Salary",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    fixed_probation = fields.Monetary(
        string="Fixed Part on Probation",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
    )
    fixed_after = fields.Monetary(
        string="Fixed Part after Probation",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
    )
    payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Salary is Paid in",
        compute="_compute_terms",
        precompute=True,
        store=True,
        readonly=False,
    )

    @api.depends("employee_id", "date_from")
    def _compute_terms(self):
        """Propose what holds on that day."""
        for wizard in self:
            version = wizard._get_version()
            wizard.date_started = version.contract_date_start
            wizard.trial_date_end = version.trial_date_end
            wizard.currency_id = version.smarthome_salary_currency_id
            wizard.fixed_probation = version.smarthome_fixed_probation
            wizard.fixed_after = version.smarthome_fixed_after
            wizard.payment_currency_id = version.smarthome_payment_currency_id

    @api.depends("employee_id", "date_from")
    def _compute_is_start_known(self):
        for wizard in self:
            wizard.is_start_known = bool(wizard._get_version().contract_date_start)

    def action_apply(self):
        """Let the terms hold from the day on; drafts follow when they are counted anew.

        :raise AccessError: not a head, or his own salary
        """
        self.ensure_one()
        if not self.env.user._smarthome_has_role("head"):
            raise AccessError(self.env._("The terms of salaries are set by heads."))
        self.employee_id.check_access("read")
        employee = self._get_employee()
        if employee.user_id == self.env.user:
            raise AccessError(self.env._("Nobody sets his own salary: ask another head."))
        employee._smarthome_set_terms(
            self.date_from,
            {
                "trial_date_end": self.trial_date_end,
                "smarthome_salary_currency_id": self.currency_id.id,
                "smarthome_fixed_probation": self.fixed_probation,
                "smarthome_fixed_after": self.fixed_after,
                "smarthome_payment_currency_id": self.payment_currency_id.id,
            },
        )
        employee._smarthome_set_start(self.date_started)
        return {"type": "ir.actions.act_window_close"}

    def _get_version(self):
        """The version that holds on the day, in sudo; none of employees out of reach."""
        self.ensure_one()
        if not (self.employee_id and self.employee_id.has_access("read")):
            return self.env["hr.version"].sudo()
        date = self.date_from or fields.Date.context_today(self)
        return self._get_employee()._get_version(date)

    def _get_employee(self):
        return self.env["hr.employee"].sudo().browse(self.employee_id.id)
