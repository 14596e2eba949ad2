from odoo import fields, models


class SmarthomeObject(models.Model):
    """Supply of an object: where its goods are."""

    _inherit = "smarthome.object"

    supply_line_ids = fields.One2many(
        comodel_name="smarthome.object.line",
        inverse_name="object_id",
        string="Supply",
        domain=[("kind", "=", "goods"), ("supply_state", "!=", False)],
        readonly=True,
    )
