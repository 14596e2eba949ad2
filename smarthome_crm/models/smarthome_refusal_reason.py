from odoo import fields, models


class SmarthomeRefusalReason(models.Model):
    _name = "smarthome.refusal.reason"
    _description = "Reason of Refusal"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "A reason with this name exists.")
