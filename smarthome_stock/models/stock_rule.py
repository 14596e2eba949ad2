from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "smarthome_object_id"]

    def _get_stock_move_values(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
    ):
        """What is gathered for an object is put into its staging place."""
        move_values = super()._get_stock_move_values(
            product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values
        )
        place = values.get("smarthome_staging_location_id")
        if place and self.picking_type_id == self.warehouse_id.smarthome_staging_type_id:
            move_values["location_dest_id"] = place
        return move_values

    @api.model
    def _get_push_rule(self, product_id, location_dest_id, values):
        """From an object's staging place goods go to the object, whatever routes they have."""
        if location_dest_id.smarthome_object_id and not values.get("domain"):
            return location_dest_id.warehouse_id._get_staging_push_rule()
        return super()._get_push_rule(product_id, location_dest_id, values)
