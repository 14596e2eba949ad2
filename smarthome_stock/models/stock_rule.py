from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "smarthome_object_id"]

    @api.model
    def _get_push_rule(self, product_id, location_dest_id, values):
        """From an object's staging place goods go to the object, whatever routes they have."""
        if location_dest_id.smarthome_object_id and not values.get("domain"):
            return location_dest_id.warehouse_id._get_staging_push_rule()
        return super()._get_push_rule(product_id, location_dest_id, values)

    def _push_prepare_move_copy_values(self, move_to_copy, new_date):
        """The way of a shipment is known by its place: it needs no route of its own."""
        values = super()._push_prepare_move_copy_values(move_to_copy, new_date)
        if move_to_copy.smarthome_object_id:
            values["route_ids"] = []
        return values
