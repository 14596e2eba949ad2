from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools import salary

DRAFT_ONLY = ("employee_id", "month", "payment_currency_id")


class SmarthomeSalaryStatement(models.Model):
    """A month's salary of an employee: fixed part, bonuses, corrections."""

    _name = "smarthome.salary.statement"
    _description = "Salary Statement"
    _inherit = ["mail.thread"]
    _order = "month desc, employee_id"

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
    currency_id = fields.Many2one(comodel_name="res.currency", required=True)
    state = fields.Selection(
        selection=[("draft", "Draft"), ("confirmed", "Confirmed"), ("paid", "Paid")],
        required=True,
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
    total = fields.Monetary(compute="_compute_amounts", store=True, tracking=True)
    date_confirmed = fields.Date(string="Confirmed on", readonly=True)
    payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Paid in",
        required=True,
    )
    payment_rate = fields.Float(
        string="Rate of Payment",
        digits=(16, 6),
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
            entries = statement._get_entry_amounts()
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

    @api.depends("employee_id", "month")
    def _compute_display_name(self):
        for statement in self:
            month = format_date(self.env, statement.month, date_format="LLLL yyyy")
            statement.display_name = f"{statement.employee_name}, {month}"

    # === CRUD === #

    def write(self, vals):
        """Whose statement it is and its month do not change once it is confirmed."""
        if any(name in vals for name in DRAFT_ONLY) and not self.env.su:
            self._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_state("draft")

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm drafts at today's rates; nobody confirms his own.

        :raise AccessError: not a head
        """
        self._check_role("head")
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(self.env._("Nobody confirms his own salary."))
        self._lock()
        today = fields.Date.context_today(self)
        for statement in self.sudo().filtered(lambda one: one.state == "draft"):
            statement.date_confirmed = today
            statement.write({"payment_rate": statement._get_payment_rate(), "state": "confirmed"})
        return True

    def action_pay(self):
        """Mark confirmed statements, and the bonuses in them, as paid.

        :raise AccessError: not an accountant, nor a head
        """
        self._check_role("accountant", "head")
        self._lock()
        statements = self.sudo().filtered(lambda statement: statement.state == "confirmed")
        statements.write({"state": "paid", "date_paid": fields.Date.context_today(self)})
        statements.bonus_ids.write({"state": "paid"})
        return True

    def action_reset(self):
        """Make confirmed statements drafts again, to count them anew."""
        self._check_role("head")
        self._lock()
        statements = self.sudo().filtered(lambda statement: statement.state == "confirmed")
        statements.write({"state": "draft", "date_confirmed": False, "payment_rate": 0})
        return True

    def action_count(self):
        """Count drafts anew by the employees and the bonuses of today."""
        self._check_role("head", "accountant")
        drafts = self.sudo().filtered(lambda statement: statement.state == "draft")
        for month, statements in drafts.grouped("month").items():
            self._make_month(month, statements.employee_id)
        return True

    # === BUSINESS === #

    def _check_role(self, *roles):
        self.check_access("read")
        if not (self.env.su or self.env.user._smarthome_has_role(*roles)):
            raise AccessError(self.env._("Salaries are settled by heads and accountants."))

    def _check_state(self, state):
        if any(statement.state != state for statement in self):
            raise UserError(self.env._("The statement is confirmed: a head resets it first."))

    def _lock(self):
        """Let whoever settles the same statements at this moment wait."""
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE smarthome_salary_statement SET id = id WHERE id IN %s",
            [tuple(self.ids) or (0,)],
        )
        self.invalidate_recordset()

    def _get_last_day(self):
        self.ensure_one()
        return self.month + relativedelta(months=1, days=-1)

    def _get_entry_amounts(self):
        """Amounts of the bonus entries in the currency of the salary."""
        self.ensure_one()
        company = self.company_id or self.env.company
        date = self.date_confirmed or fields.Date.context_today(self)
        return [
            entry.currency_id._convert(entry.amount, self.currency_id, company, date)
            for entry in self.bonus_ids
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
