from odoo import api, fields, models

from ..tools import accrual


class SaleOrder(models.Model):
    """The bonus meter: what a proposal would bring its manager, while he edits it."""

    _inherit = "sale.order"

    smarthome_bonus_meter = fields.Json(
        string="Bonus Meter",
        compute="_compute_smarthome_bonus_meter",
        groups="smarthome_base.group_smarthome_manager",
        help="Bonus by the forecast profit and by the rule of today, in company currency.",
    )

    @api.depends_context("uid")
    @api.depends(
        "smarthome_profit",
        "smarthome_goods_revenue",
        "smarthome_works_revenue",
        "smarthome_other_revenue",
        "smarthome_object_id.type_id",
        "smarthome_object_id.user_id",
        "currency_rate",
    )
    def _compute_smarthome_bonus_meter(self):
        """A manager sees his own bonus only; heads see everybody's."""
        sees_all = self.env.user._smarthome_has_role("head")
        today = fields.Date.context_today(self)
        rules = {
            company: self.env["smarthome.bonus.rule"]._get_rules_of(company, today)
            for company in self.company_id
        }
        for order in self:
            manager = order.smarthome_object_id.sudo().user_id
            is_mine = manager == self.env.user
            if not manager or not (is_mine or sees_all):
                order.smarthome_bonus_meter = False
                continue
            order.smarthome_bonus_meter = {
                **order._get_bonus_forecast(rules[order.company_id], today),
                "is_mine": is_mine,
            }

    def _get_bonus_forecast(self, rules, today):
        """Bonus that the proposal would bring its object's manager if its forecast came true.

        :param rules: smarthome.bonus.rule in their order of precedence
        :param today: date on which the object would be closed
        :return: dict: ``amount`` and ``discount_cost`` (of a discount of 1 %) in company
            currency, ``percent``, ``is_probation``, ``has_rule``, ``currency_id``
        """
        self.ensure_one()
        currency = self.company_id.currency_id
        profit = self._to_company_currency(self.smarthome_profit)
        revenue = self._to_company_currency(self._get_bonus_revenue())
        site = self.smarthome_object_id.sudo()
        rule = rules._find(site.type_id, site.user_id)
        on_probation = bool(site.user_id._smarthome_get_on_probation(today, self.company_id))
        terms = {"percent": 0.0, "steps": []} if on_probation else rule._get_terms()
        percent = accrual.get_percent(terms, accrual.get_margin(profit, revenue))
        bonus = accrual.get_bonus(profit, percent, currency.rounding)
        discount_cost = accrual.get_discount_cost(profit, revenue, terms, currency.rounding)
        amount, after = (self._get_bonus_part(one) for one in (bonus, bonus - discount_cost))
        return {
            "amount": amount,
            "percent": percent,
            "discount_cost": currency.round(amount - after),
            "is_probation": on_probation,
            "has_rule": bool(rule),
            "currency_id": currency.id,
        }

    def _get_bonus_part(self, amount):
        """What the object's manager gets of a bonus, split like at closing."""
        self.ensure_one()
        site = self.smarthome_object_id.sudo()
        users, percents = zip(*site._get_bonus_shares(site.user_id), strict=True)
        parts = accrual.split(amount, percents, self.company_id.currency_id.rounding)
        return dict(zip(users, parts, strict=True)).get(site.user_id, 0.0)

    def _get_bonus_revenue(self):
        """Forecast revenue without tax, in the order's currency."""
        self.ensure_one()
        return (
            self.smarthome_goods_revenue
            + self.smarthome_works_revenue
            + self.smarthome_other_revenue
        )
