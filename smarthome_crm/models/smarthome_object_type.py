from odoo import fields, models

from ..const import PROFIT_GROUPS


class SmarthomeObjectType(models.Model):
    _name = "smarthome.object.type"
    _description = "Type of Object"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    work_coefficient = fields.Float(
        string="Coefficient of Work Payment",
        digits=(16, 4),
        default=1.0,
        required=True,
        help="The installers' rates are multiplied by it in new proposals of this type.",
    )
    profit_floor = fields.Float(
        string="Floor of Profitability (%)",
        digits=(16, 2),
        default=20.0,
        groups=PROFIT_GROUPS,
        help="A proposal whose forecast profit is below this percent of its revenue needs the "
        "consent of the head before it is sent.",
    )

    _name_uniq = models.Constraint("UNIQUE(name)", "A type of object with this name exists.")
    _work_coefficient_positive = models.Constraint(
        "CHECK(work_coefficient > 0)", "The coefficient of work payment must be above zero."
    )
