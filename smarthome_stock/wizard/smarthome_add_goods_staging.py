from odoo import models


class SmarthomeAddGoods(models.TransientModel):
    """Goods added at the staging page lie there at once, as far as they are in stock."""

    _inherit = "smarthome.add.goods"

    def action_add(self):
        """Add the goods; at the staging page put them in as well, and stay there."""
        action = super().action_add()
        if not self.env.context.get("smarthome_staging_page"):
            return action
        self._put_added(self.env["stock.picking"].sudo().browse(action["res_id"]))
        return {"type": "ir.actions.act_window_close"}

    def _put_added(self, picking):
        """Put what was added into the object's place; what is not in stock stays missing."""
        staging = self.env["smarthome.staging"].sudo(False)
        record = self.sudo().object_id
        if not staging._get_rights(record)["move"]:
            return
        moves = picking.move_ids.filtered(
            lambda move: (
                move.product_id == self.product_id
                and move.smarthome_is_warranty == self.is_warranty
                and not move.sale_line_id
            )
        )
        moves = moves.filtered_domain(staging._get_gathering_domain(record))
        wanted = self.uom_id._compute_quantity(self.quantity, self.product_id.uom_id)
        there = sum(move._get_quantity_in(move.product_id.uom_id) for move in moves)
        row = {
            "product_id": self.product_id.id,
            "quantity": min(wanted, there),
            "warranty": self.is_warranty,
        }
        if self.product_id.uom_id.compare(row["quantity"], 0) > 0:
            staging._validate(staging._choose(moves, [row], False))
