from odoo import fields, models


class StockReturnPicking(models.TransientModel):
    """Returns from objects: usable goods to the stock, defective ones where they are worth nothing."""

    _inherit = "stock.return.picking"

    smarthome_object_id = fields.Many2one(related="picking_id.smarthome_object_id")
    smarthome_is_defective = fields.Boolean(
        string="Defective",
        help="The goods go to the defective stock: less is shipped, and the cost stays.",
    )

    def _prepare_picking_default_values_based_on(self, picking):
        values = super()._prepare_picking_default_values_based_on(picking)
        if self.smarthome_is_defective:
            values["location_dest_id"] = picking.company_id._get_defective_location().id
        return values

    def _get_proc_values(self, line):
        """What is sent again instead of returned goods is for the same object and line."""
        values = super()._get_proc_values(line)
        order_line = line.sudo().move_id.sale_line_id
        if order_line.order_id.smarthome_object_id:
            values = {**order_line._prepare_procurement_values(), **values}
        return values


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    def _prepare_move_default_values(self, new_picking):
        """What comes back from an object lowers what is shipped to it, not its cost alone."""
        values = super()._prepare_move_default_values(new_picking)
        if self.sudo().move_id.smarthome_object_id and self.move_id.location_dest_id._is_outgoing():
            values["to_refund"] = True
        return values
