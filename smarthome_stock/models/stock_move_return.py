from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Goods that come back without a word of their shipment: each belongs to one, at its cost."""

    _inherit = "stock.move"

    def _link_returns(self):
        """Link returned goods to the shipments by which they left, where nobody said which.

        :return: moves that were split off, one for each further shipment
        """
        split_off = self.browse()
        returns = self.sudo().filtered(lambda move: move._comes_back())
        if returns:
            returns.smarthome_object_id._get_signed_orders()._lock_shipping()
            returns._check_returns()
        for move in returns.filtered(lambda move: move._is_loose_return()):
            split_off |= move._link_return()
        return split_off.sudo(self.env.su)

    def _comes_back(self):
        """Tell whether the move is about to bring goods back from the client."""
        self.ensure_one()
        is_back = self.location_id._is_outgoing() and not self.location_dest_id._is_outgoing()
        return is_back and self.picked

    def _check_returns(self):
        """Refuse to take back from a shipment more than is left of it; Odoo takes whatever is typed.

        :raise UserError: names the goods
        """
        returns = self.filtered("origin_returned_move_id")
        for shipment, moves in returns.grouped("origin_returned_move_id").items():
            quantity = sum(move._get_picked_quantity() for move in moves)
            left = shipment._get_unreturned_quantity()
            if shipment.product_id.uom_id.compare(quantity, left) > 0:
                moves[0]._refuse_return(quantity)

    def _is_loose_return(self):
        """Tell whether usable goods come back that no line of a contract is named for."""
        self.ensure_one()
        return (
            not self.location_dest_id.smarthome_is_defective
            and not self.sale_line_id
            and not self.smarthome_is_warranty
        )

    def _link_return(self):
        """Link a return to the last shipments of its goods, those beyond the contract first.

        :return: moves that were split off
        :raise UserError: less was shipped
        """
        self.ensure_one()
        unit, left, parts = self.product_id.uom_id, self._get_picked_quantity(), []
        for shipment, free in self._get_shipments_back():
            taken = min(left, free)
            if unit.compare(taken, 0) > 0:
                parts.append((shipment, taken))
                left -= taken
        if unit.compare(left, 0) > 0:
            self._refuse_return(self._get_picked_quantity())
        split_off = self.browse()
        for shipment, quantity in parts[1:]:
            part = self._split_off(quantity)
            part._return_from(shipment)
            split_off |= part
        for shipment, _quantity in parts[:1]:
            self._return_from(shipment)
        return split_off

    def _get_shipments_back(self):
        """Shipments by which the goods can have left, with what of each is still at the object.

        :return: list of (stock.move, quantity in the product's unit), the first to count first
        """
        self.ensure_one()
        lines = self.smarthome_object_id._get_signed_orders().order_line.filtered(
            lambda line: line.product_id == self.product_id
        )
        result = []
        for line in lines.sorted(lambda line: (not line.smarthome_is_extra, -line.id)):
            shipments = line._get_shipping_moves().sorted(
                lambda move: (move.date, move.id), reverse=True
            )
            there = line._get_delivered_units()
            for shipment in shipments:
                free = min(there, shipment._get_unreturned_quantity())
                result.append((shipment, free))
                there -= free
        return sorted(result, key=lambda pair: not pair[0].lot_ids & self.lot_ids)

    def _get_unreturned_quantity(self):
        """What of a done shipment did not come back, in the product's unit."""
        self.ensure_one()
        unit = self.product_id.uom_id
        back = self.returned_move_ids.filtered(lambda move: move.state == "done")
        returned = sum(move._get_quantity_in(unit) for move in back)
        return max(self._get_quantity_in(unit) - returned, 0.0)

    def _return_from(self, shipment):
        """Bring goods back from a shipment: its line is lowered, its cost is given back."""
        self.write(
            {
                "sale_line_id": shipment.sale_line_id.id,
                "origin_returned_move_id": shipment.id,
                "to_refund": True,
            }
        )

    def _refuse_return(self, quantity):
        """Say that so much is not at the object.

        :param quantity: in the product's unit
        :raise UserError: always
        """
        raise UserError(
            self.env._(
                "%(quantity)s of %(product)s were not shipped to %(object)s: return them from "
                "their shipment, or take them in as defective.",
                quantity=f"{quantity:g}",
                product=self.product_id.display_name,
                object=self.smarthome_object_id.display_name,
            )
        )
