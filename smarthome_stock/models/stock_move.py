from odoo import api, fields, models


class StockMove(models.Model):
    """Moves carry the object through the whole chain: copies, pushes, backorders, returns."""

    _inherit = "stock.move"

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What is added to a picking of an object is the object's."""
        with_picking = [
            vals
            for vals in vals_list
            if vals.get("picking_id") and not vals.get("smarthome_object_id")
        ]
        if with_picking:
            pickings = self.env["stock.picking"].browse(
                {vals["picking_id"] for vals in with_picking}
            )
            objects = {picking.id: picking.smarthome_object_id.id for picking in pickings}
            for vals in with_picking:
                vals["smarthome_object_id"] = objects[vals["picking_id"]]
        return super().create(vals_list)

    def _get_new_picking_values(self):
        return {
            **super()._get_new_picking_values(),
            "smarthome_object_id": self.smarthome_object_id[:1].id,
        }

    def _key_assign_picking(self):
        return (*super()._key_assign_picking(), self.smarthome_object_id)

    def _search_picking_for_assignation_domain(self):
        domain = super()._search_picking_for_assignation_domain()
        return [*domain, ("smarthome_object_id", "=", self.smarthome_object_id.id)]

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "smarthome_object_id"]
