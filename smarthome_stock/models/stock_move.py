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
        """What is added to a picking of an object, or lies at its place, is the object's."""
        lacking = [vals for vals in vals_list if not vals.get("smarthome_object_id")]
        pickings = self.env["stock.picking"].browse(
            {vals["picking_id"] for vals in lacking if vals.get("picking_id")}
        )
        objects = {picking.id: picking.smarthome_object_id.id for picking in pickings}
        for vals in lacking:
            record_id = objects.get(vals.get("picking_id")) or self._get_object_of_places(vals)
            vals["smarthome_object_id"] = record_id
        return super().create(vals_list)

    def _compute_location_dest_id(self):
        """What would go to the staging location at large goes to the object's place in it.

        Odoo computes the destination anew whenever a move is taken out of its picking, as when a
        line is lowered, so the place belongs here and not among the values of the rule.
        """
        super()._compute_location_dest_id()
        for move in self.filtered("smarthome_object_id"):
            staging = move.location_dest_id
            if (
                staging.usage == "view"
                and staging == staging.warehouse_id.smarthome_staging_location_id
            ):
                record = move.smarthome_object_id
                move.location_dest_id = record._get_staging_location(staging.warehouse_id)

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
