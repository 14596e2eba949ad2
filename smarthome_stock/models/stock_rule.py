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
