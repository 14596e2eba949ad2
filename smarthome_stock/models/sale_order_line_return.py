from odoo import models


class SaleOrderLine(models.Model):
    """Goods that come back from objects: what they lower, and how they are asked for."""

    _inherit = "sale.order.line"

    def _get_irreducible_quantity(self):
        """Goods cannot be lowered below what is at the object."""
        if self.smarthome_kind != "goods":
            return super()._get_irreducible_quantity()
        return max(self.qty_delivered, 0.0)

    def _smarthome_request_return(self, quantity):
        """Ask the warehouse for a return; what it cannot find is the manager's to settle."""
        missing = self._request_returns(quantity) if self.smarthome_kind == "goods" else quantity
        if self.product_uom_id.compare(missing, 0) > 0:
            super()._smarthome_request_return(missing)

    def _request_returns(self, quantity):
        """Make returns of what was shipped, the latest shipment first.

        :param quantity: in the line's unit
        :return: what of it was shipped by no move
        """
        self.ensure_one()
        left = self._to_product_unit(quantity)
        unit = self.product_id.uom_id
        by_picking = {}
        for move in self._get_shipping_moves().sorted(lambda move: (move.date, move.id), True):
            taken = min(left, move._get_returnable_quantity())
            if unit.compare(taken, 0) > 0 and move.picking_id:
                by_picking.setdefault(move.picking_id, {})[move] = taken
                left -= taken
        for picking, quantities in by_picking.items():
            picking.sudo()._request_return(quantities)
        return unit._compute_quantity(left, self.product_uom_id, rounding_method="HALF-UP")

    def _get_shipping_moves(self):
        """Done moves that took goods of the line to the object."""
        return self.sudo().move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id._is_outgoing()
                and not move.location_id._is_outgoing()
            )
        )

    def _get_open_returns(self):
        """Moves by which goods of the line are still to come back."""
        return self.sudo().move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_id._is_outgoing()
                and not move.location_dest_id._is_outgoing()
            )
        )

    def _cancel_open_returns(self):
        """Stop returns that are not wanted any more."""
        self._get_open_returns()._action_cancel()

    def _lower_open_returns(self, quantity):
        """Ask for less to come back, of what was asked for last.

        :param quantity: in the line's unit
        """
        self.ensure_one()
        left, unit = self._to_product_unit(quantity), self.product_id.uom_id
        for move in self._get_open_returns().sorted("id", reverse=True):
            taken = min(left, move.product_qty)
            if unit.compare(taken, 0) > 0:
                move._lower_demand(taken)
                left -= taken

    def _give_back(self):
        """What a cancelled reduction asked back stays at the object."""
        for line in self.filtered("smarthome_return_quantity"):
            original = line.smarthome_reduces_line_id
            original._lower_open_returns(line.smarthome_return_quantity)
        return super()._give_back()

    def _take_returned(self, quantity):
        """Lower a line by what came back: an extra line to nothing, a reduced one as it was agreed.

        :param quantity: in the line's unit
        """
        self.ensure_one()
        self._complete_returns(quantity)
        if self.smarthome_is_extra:
            self._follow_shipped()
        self._take_down()

    def _follow_shipped(self):
        """Bring the quantity of an extra line in step with what is left of it at the object."""
        self.ensure_one()
        quantity = max(self.qty_delivered, 0.0)
        line = self.with_context(skip_procurement=True)
        line._write_signed(product_uom_qty=quantity)
        if self.product_uom_id.is_zero(quantity) and self.smarthome_extra_state == "waiting":
            self.sudo().smarthome_extra_state = "taken_back"
            self.order_id._unschedule_decision()
        self.order_id._adopt_new_total()


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_returnable_quantity(self):
        """What of a done move is neither back nor on its way back, in the product's unit."""
        self.ensure_one()
        unit = self.product_id.uom_id
        returns = self.returned_move_ids.filtered(lambda move: move.state != "cancel")
        back = sum(
            move._get_quantity_in(unit) if move.state == "done" else move.product_qty
            for move in returns
        )
        return max(self._get_quantity_in(unit) - back, 0.0)

    def _is_on_the_way(self):
        """Tell whether an open move still brings goods to the object.

        Of a chain the last open link counts, once.
        """
        self.ensure_one()
        is_open = self.state not in ("done", "cancel")
        final = self.location_final_id or self.location_dest_id
        followers = self.move_dest_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        return is_open and final._is_outgoing() and not followers


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _request_return(self, quantities):
        """Make a return of this shipment and leave it to the storekeeper.

        :param dict quantities: by move, in the product's unit
        :return: the return
        """
        self.ensure_one()
        wizard = self.env["stock.return.picking"].create({"picking_id": self.id})
        for row in wizard.product_return_moves:
            unit = row.product_id.uom_id
            row.quantity = unit._compute_quantity(
                quantities.get(row.move_id, 0.0), row.uom_id, rounding_method="HALF-UP"
            )
        return wizard._create_return()
