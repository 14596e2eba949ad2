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
        "user_id",
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
            is_mine = order.user_id == self.env.user
            of_object = order.smarthome_object_id and order.user_id
            if not of_object or not (is_mine or sees_all):
                order.smarthome_bonus_meter = False
                continue
            order.smarthome_bonus_meter = {
                **order._get_bonus_forecast(rules[order.company_id]),
                "is_mine": is_mine,
            }

    def _get_bonus_forecast(self, rules):
        """Bonus that the proposal would bring its manager if its forecast came true today.

        :param rules: smarthome.bonus.rule in their order of precedence
        :return: dict: ``amount`` and ``discount_cost`` (of a discount of 1 %) in company
            currency, ``percent``, ``is_probation``, ``has_rule``, ``currency_id``
        """
        self.ensure_one()
        currency = self.company_id.currency_id
        profit = self._to_company_currency(self.smarthome_profit)
        revenue = self._to_company_currency(self._get_bonus_revenue())
        rule = rules._find(self.smarthome_object_id.sudo().type_id, self.user_id)
        on_probation = self.user_id._smarthome_is_on_probation(company=self.company_id)
        terms = {"percent": 0.0, "steps": []} if on_probation else rule._get_terms()
        percent = accrual.get_percent(terms, accrual.get_margin(profit, revenue))
        bonus = accrual.get_bonus(profit, percent, currency.rounding)
        discount_cost = accrual.get_discount_cost(profit, revenue, terms, currency.rounding)
        shares = dict(self.smarthome_object_id._get_bonus_shares(self.user_id))
        share = shares.get(self.user_id, 0.0) / 100.0
        return {
            "amount": currency.round(share * bonus),
            "percent": percent,
            "discount_cost": currency.round(share * discount_cost),
            "is_probation": on_probation,
            "has_rule": bool(rule),
            "currency_id": currency.id,
        }

    def _get_bonus_revenue(self):
        """Forecast revenue without tax, in the order's currency."""
        self.ensure_one()
        return (
            self.smarthome_goods_revenue
            + self.smarthome_works_revenue
            + self.smarthome_other_revenue
        )
