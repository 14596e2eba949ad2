from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SmarthomeBonusRule(models.Model):
    """Percent of the final profit: by type of object, manager or team, dated."""

    _name = "smarthome.bonus.rule"
    _description = "Rule of Bonus"
    _order = "date_from desc, type_id, id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    type_id = fields.Many2one(
        comodel_name="smarthome.object.type",
        string="Type of Object",
        ondelete="restrict",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        ondelete="restrict",
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Team",
        ondelete="restrict",
        index="btree_not_null",
    )
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
        help="Objects closed on this day or later; a later rule of the same kind takes over.",
    )
    percent = fields.Float(
        string="Percent of Profit",
        digits=(16, 2),
        required=True,
        help="Of the whole final profit, as long as no step is reached.",
    )
    step_ids = fields.One2many(
        comodel_name="smarthome.bonus.step",
        inverse_name="rule_id",
        string="Steps of Profitability",
        copy=True,
    )
    active = fields.Boolean(default=True)

    _percent_range = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)", "A percent lies between 0 and 100."
    )
    _manager_or_team = models.Constraint(
        "CHECK(user_id IS NULL OR team_id IS NULL)",
        "A rule is for one manager or for a team, not for both.",
    )
    _somebody = models.Constraint(
        "CHECK(type_id IS NOT NULL OR user_id IS NOT NULL OR team_id IS NOT NULL)",
        "Choose a type of object, a manager or a team.",
    )
    _scope_uniq = models.UniqueIndex(
        "(company_id, COALESCE(type_id, 0), COALESCE(user_id, 0), COALESCE(team_id, 0), date_from)"
        " WHERE active",
        "There is such a rule from the same day already.",
    )

    @api.depends("type_id", "user_id", "team_id", "date_from", "percent")
    def _compute_display_name(self):
        for rule in self:
            names = (rule.user_id.name, rule.team_id.name, rule.type_id.name)
            rule.display_name = ": ".join(
                filter(None, (", ".join(filter(None, names)), f"{rule.percent:g} %"))
            )

    # === BUSINESS === #

    @api.model
    def _get_rules_of(self, company, date):
        """Rules of a company in force on a date, the first that fits wins.

        Source: the regulation: manager and type, team and type, type, manager, team; of two of a
        kind the later one.
        """
        rules = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("date_from", "<=", date),
                # whoever closes could ask for archived ones by the context of his call
                ("active", "=", True),
            ]
        )
        return rules.sorted(lambda rule: (rule._get_rank(), -rule.date_from.toordinal()))

    def _get_rank(self):
        """Place in the order of precedence, 0 first."""
        self.ensure_one()
        if self.type_id:
            return 0 if self.user_id else 1 if self.team_id else 2
        return 3 if self.user_id else 4

    def _find(self, object_type, user):
        """First of these rules that fits an object of a type and its manager; may be none."""
        team = user.sudo().sale_team_id
        for rule in self:
            if (
                rule.type_id in (object_type, rule.type_id.browse())
                and rule.user_id in (user, user.browse())
                and rule.team_id in (team, team.browse())
            ):
                return rule
        return self.browse()

    def _get_terms(self):
        """What the rule promises, as plain data that an entry can keep; 0 % without a rule."""
        steps = [[step.above, step.percent] for step in self.step_ids]
        return {"percent": self.percent if self else 0.0, "steps": steps}


class SmarthomeBonusStep(models.Model):
    _name = "smarthome.bonus.step"
    _description = "Step of Profitability"
    _order = "rule_id, above"

    rule_id = fields.Many2one(
        comodel_name="smarthome.bonus.rule",
        required=True,
        ondelete="cascade",
        index=True,
    )
    above = fields.Float(
        string="Profitability above (%)",
        digits=(16, 2),
        required=True,
        help="Final profit in percent of the final revenue without tax; greater than this.",
    )
    percent = fields.Float(string="Percent of Profit", digits=(16, 2), required=True)

    _percent_range = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)", "A percent lies between 0 and 100."
    )
    _above_uniq = models.Constraint(
        "UNIQUE(rule_id, above)", "Two steps of a rule begin at the same profitability."
    )

    @api.depends("above", "percent")
    def _compute_display_name(self):
        for step in self:
            step.display_name = f"> {step.above:g} %: {step.percent:g} %"

    @api.constrains("above")
    def _check_above(self):
        if any(step.above <= -100 or step.above >= 100 for step in self):
            raise ValidationError(self.env._("A step begins between -100 % and 100 %."))
