from odoo import api, fields, models


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

    @api.model
    def _get_contract_lists(self):
        return super()._get_contract_lists() | {"supply_line_ids", "device_ids"}
