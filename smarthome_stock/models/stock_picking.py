from odoo import fields, models


class StockPicking(models.Model):
    """A picking of an object: gathering, shipment, return."""

    _inherit = "stock.picking"

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
