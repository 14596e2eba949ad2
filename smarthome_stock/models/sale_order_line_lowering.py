from odoo import models


class SaleOrderLine(models.Model):
    """Lines that ask for less than is on its way: gatherings shrink, staged goods go back.

    Odoo would answer with a move of its own from the staging place and leave the shipment to
    the client as large as it was.
    """

    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Stop what is not wanted any more before asking for what is."""
        if not self.env.context.get("skip_procurement"):
            for line in self.sudo().filtered("product_uom_id"):
                if line.state == "sale" and line.order_id.smarthome_object_id:
                    over = -line._get_missing_units()
                    if line.product_id.uom_id.compare(over, 0) > 0:
                        line._lower_underway(over)
        return super()._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)

    def _update_line_quantity(self, values):
        """Odoo refuses less than was delivered; a reduction is below zero and delivers nothing."""
        lines = self.filtered(lambda line: not line.smarthome_reduces_line_id)
        return super(SaleOrderLine, lines)._update_line_quantity(values)

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        """What needs no procurement any more: what is at the object or on its way there.

        Moves of one line gather more, or less, than they ship where something goes beyond the
        contract; so the first step of the chain, by which Odoo counts, tells nothing here. More
        than is ordered is never procured backwards: goods come back by returns.
        """
        self.ensure_one()
        if not self.order_id.smarthome_object_id:
            return super()._get_qty_procurement(previous_product_uom_qty)
        missing = self.product_id.uom_id._compute_quantity(
            max(self._get_missing_units(), 0.0), self.product_uom_id
        )
        return self.product_uom_qty - missing

    def _create_procurements(self, product_qty, procurement_uom, values):
        """Ask for what is missing to the piece: a part of a box is no round number of boxes."""
        unit = self.product_id.uom_id
        if self.order_id.smarthome_object_id and procurement_uom == unit != self.product_uom_id:
            product_qty = self._get_missing_units()
        return super()._create_procurements(product_qty, procurement_uom, values)

    def _get_missing_units(self):
        """What is ordered and neither at the object nor on its way there, in the product's unit.

        Below zero where more is on its way than is ordered. What the line's unit cannot express,
        e.g. one metre of a box of 305, is nothing.
        """
        self.ensure_one()
        underway = self.move_ids.filtered(lambda move: move._is_on_the_way())
        supplied = self._get_delivered_units() + sum(underway.mapped("product_qty"))
        missing = self._to_product_unit(self.product_uom_qty) - supplied
        in_unit = self.product_id.uom_id._compute_quantity(
            missing, self.product_uom_id, rounding_method="HALF-UP"
        )
        return 0.0 if self.product_uom_id.is_zero(in_unit) else missing

    def _lower_underway(self, quantity):
        """Ask for less: first of what is still in stock, then of what is staged.

        :param quantity: in the product's unit
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        moves = self.move_ids.filtered(lambda move: move._is_on_the_way())
        staged = {}
        for move in moves.sorted(lambda move: (move.location_dest_id._is_outgoing(), -move.id)):
            taken = min(quantity, move.product_qty)
            if unit.compare(taken, 0) > 0:
                if move.location_dest_id._is_outgoing():
                    move._add_reserved(staged, taken)
                move._lower_demand(taken)
                quantity -= taken
        if staged:
            self.order_id.smarthome_object_id._request_unstaging(self, staged)


class StockMove(models.Model):
    _inherit = "stock.move"

    def _add_reserved(self, staged, quantity):
        """Note where a part of the reserved goods lies, the latest reserved first.

        :param dict staged: quantities by place and lot, in the product's unit; filled in
        :param quantity: in the product's unit
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        free = quantity - (self.product_qty - self._get_quantity_in(unit))
        for row in self.move_line_ids.sorted("id", reverse=True):
            taken = min(free, row.quantity_product_uom)
            if unit.compare(taken, 0) > 0:
                key = (row.location_id, row.lot_id)
                staged[key] = staged.get(key, 0.0) + taken
                free -= taken


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def _request_unstaging(self, line, staged):
        """Make a transfer of staged goods that a contract does not want any more back to stock.

        :param line: of the contract
        :param dict staged: quantities by place and lot, in the product's unit
        :return: the picking, for the storekeeper
        """
        self.ensure_one()
        picking = self.env["stock.picking"].sudo()
        for (place, lot), quantity in staged.items():
            if not place._get_staged_object():
                continue
            if not picking:
                picking = picking.create(self._prepare_return_picking(place.warehouse_id, place))
            self.env["stock.move"].sudo().create(
                self._prepare_return_move(picking, place, line.product_id, lot, quantity, line)
            )
        picking.action_confirm()
        return picking
