from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: what the cost of an object and the quantities at it are counted from
COUNTED_FIELDS = {
    "state",
    "quantity",
    "product_id",
    "product_uom",
    "product_uom_qty",
    "location_id",
    "location_dest_id",
    "sale_line_id",
    "smarthome_object_id",
    "to_refund",
    "origin_returned_move_id",
}

#: what only those handle who work in the warehouse or buy
HANDLED_FIELDS = {
    "quantity",
    "picked",
    "product_id",
    "product_uom",
    "location_id",
    "location_dest_id",
    "lot_id",
    "sale_line_id",
    "purchase_line_id",
    "smarthome_object_id",
    "smarthome_is_warranty",
    "smarthome_warranty_reason",
    "smarthome_replaces_id",
    "smarthome_replaced_lot_id",
    "smarthome_warranty_order_id",
}
HANDLERS = "stock.group_stock_user,purchase.group_purchase_user,base.group_system"


class StockMove(models.Model):
    """What was shipped to an object stays shipped: mistakes are set right by returns.

    Odoo lets salesmen write moves, and whoever unlocks a done transfer change its quantities; by
    that the cost of an object, its final profit and the manager's bonus could be rewritten.
    """

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if not self.env.su:
            moves._check_not_done()
        return moves

    def write(self, vals):
        if not self.env.su and COUNTED_FIELDS & vals.keys():
            self.check_access("write")
            self._check_not_done(vals.get("state") == "done")
        self._check_may_handle(vals)
        if not self.env.su and vals.get("smarthome_object_id"):
            self._check_not_done_elsewhere()
        return super().write(vals)

    @api.model
    def _check_may_handle(self, vals):
        """Check that whoever changes goods, quantities or places works with goods.

        :raise AccessError: a salesman does, whom Odoo lets write moves
        """
        if self.env.su or not HANDLED_FIELDS & vals.keys():
            return
        if not self.env.user.has_groups(HANDLERS):
            raise AccessError(self.env._("What is moved is written down by the storekeeper."))

    def _check_not_done_elsewhere(self):
        """Refuse to put done moves to an object afterwards, with their cost.

        :raise UserError: some are done
        """
        done = self.sudo().filtered(lambda move: move.state == "done")
        if done:
            raise UserError(
                self.env._(
                    "%(product)s is done already: it is not given to an object afterwards.",
                    product=done[0].product_id.display_name,
                )
            )

    def _check_not_done(self, is_ending=False):
        """Refuse to change by hand what is done for an object, or to call it done.

        :param is_ending: the moves would be called done without being validated
        """
        done = self.sudo().filtered(
            lambda move: move.smarthome_object_id and (is_ending or move.state == "done")
        )
        if done:
            raise UserError(
                self.env._(
                    "%(product)s: what is done for %(object)s stays as it is. Set it right by a "
                    "return or by another shipment.",
                    product=done[0].product_id.display_name,
                    object=done[0].smarthome_object_id.display_name,
                )
            )


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if not self.env.su:
            rows.move_id._check_not_done()
        return rows

    def write(self, vals):
        """Wrong serial numbers are corrected; quantities and places stay."""
        if not self.env.su and (COUNTED_FIELDS | {"move_id", "picked"}) & vals.keys():
            self.check_access("write")
            self.move_id._check_not_done()
        self.env["stock.move"]._check_may_handle(vals)
        return super().write(vals)
