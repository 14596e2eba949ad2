from odoo import api, fields, models
from odoo.exceptions import UserError


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
    smarthome_object_name = fields.Char(
        related="smarthome_object_id.display_name",
        string="Name of the Object",
    )
    smarthome_address = fields.Char(
        related="smarthome_object_id.address",
        string="Address of the Object",
    )
    smarthome_manager_id = fields.Many2one(
        related="smarthome_object_id.user_id",
        string="Manager",
    )
    smarthome_engineer_id = fields.Many2one(
        related="smarthome_object_id.engineer_id",
        string="Lead Engineer",
    )

    @api.model
    def get_empty_list_help(self, help_message):
        """Staging says what to do; Odoo would praise its barcode app instead."""
        if self.env.context.get("smarthome_staging"):
            return help_message
        return super().get_empty_list_help(help_message)

    def write(self, vals):
        """The moves of a picking are its object's."""
        if "smarthome_object_id" in vals and not self.env.su:
            self._check_object_can_change(vals["smarthome_object_id"])
        result = super().write(vals)
        if "smarthome_object_id" in vals:
            self.move_ids.smarthome_object_id = vals["smarthome_object_id"]
        return result

    def _check_object_can_change(self, object_id):
        """What is asked for by a contract, or is done, stays with its object.

        :raise UserError: the picking is one of these
        """
        changed = self.filtered(lambda picking: picking.smarthome_object_id.id != object_id)
        if changed.filtered(lambda one: one.state == "done" or one.sudo().move_ids.sale_line_id):
            raise UserError(
                self.env._("What is done, or asked for by a contract, stays with its object.")
            )
