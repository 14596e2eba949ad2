from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Shipments to objects against their contracts: what goes beyond becomes an extra line.

    Settled just before the moves are done, so that every move belongs to one line and has a value
    of its own; both loops by which sale_stock makes order lines find nothing left.
    """

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Put what is shipped to objects onto lines of their contracts, and take returns in."""
        of_objects = self.filtered(
            lambda move: move.smarthome_object_id and move.state not in ("done", "cancel")
        )
        if not of_objects:
            return super()._action_done(cancel_backorder=cancel_backorder)
        split_off = of_objects._settle_shipments()
        split_off |= of_objects._link_returns()
        moves = super(StockMove, self | split_off)._action_done(cancel_backorder=cancel_backorder)
        moves.filtered(lambda move: move.smarthome_object_id)._settle_done()
        return moves

    def _action_synch_order(self):
        """Lines of objects' contracts are made by the house, not by sale_stock."""
        ordinary = self.filtered(lambda move: not move.smarthome_object_id)
        return super(StockMove, ordinary)._action_synch_order()

    # === BEFORE === #

    def _settle_shipments(self):
        """Bring shipments in line with what is ordered.

        :return: moves that were split off, on the same pickings
        """
        moves = self.sudo().filtered(lambda move: move._goes_to_client())
        moves._check_object_takes_goods()
        moves = moves.filtered(lambda move: not move.smarthome_is_warranty)
        if not moves:
            return self.browse()
        contracts = {move: move._get_contract_of_extra() for move in moves}
        orders = self.env["sale.order"].sudo().concat(*contracts.values())
        orders._lock_shipping()
        shares = moves._share_out(contracts)
        return moves._apply_shares(shares, contracts).sudo(self.env.su)

    def _goes_to_client(self):
        """Tell whether the move is about to take goods to the client."""
        self.ensure_one()
        return (
            self.picked
            and self.product_uom.compare(self.quantity, 0) > 0
            and self.location_dest_id._is_outgoing()
            and not self.location_id._is_outgoing()
        )

    def _check_object_takes_goods(self):
        """Refuse to ship to closed objects; warranty goods are a late truth of their profit."""
        ordinary = self.filtered(lambda move: not move.smarthome_is_warranty)
        if ordinary:
            ordinary.smarthome_object_id._check_still_open()

    def _get_contract_of_extra(self):
        self.ensure_one()
        contract = self._get_shipment_contract()
        if not contract:
            raise UserError(
                self.env._(
                    "%(object)s has no signed contract in which %(product)s could stand.",
                    object=self.smarthome_object_id.display_name,
                    product=self.product_id.display_name,
                )
            )
        return contract

    def _get_picked_quantity(self):
        """What is about to leave, in the product's unit."""
        self.ensure_one()
        picked = self.move_line_ids.filtered("picked")
        return sum(picked.mapped("quantity_product_uom"))

    def _share_out(self, contracts):
        """Share the moves' quantities out over lines that still wait for them.

        First each move serves its own line; what is left serves other lines of the same product
        in the same contract, one after the other.

        :param dict contracts: contract by move
        :return: dict by move of lists of (line, quantity in the product's unit); a rest without
            a line goes beyond the contract
        """
        left = {}
        rest = {move: move._get_picked_quantity() for move in self}
        shares = {move: [] for move in self}

        def take(move, line):
            if line not in left:
                left[line] = line._get_awaited_quantity()
            taken = min(rest[move], left[line])
            if move.product_id.uom_id.compare(taken, 0) > 0:
                shares[move].append((line, taken))
                left[line] -= taken
                rest[move] -= taken

        for move in self.filtered("sale_line_id"):
            take(move, move.sale_line_id)
        for move in self:
            if move.product_id.uom_id.compare(rest[move], 0) > 0:
                for line in contracts[move]._get_lines_of(move.product_id):
                    take(move, line)
        nobody = self.env["sale.order.line"]
        for move in self:
            if move.product_id.uom_id.compare(rest[move], 0) > 0:
                shares[move].append((nobody, rest[move]))
        return shares

    def _apply_shares(self, shares, contracts):
        """Split the moves by their shares and link each part to its line.

        :return: the moves that were split off
        """
        beyond = self.filtered(lambda move: not shares[move][-1][0])
        extra_lines = beyond._get_extra_lines(shares, contracts)
        split_off = self.browse()
        for move in self:
            for line, quantity in shares[move][1:]:
                part = move._split_off(quantity)
                part.sale_line_id = line or extra_lines[move]
                split_off |= part
            line = shares[move][0][0] or extra_lines[move]
            if move.sale_line_id != line:
                move.sale_line_id = line
        return split_off

    def _get_extra_lines(self, shares, contracts):
        """Find or make the lines of what goes beyond the contracts.

        :return: dict of lines by move
        """
        wanted, keys = {}, {}
        for move in self:
            beyond = shares[move][-1][1]
            uom = move._get_unit_of_part(beyond)
            quantity = move.product_id.uom_id._compute_quantity(
                beyond, uom, rounding_method="HALF-UP"
            )
            keys[move] = (contracts[move], move.product_id, uom)
            exceeded, before = wanted.get(keys[move], (move.sale_line_id, 0.0))
            wanted[keys[move]] = (exceeded or move.sale_line_id, before + quantity)
        lines = {
            (order, product, uom): order._add_extra(product, uom, quantity, exceeded)
            for (order, product, uom), (exceeded, quantity) in wanted.items()
        }
        return {move: lines[keys[move]] for move in self}

    def _get_unit_of_part(self, quantity):
        """The move's own unit where a part can be told in it exactly, else the product's.

        :param quantity: in the product's unit
        """
        self.ensure_one()
        unit, own = self.product_id.uom_id, self.product_uom
        part = unit._compute_quantity(quantity, own, rounding_method="HALF-UP")
        back = own._compute_quantity(part, unit, rounding_method="HALF-UP")
        return unit if unit.compare(back, quantity) else own

    def _split_off(self, quantity):
        """Split a part off a move that is about to be done, with its lots and places.

        :param quantity: in the product's unit
        :return: the new move
        """
        self.ensure_one()
        unit, uom = self.product_id.uom_id, self._get_unit_of_part(quantity)
        part = unit._compute_quantity(quantity, self.product_uom, rounding_method="HALF-UP")
        demand = max(self.product_uom_qty, self.quantity) - part
        values = self.with_context(force_split_uom_id=uom.id)._prepare_move_split_vals(
            unit._compute_quantity(quantity, uom, rounding_method="HALF-UP")
        )
        move = self.create({**self.copy_data(values)[0], "sale_line_id": False})
        left = quantity
        for row in self.move_line_ids.filtered("picked").sorted("id", reverse=True):
            taken = min(left, row.quantity_product_uom)
            if unit.compare(taken, 0) > 0:
                row._give_to(move, taken)
                left -= taken
        self.with_context(do_not_unreserve=True).write({"product_uom_qty": demand})
        move.picked = True
        return move

    # === AFTER === #

    def _settle_done(self):
        """Tell the contracts what came back, and closed objects what became known."""
        moves = self.sudo().filtered(lambda move: move.state == "done")
        returned = moves.filtered(
            lambda move: move.location_id._is_outgoing() and move.to_refund and move.sale_line_id
        )
        for line, of_line in returned.grouped("sale_line_id").items():
            line._take_returned(sum(move._get_quantity_in(line.product_uom_id) for move in of_line))
        crossing = moves.filtered(
            lambda move: move.location_id._is_outgoing() != move.location_dest_id._is_outgoing()
        )
        for site, of_site in crossing.grouped("smarthome_object_id").items():
            if site.stage == "closed":
                names = ", ".join(of_site.picking_id.mapped("name"))
                site._restate(self.env._("Shipment: %(names)s", names=names))
                if not site._get_open_pickings() and not site._may_hold_goods():
                    site._archive_staging()

    def _get_quantity_in(self, uom):
        """Quantity of the move in another unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(self.quantity, uom, rounding_method="HALF-UP")


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _give_to(self, move, quantity):
        """Give a part of the row, or all of it, to another move.

        :param quantity: in the product's unit
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        if unit.compare(quantity, self.quantity_product_uom) >= 0:
            self.move_id = move
            return
        part = unit._compute_quantity(quantity, self.product_uom_id, rounding_method="HALF-UP")
        self.quantity -= part
        self.copy({"move_id": move.id, "quantity": part, "picked": True})
