from random import randint

from odoo import fields, models


class SmarthomeObjectTag(models.Model):
    _name = "smarthome.object.tag"
    _description = "Tag of Objects"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(default=lambda self: randint(1, 11))

    _name_uniq = models.Constraint("UNIQUE(name)", "A tag with this name exists.")
