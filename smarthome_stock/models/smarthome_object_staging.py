from odoo import fields, models


class SmarthomeObject(models.Model):
    """Staging places of an object: made at signing, archived at closing."""

    _inherit = "smarthome.object"

    staging_location_ids = fields.One2many(
        comodel_name="stock.location",
        inverse_name="smarthome_object_id",
        string="Staging Places",
    )
    picking_ids = fields.One2many(
        comodel_name="stock.picking",
        inverse_name="smarthome_object_id",
        string="Shipments",
    )
    picking_count = fields.Integer(
        string="Number of Shipments",
        compute="_compute_picking_count",
    )

    def _compute_picking_count(self):
        groups = self.env["stock.picking"]._read_group(
            [("smarthome_object_id", "in", self.ids), ("state", "!=", "cancel")],
            ["smarthome_object_id"],
            ["__count"],
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.picking_count = counts.get(record._origin.id, 0)

    def action_open_pickings(self):
        """Open what is gathered for the object, shipped to it and returned from it."""
        self.check_access("read")
        return self._open_related(
            "smarthome_stock.stock_picking_action_staging", "smarthome_object_id"
        )

    def write(self, vals):
        """A staging place is called like its object."""
        result = super().write(vals)
        if "name" in vals or "number" in vals:
            for record in self.sudo().with_context(active_test=False):
                record.staging_location_ids.name = record.display_name
        return result

    def _get_staging_location(self, warehouse):
        """Find or make the staging place of the object in a warehouse.

        :param warehouse: stock.warehouse
        :return: stock.location in sudo
        """
        self.ensure_one()
        record = self.sudo().with_context(active_test=False)
        parent = warehouse.sudo().smarthome_staging_location_id
        place = record.staging_location_ids.filtered(lambda one: one.location_id == parent)[:1]
        if not place:
            place = place.create(record._prepare_staging_location_values(parent))
        elif not place.active:
            place.active = True
        return place

    def _prepare_staging_location_values(self, parent):
        return {
            "name": self.display_name,
            "usage": "internal",
            "location_id": parent.id,
            "company_id": self.company_id.id,
            "smarthome_object_id": self.id,
        }
