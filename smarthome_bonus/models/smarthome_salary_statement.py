from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import salary


class SmarthomeSalaryStatement(models.Model):
    """A month's salary of an employee: fixed part, bonuses, corrections."""

    _name = "smarthome.salary.statement"
    _description = "Salary Statement"
    _inherit = ["mail.thread"]
    _order = "month desc, employee_name, id"

    employee_id = fields.Many2one(
        comodel_name="hr.employee",
        required=True,
        ondelete="restrict",
        index=True,
    )
    employee_name = fields.Char(related="employee_id.name", string="Name", store=True)
    user_id = fields.Many2one(related="employee_id.user_id", store=True, index=True)
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    month = fields.Date(required=True, index=True, help="First day of the month.")
    period = fields.Char(string="For the Month", compute="_compute_period")
    currency_id = fields.Many2one(comodel_name="res.currency", required=True)
    state = fields.Selection(
        selection=[("draft", "Draft"), ("confirmed", "Confirmed"), ("paid", "Paid")],
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
        index=True,
    )
    part_ids = fields.One2many(
        comodel_name="smarthome.salary.part",
        inverse_name="statement_id",
        string="Fixed Part by Days",
    )
    bonus_ids = fields.One2many(
        comodel_name="smarthome.bonus",
        inverse_name="salary_statement_id",
        string="Bonuses",
        groups="smarthome_base.group_smarthome_manager,smarthome_base.group_smarthome_accountant",
    )
    is_start_unknown = fields.Boolean(
        string="Start of Work Unknown",
        readonly=True,
        help="No start of the contract is written down, so every day of the month is paid.",
    )
    expected_hours = fields.Float(digits=(16, 2))
    worked_hours = fields.Float(digits=(16, 2))
    fixed_amount = fields.Monetary(string="Fixed Part", compute="_compute_amounts", store=True)
    bonus_amount = fields.Monetary(
        string="Bonuses and Corrections",
        compute="_compute_amounts",
        store=True,
        help="Entries approved by the end of the month, at the rate of confirmation.",
    )
    carried_in = fields.Monetary(
        string="Carried from the Month before",
        help="What corrections took beyond the bonuses of the month before; zero or below.",
    )
    carried_out = fields.Monetary(
        string="Carried to the Next Month",
        compute="_compute_amounts",
        store=True,
    )
    total = fields.Monetary(compute="_compute_amounts", store=True)
    date_confirmed = fields.Date(string="Confirmed on", readonly=True)
    payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Paid in",
        required=True,
    )
    payment_rate = fields.Float(
        string="Rate of Payment",
        digits=(16, 12),
        readonly=True,
        help="Units of the currency of payment for one unit of the salary's, on confirmation.",
    )
    payment_amount = fields.Monetary(
        string="To Pay",
        currency_field="payment_currency_id",
        compute="_compute_payment_amount",
        store=True,
    )
    date_paid = fields.Date(string="Paid on", readonly=True)

    _month_uniq = models.Constraint(
        "UNIQUE(employee_id, month)", "The month of this employee has its statement already."
    )
    _month_first = models.Constraint(
        "CHECK(EXTRACT(day FROM month) = 1)", "A month is written by its first day."
    )

    @api.depends(
        "part_ids.amount",
        "bonus_ids.amount",
        "carried_in",
        "currency_id",
        "date_confirmed",
    )
    def _compute_amounts(self):
        for statement in self:
            rounding = (statement.currency_id or self.env.company.currency_id).rounding
            entries = statement._get_entry_amounts(statement.bonus_ids)
            paid, carried = salary.settle_bonus(entries, statement.carried_in, rounding)
            statement.fixed_amount = sum(statement.part_ids.mapped("amount"))
            statement.bonus_amount = sum(entries)
            statement.carried_out = carried
            statement.total = statement.fixed_amount + paid

    @api.depends("total", "payment_rate", "payment_currency_id", "currency_id")
    def _compute_payment_amount(self):
        for statement in self:
            rate = statement.payment_rate or statement._get_payment_rate()
            currency = statement.payment_currency_id or self.env.company.currency_id
            statement.payment_amount = currency.round(statement.total * rate)

    @api.depends_context("lang")
    @api.depends("month")
    def _compute_period(self):
        for statement in self:
            statement.period = self._get_month_name(statement.month)

    @api.depends_context("lang")
    @api.depends("employee_name", "month")
    def _compute_display_name(self):
        for statement in self:
            month = format_date(self.env, statement.month, date_format="LLLL yyyy")
            statement.display_name = f"{statement.employee_name}, {month}"

    # === CRUD === #

    def write(self, vals):
        """The currency of payment does not change once the statement is confirmed."""
        if "payment_currency_id" in vals and not self.env.su:
            self._check_draft()
        return super().write(vals)

    def unlink(self):
        """What a draft left to carry over is counted anew without it."""
        employees, months = self.employee_id, self.mapped("month")
        result = super().unlink()
        if months:
            self._refresh_carried(employees, min(months))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_draft()

    # === BUSINESS === #

    def _check_draft(self):
        """Only drafts are changed.

        :raise UserError: one is confirmed already
        """
        if any(statement.state != "draft" for statement in self):
            raise UserError(self.env._("The statement is confirmed: a head resets it first."))

    @api.model
    def _get_month_name(self, month):
        """A month as a person says it."""
        return format_date(self.env, month, date_format="LLLL yyyy").capitalize()

    def _get_last_day(self):
        self.ensure_one()
        return self.month + relativedelta(months=1, days=-1)

    def _get_entry_amounts(self, entries):
        """Amounts of bonus entries in the currency of the salary, at the rate of confirmation."""
        self.ensure_one()
        company = self.company_id or self.env.company
        date = self.date_confirmed or fields.Date.context_today(self)
        return [
            entry.currency_id._convert(entry.amount, self.currency_id, company, date)
            for entry in entries
        ]

    def _get_payment_rate(self):
        """Rate of the salary's currency into that of payment, of confirmation or today."""
        self.ensure_one()
        if not self.currency_id or self.currency_id == self.payment_currency_id:
            return 1.0
        return self.env["res.currency"]._get_conversion_rate(
            self.currency_id,
            self.payment_currency_id,
            self.company_id,
            self.date_confirmed or fields.Date.context_today(self),
        )


class SmarthomeSalaryPart(models.Model):
    """Days of a month with the same fixed part."""

    _name = "smarthome.salary.part"
    _description = "Fixed Part by Days"
    _order = "statement_id, sequence, id"

    statement_id = fields.Many2one(
        comodel_name="smarthome.salary.statement",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer()
    currency_id = fields.Many2one(related="statement_id.currency_id")
    is_probation = fields.Boolean(string="On Probation")
    days = fields.Integer()
    fixed = fields.Monetary(string="For a Whole Month")
    amount = fields.Monetary()


class SmarthomeBonus(models.Model):
    _inherit = "smarthome.bonus"

    salary_statement_id = fields.Many2one(
        comodel_name="smarthome.salary.statement",
        string="Paid with",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
