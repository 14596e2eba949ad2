from odoo import fields, models

DUE_RULES = [
    ("signing", "Days after signing"),
    ("start", "Days after the start of installation"),
    ("hand_over", "Days after the hand-over"),
    ("date", "On a date"),
]


class SmarthomePaymentTemplate(models.Model):
    """How contracts are usually paid: 100 % before, 70/30, 50/40/10."""

    _name = "smarthome.payment.template"
    _description = "Template of Payments"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    line_ids = fields.One2many(
        comodel_name="smarthome.payment.template.line",
        inverse_name="template_id",
        string="Payments",
        copy=True,
    )

    def _prepare_milestones(self):
        """Values of the planned payments without their amounts, in order."""
        self.ensure_one()
        return [
            {
                "name": line.name,
                "percent": line.percent,
                "due_rule": line.due_rule,
                "due_days": line.due_days,
                "sequence": position,
            }
            for position, line in enumerate(self.line_ids, 1)
        ]


class SmarthomePaymentTemplateLine(models.Model):
    _name = "smarthome.payment.template.line"
    _description = "Payment of a Template"
    _order = "sequence, id"

    template_id = fields.Many2one(
        comodel_name="smarthome.payment.template",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    percent = fields.Float(digits=(16, 2), required=True)
    due_rule = fields.Selection(
        selection=[rule for rule in DUE_RULES if rule[0] != "date"],
        required=True,
        default="signing",
    )
    due_days = fields.Integer(string="Days")

    _percent_positive = models.Constraint(
        "CHECK(percent > 0 AND percent <= 100)", "The percent of a payment is above 0, up to 100."
    )
