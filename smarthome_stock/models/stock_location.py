from odoo import fields, models


class StockLocation(models.Model):
    """The staging place of an object: a location below its warehouse's staging location."""

    _inherit = "stock.location"

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="What lies here is gathered for this object.",
    )

    smarthome_manager_id = fields.Many2one(related="smarthome_object_id.user_id", string="Manager")

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

    def _is_outgoing(self):
        """Odoo asks this of every move several times, with a query each; inside is inside."""
        return self.usage != "internal" and super()._is_outgoing()

    # === WHAT THE STOREKEEPER DOES WITH A PLACE === #

    def action_smarthome_open_staged(self):
        """Show what lies at the place."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "stock.quant",
            "views": [(self.env.ref("smarthome_stock.stock_quant_view_list_staging").id, "list")],
            "domain": [("location_id", "child_of", self.id), ("quantity", ">", 0)],
        }

    def action_smarthome_reassign(self):
        """Open the form that gives staged goods to another object."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Re-assign staged goods"),
            "res_model": "smarthome.reassign",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_location_id": self.id},
        }

    def action_smarthome_return_staged(self):
        """Move what is left at the place back to stock; the object says who may."""
        self.check_access("read")
        return self.smarthome_object_id.action_return_staged()
