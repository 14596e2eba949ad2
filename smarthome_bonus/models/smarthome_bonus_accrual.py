from odoo import api, fields, models

from ..tools import accrual
from .smarthome_bonus import GRANTED


class SmarthomeBonus(models.Model):
    """How entries come into being: at closing, after late truths, at reopening."""

    _inherit = "smarthome.bonus"

    @api.model
    def _accrue(self, statements):
        """Make the entries of closings, by set.

        Exactly one for each closing and manager, the database sees to it.

        :param statements: profit statements just made; without a manager or shares nobody gets
            a bonus
        :return: the entries, in sudo
        """
        values = []
        for (company, date), group in (
            statements.sudo()
            .grouped(lambda statement: (statement.company_id, statement.date))
            .items()
        ):
            rules = self.env["smarthome.bonus.rule"]._get_rules_of(company, date)
            people = group.user_id | group.object_id.share_ids.user_id
            novices = people._smarthome_get_on_probation(date, company)
            for statement in group:
                rule = rules._find(statement.object_id.type_id, statement.user_id)
                values += self._prepare_closing_entries(statement, rule, novices)
        return self._make(values)

    @api.model
    def _make(self, values):
        """Make entries; nobody follows them, and what they say needs no log of its own."""
        quiet = self.sudo().with_context(tracking_disable=True, mail_create_nosubscribe=True)
        return quiet.create(values).with_env(self.sudo().env)

    def _prepare_closing_entries(self, statement, rule, novices):
        """Values of the entries of one closing, one for each who shares in it.

        :param novices: res.users on probation on that day
        """
        shares = statement.object_id._get_bonus_shares(statement.user_id)
        promised = rule._get_terms()
        entries = []
        for position, (user, share) in enumerate(shares):
            on_probation = user in novices
            terms = {
                **({"percent": 0.0, "steps": []} if on_probation else promised),
                "shares": [percent for _user, percent in shares],
                "position": position,
            }
            entries.append(
                {
                    **self._prepare_entry(statement, terms),
                    "kind": "closing",
                    "user_id": user.id,
                    "closing_id": statement.id,
                    "share": share,
                    "rule_id": rule.id,
                    "is_probation": on_probation,
                }
            )
        return entries

    def _prepare_entry(self, statement, terms):
        """Figures of an entry by a statement and the terms promised at closing."""
        margin = accrual.get_margin(statement.final_profit, statement.final_revenue)
        percent = accrual.get_percent(terms, margin)
        rounding = statement.currency_id.rounding
        whole = accrual.get_bonus(statement.final_profit, percent, rounding)
        return {
            "object_id": statement.object_id.id,
            "statement_id": statement.id,
            "date": statement.date,
            "base": statement.final_profit,
            "margin": margin,
            "percent": percent,
            "amount": accrual.split(whole, terms["shares"], rounding)[terms["position"]],
            "terms": terms,
        }

    @api.model
    def _correct(self, statements):
        """Make the entries by which the bonus follows a late truth, in the current month.

        :param statements: statements that took the place of others
        :return: the entries, in sudo
        """
        entries = self.sudo().search([("object_id", "in", statements.object_id.ids)])
        by_closing = entries.grouped("closing_id")
        values = []
        for statement in statements.sudo():
            chain = by_closing.get(statement._get_closing(), entries.browse())
            for first in chain.filtered(lambda entry: entry.kind == "closing"):
                values += first._prepare_correction(statement, chain)
        return self._make(values)

    def _prepare_correction(self, statement, chain):
        """Values of the correction of a closing's entry; none where nothing changes."""
        self.ensure_one()
        mine = chain.filtered(lambda entry: entry.user_id == self.user_id)
        values = self._prepare_entry(statement, self.terms)
        former = self._prepare_entry(statement.corrects_id, self.terms)["amount"]
        amount = mine._get_step(former, values["amount"])
        if self.currency_id.is_zero(amount):
            return []
        return [
            {
                **values,
                **self._prepare_follower(mine, amount),
                "kind": "correction",
                "reason": statement.reason,
            }
        ]

    @api.model
    def _reverse(self, statements, reason):
        """Take back the bonus of closings that are undone; nothing is deleted.

        :param statements: those that were in force until the reopening
        :param str reason: why the object is reopened
        :return: the reversing entries, in sudo
        """
        entries = self.sudo().search([("object_id", "in", statements.object_id.ids)])
        by_closing = entries.grouped("closing_id")
        today = fields.Date.context_today(self)
        values = []
        for statement in statements.sudo():
            chain = by_closing.get(statement._get_closing(), entries.browse())
            for user, mine in chain.grouped("user_id").items():
                first = mine.filtered(lambda entry: entry.kind == "closing")
                values.append(
                    {
                        **first._prepare_follower(mine, -mine._get_standing()),
                        "object_id": statement.object_id.id,
                        "statement_id": statement.id,
                        "date": today,
                        "base": 0.0,
                        "kind": "reversal",
                        "user_id": user.id,
                        "reason": reason,
                    }
                )
        return self._make(values)

    def _get_standing(self):
        """What these entries give together, refused ones left out."""
        standing = self.filtered(lambda entry: entry.state != "refused")
        return standing.currency_id.round(sum(standing.mapped("amount"))) if standing else 0.0

    def _get_step(self, former, wanted):
        """By how much a late truth moves the bonus that these entries give.

        A rise brings the difference. A fall takes back what stands above the truth: of a refused
        part nothing is taken back, nobody was given it.

        :param former: bonus by the statement before
        :param wanted: bonus by the new statement
        """
        if wanted > former:
            return self.currency_id.round(wanted - former)
        return self.currency_id.round(min(wanted - self._get_standing(), 0.0))

    def _prepare_follower(self, mine, amount):
        """What a later entry takes over from the closing's own.

        :param mine: all entries of the same closing and manager
        :param amount: of the later entry, in company currency
        """
        self.ensure_one()
        values = {
            "user_id": self.user_id.id,
            "closing_id": self.closing_id.id,
            "share": self.share,
            "rule_id": self.rule_id.id,
            "is_probation": self.is_probation,
            "terms": self.terms,
            "amount": amount,
        }
        return {**values, **mine._judge_follower(amount)}

    def _judge_follower(self, amount):
        """State of the entry that follows these ones of a closing and manager.

        What is taken back of a bonus that heads granted needs no judgement of theirs, and takes
        along what still waits for it. Where all is refused, the follower is too.

        :param amount: of the follower
        :return: dict of values
        """
        if all(entry.state == "refused" for entry in self):
            return {"state": "refused"}
        waiting = self.filtered(lambda entry: entry.state == "accrued")
        left = self.currency_id.round(sum(waiting.mapped("amount")) + amount)
        if left > 0 or not self.filtered(lambda entry: entry.state in GRANTED):
            return {}
        approved = {"state": "approved", "date_approved": fields.Date.context_today(self)}
        waiting.write(approved)
        return approved


class SmarthomeProfitStatement(models.Model):
    _inherit = "smarthome.profit.statement"

    bonus_ids = fields.One2many(
        comodel_name="smarthome.bonus",
        inverse_name="statement_id",
        string="Bonus",
    )

    def _get_closing(self):
        """The statement of the closing whose truth this one tells anew."""
        self.ensure_one()
        statement = self
        while statement.corrects_id:
            statement = statement.corrects_id
        return statement


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    bonus_ids = fields.One2many(
        comodel_name="smarthome.bonus",
        inverse_name="object_id",
        string="Bonuses",
        groups="smarthome_base.group_smarthome_manager,smarthome_base.group_smarthome_accountant",
    )

    def _close(self):
        """The bonus comes with the closing, in the same transaction."""
        statements = super()._close()
        # whatever was deleted at closing emptied the cache
        self._fetch_for_closing()
        statements._dissect()
        self.env["smarthome.bonus"]._accrue(statements)
        return statements

    def _fetch_for_closing(self):
        super()._fetch_for_closing()
        self.fetch()
        self.type_id.fetch()
        self.share_ids.fetch()
        self.order_ids.order_line.product_id.seller_ids.fetch()

    def _reopen(self, reason):
        statements = super()._reopen(reason)
        self.env["smarthome.bonus"]._reverse(statements, reason)
        return statements

    def _restate(self, reason):
        statements = super()._restate(reason)
        if statements:
            statements._dissect()
            self.env["smarthome.bonus"]._correct(statements)
        return statements
