from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SmarthomeSalaryStatement(models.Model):
    """How statements are confirmed by heads and paid by accountants."""

    _inherit = "smarthome.salary.statement"

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm drafts at today's rates; nobody confirms his own, which stays a draft.

        :raise AccessError: not a head, or nothing but his own
        :raise UserError: an earlier month of the employee is not confirmed, a rate is missing
        """
        self._check_role("head")
        own = self.browse()
        if not self.env.su:
            own = self.filtered(lambda one: one.user_id == self.env.user and one.state == "draft")
        if own and own == self:
            raise AccessError(self.env._("Nobody confirms his own salary: ask another head."))
        others = (self - own).sudo()
        others._lock()
        drafts = others.filtered(lambda statement: statement.state == "draft")
        drafts._check_former_settled()
        for _month, statements in sorted(drafts.grouped("month").items()):
            statements._confirm()
        return own._notify_own_left() if own else True

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
        """Make confirmed statements drafts again, to count them anew.

        :raise UserError: a later month that is confirmed took what this one left
        """
        self._check_role("head")
        self._lock()
        statements = self.sudo().filtered(lambda statement: statement.state == "confirmed")
        statements._check_not_carried()
        statements.write({"state": "draft", "date_confirmed": False, "payment_rate": 0})
        if statements:
            self._refresh_carried(statements.employee_id, min(statements.mapped("month")))
        return True

    def action_count(self):
        """Count drafts anew by the employees and the bonuses of today."""
        self._check_role("head", "accountant")
        drafts = self.sudo().filtered(lambda statement: statement.state == "draft")
        for month, statements in sorted(drafts.grouped("month").items()):
            self._make_month(month, statements.employee_id)
        return True

    def action_open_terms(self):
        """Open the terms of the employee's salary, to write down what is missing there."""
        self.ensure_one()
        self._check_role("head")
        public = self.env["hr.employee.public"].browse(self.sudo().employee_id.id)
        return public.action_smarthome_change_terms()

    # === BUSINESS === #

    def _check_role(self, *roles):
        """Let people of some roles settle statements within their reach.

        :raise AccessError: it is somebody else
        """
        self.check_access("read")
        if not (self.env.su or self.env.user._smarthome_has_role(*roles)):
            raise AccessError(self.env._("Salaries are settled by heads and accountants."))

    def _lock(self):
        """Let whoever settles the same statements at this moment wait."""
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE smarthome_salary_statement SET id = id WHERE id IN %s",
            [tuple(self.ids) or (0,)],
        )
        self.invalidate_recordset()

    def _confirm(self):
        """Confirm drafts of one month with what the months before left, at today's rates."""
        today = fields.Date.context_today(self)
        self._read_carried()
        self._check_rates(today)
        self.write({"date_confirmed": today})
        pairs = self.grouped(lambda one: (one.currency_id, one.payment_currency_id))
        for statements in pairs.values():
            rate = statements[:1]._get_payment_rate()
            statements.write({"payment_rate": rate, "state": "confirmed"})
        self._refresh_carried(self.employee_id, self[:1].month)

    def _check_former_settled(self):
        """Months are confirmed in their order, for each hands on what it left.

        :raise UserError: an earlier month of an employee is a draft and not among these
        """
        former = self.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "draft"),
                ("id", "not in", self.ids),
            ]
        )
        last = {statement.employee_id: statement.month for statement in self.sorted("month")}
        former = former.filtered(lambda one: one.month < last[one.employee_id])
        if former:
            raise UserError(
                self.env._(
                    "Earlier months come first, confirm or delete them: %(statements)s.",
                    statements="; ".join(former.mapped("display_name")),
                )
            )

    def _check_not_carried(self):
        """What a statement left to carry over, and another took, is no more changed.

        :raise UserError: a later confirmed statement took it
        """
        taken = self.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "!=", "draft"),
                ("carried_in", "<", 0),
                ("id", "not in", self.ids),
            ]
        )
        for statement in self.filtered(lambda one: one.carried_out < 0):
            later = taken.filtered(
                lambda one, former=statement: (
                    one.employee_id == former.employee_id and one.month > former.month
                )
            )
            if later:
                raise UserError(
                    self.env._(
                        "%(later)s took over what %(statement)s left: reset that one first.",
                        later=later[-1].display_name,
                        statement=statement.display_name,
                    )
                )

    def _check_rates(self, date):
        """Currencies without a rate would be counted one to one.

        :raise UserError: names the currency
        """
        for statement in self:
            company = statement.company_id
            currencies = statement.currency_id | statement.payment_currency_id
            currencies |= statement.bonus_ids.currency_id
            last = statement._get_last_day()
            for part in statement.employee_id._smarthome_get_fixed_parts(statement.month, last):
                currencies |= part["currency"]
            if len(currencies) == 1:
                continue
            for currency in currencies - company.currency_id:
                if not statement._has_rate(currency, date):
                    raise UserError(
                        self.env._(
                            "There is no rate of %(currency)s yet: write it down first.",
                            currency=currency.name,
                        )
                    )

    def _has_rate(self, currency, date):
        companies = (self.env["res.company"], self.company_id.root_id, self.company_id)
        return any(rate.name <= date and rate.company_id in companies for rate in currency.rate_ids)

    def _notify_own_left(self):
        """Say that the user's own statement is still a draft."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._("Your own salary stays a draft: another head confirms it."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
