from odoo import api, fields, models
from odoo.tools import SQL


class SmarthomeBonusReport(models.Model):
    """Bonus earned, and beside it what is expected from objects that are not closed yet."""

    _name = "smarthome.bonus.report"
    _description = "Bonuses Earned and Expected"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "object_id"
    _depends = {
        "smarthome.bonus": ["object_id", "user_id", "date", "amount", "state", "company_id"],
        "smarthome.bonus.rule": ["type_id", "user_id", "team_id", "date_from", "percent"],
        "smarthome.bonus.step": ["rule_id", "above", "percent"],
        "smarthome.bonus.share": ["object_id", "user_id", "percent"],
        "smarthome.object": ["stage", "type_id", "user_id", "company_id", "active"],
        "smarthome.stage.probability": ["stage", "percent"],
        "sale.order": [
            "state",
            "smarthome_object_id",
            "smarthome_profit",
            "smarthome_goods_revenue",
            "smarthome_works_revenue",
            "smarthome_other_revenue",
            "currency_rate",
        ],
    }

    kind = fields.Selection(
        selection=[("earned", "Earned"), ("expected", "Expected")],
        readonly=True,
    )
    object_id = fields.Many2one(comodel_name="smarthome.object", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Manager", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        readonly=True,
        help="Of the entry; of what is expected the hand-over, today if it is past or not agreed.",
    )
    stage = fields.Selection(
        selection=lambda self: (
            self.env["smarthome.object"]._fields["stage"]._description_selection(self.env)
        ),
        readonly=True,
    )
    state = fields.Selection(
        selection=lambda self: (
            self.env["smarthome.bonus"]._fields["state"]._description_selection(self.env)
        ),
        readonly=True,
    )
    profit = fields.Monetary(readonly=True, help="Final profit, or the forecast.")
    percent = fields.Float(string="Percent of Profit", readonly=True, aggregator=None)
    probability = fields.Float(string="Probability (%)", readonly=True, aggregator=None)
    full_amount = fields.Monetary(
        string="If It Comes True", readonly=True, help="Bonus of the forecast profit."
    )
    amount = fields.Monetary(readonly=True, help="Expected bonuses times their probability.")

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._get_earned_query(), self._get_expected_query())

    @api.model
    def _get_earned_query(self):
        """Entries of the bonus, refused ones left out."""
        return SQL(
            """SELECT entry.id * 3 AS id, 'earned' AS kind, entry.object_id, entry.user_id,
                entry.company_id, entry.date, site.stage, entry.state, entry.base AS profit,
                entry.percent, 100 AS probability, entry.amount AS full_amount, entry.amount
            FROM smarthome_bonus entry JOIN smarthome_object site ON site.id = entry.object_id
            WHERE entry.state <> 'refused'"""
        )

    @api.model
    def _get_expected_query(self):
        """Objects with a forecast, by the rule that would hold at the hand-over and by shares.

        Each share is rounded for itself: what is expected may differ by a cent from the split at
        closing.
        """
        return SQL(
            """SELECT COALESCE(share.id * 3 + 1, site.id * 3 + 2) AS id, 'expected' AS kind,
                site.id AS object_id, who.user_id, site.company_id, forecast.date, site.stage, NULL AS state,
                forecast.profit, terms.percent, chance.percent AS probability,
                bonus.amount AS full_amount,
                ROUND((bonus.amount * chance.percent / 100)::numeric, 2) AS amount
            FROM smarthome_object site
            JOIN smarthome_stage_probability chance ON chance.stage = site.stage
            JOIN res_users manager ON manager.id = site.user_id
            LEFT JOIN smarthome_bonus_share share ON share.object_id = site.id
            CROSS JOIN LATERAL (
                SELECT COALESCE(share.user_id, site.user_id) AS user_id,
                    COALESCE(share.percent, 100) AS share
            ) who
            CROSS JOIN LATERAL (%s) forecast
            CROSS JOIN LATERAL (%s) terms
            CROSS JOIN LATERAL (
                SELECT GREATEST(ROUND((
                    forecast.profit * terms.percent / 100 * who.share / 100
                )::numeric, 2), 0) AS amount
            ) bonus
            WHERE site.active AND site.stage NOT IN ('closed', 'refused')
                AND forecast.profit IS NOT NULL""",
            self._get_forecast_query(),
            self._get_terms_query(),
        )

    @api.model
    def _get_forecast_query(self):
        """Forecast profit of an object: of its contracts, else of its newest open proposal."""
        return SQL(
            """SELECT SUM(chosen.smarthome_profit / COALESCE(NULLIF(chosen.currency_rate, 0), 1))
                AS profit,
                SUM((chosen.smarthome_goods_revenue + chosen.smarthome_works_revenue
                    + chosen.smarthome_other_revenue)
                    / COALESCE(NULLIF(chosen.currency_rate, 0), 1)) AS revenue,
                GREATEST(MAX(chosen.smarthome_date_end), CURRENT_DATE) AS date
            FROM sale_order chosen
            WHERE chosen.smarthome_object_id = site.id AND (
                chosen.state = 'sale' OR chosen.id = (
                    SELECT MAX(open.id) FROM sale_order open
                    WHERE open.smarthome_object_id = site.id AND open.state IN ('draft', 'sent')
                        AND NOT EXISTS (
                            SELECT FROM sale_order signed
                            WHERE signed.smarthome_object_id = site.id AND signed.state = 'sale'
                        )
                )
            )"""
        )

    @api.model
    def _get_terms_query(self):
        """Percent by the rules' order of precedence; nothing on probation, nothing without one."""
        return SQL(
            """SELECT CASE WHEN EXISTS (%s) THEN 0 ELSE COALESCE((%s), 0) END AS percent""",
            self._get_probation_query(),
            self._get_percent_query(),
        )

    @api.model
    def _get_percent_query(self):
        return SQL(
            """SELECT COALESCE((
                    SELECT step.percent FROM smarthome_bonus_step step
                    WHERE step.rule_id = rule.id AND forecast.revenue <> 0
                        AND step.above < 100 * forecast.profit / forecast.revenue
                    ORDER BY step.above DESC LIMIT 1
                ), rule.percent)
            FROM smarthome_bonus_rule rule
            WHERE rule.active AND rule.company_id = site.company_id
                AND rule.date_from <= forecast.date
                AND (rule.type_id IS NULL OR rule.type_id = site.type_id)
                AND (rule.user_id IS NULL OR rule.user_id = site.user_id)
                AND (rule.team_id IS NULL OR rule.team_id = manager.sale_team_id)
            ORDER BY CASE
                WHEN rule.type_id IS NULL THEN CASE WHEN rule.user_id IS NULL THEN 4 ELSE 3 END
                WHEN rule.user_id IS NOT NULL THEN 0
                WHEN rule.team_id IS NOT NULL THEN 1 ELSE 2 END, rule.date_from DESC
            LIMIT 1"""
        )

    @api.model
    def _get_probation_query(self):
        return SQL(
            """SELECT FROM hr_employee employee
            CROSS JOIN LATERAL (
                SELECT version.trial_date_end FROM hr_version version
                WHERE version.employee_id = employee.id AND version.active
                ORDER BY version.date_version <= forecast.date DESC,
                    CASE WHEN version.date_version <= forecast.date
                        THEN version.date_version END DESC, version.date_version
                LIMIT 1
            ) version
            WHERE employee.user_id = who.user_id
                AND employee.company_id = site.company_id
                AND version.trial_date_end >= forecast.date"""
        )

    def action_open_object(self):
        """Open the object behind the row, by the rights of the user."""
        self.ensure_one()
        return self.object_id.get_formview_action()
