from odoo import fields, models


class StockLocation(models.Model):
    """The staging place of an object: a location below its warehouse's staging location."""

    _inherit = "stock.location"

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="What lies here is gathered for this object.",
    )

    _smarthome_object_uniq = models.UniqueIndex(
        "(smarthome_object_id, location_id) WHERE smarthome_object_id IS NOT NULL",
        "The object has a staging place in this warehouse already.",
    )

    def _get_staged_object(self):
        """The object for which goods in this location are gathered; shelves inside count too."""
        location = self
        while location:
            if location.smarthome_object_id:
                return location.smarthome_object_id
            location = location.location_id
        return self.env["smarthome.object"]
