from odoo import fields, models


class SmarthomeWorkDone(models.Model):
    """What an installer reads of the works that he did: he opens no objects."""

    _inherit = "smarthome.work.done"

    object_name = fields.Char(related="object_id.display_name", string="At the Object")
    # metres and pieces make no sum
    quantity = fields.Float(aggregator=None)
