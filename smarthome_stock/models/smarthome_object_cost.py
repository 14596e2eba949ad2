from odoo import fields, models

from odoo.addons.smarthome_crm.const import COST_GROUPS


class SmarthomeObject(models.Model):
    """The cost of an object: what its shipments cost at the moment they left."""

    _inherit = "smarthome.object"

    stock_move_ids = fields.One2many(
        comodel_name="stock.move",
        inverse_name="smarthome_object_id",
        string="Moves of Goods",
        groups=COST_GROUPS,
    )

    def _knows_shipments(self):
        return True

    def _get_cost_moves(self):
        """Done moves that make the object's cost: shipments, and returns to usable stock.

        :return: stock.move in sudo
        """
        moves = self.sudo().stock_move_ids
        return moves.filtered(
            lambda move: move.state == "done" and (move._is_shipment() or move._is_return())
        ).sorted("id")

    def _fetch_for_closing(self):
        super()._fetch_for_closing()
        record = self.sudo()
        record.stock_move_ids.fetch()
        moves = record.stock_move_ids | record.order_ids.order_line.move_ids
        (moves.location_id | moves.location_dest_id).fetch()
        record.order_ids.smarthome_extra_ids.fetch()
        record.picking_ids.fetch()
        record.with_context(active_test=False).staging_location_ids.quant_ids.fetch()

    def _get_profit_rows(self):
        """Put the real cost in place of the forecast one, warranty goods in a row of their own."""
        rows = super()._get_profit_rows()
        moves = self._get_cost_moves().grouped(lambda move: move._get_cost_code())
        result = []
        for row in rows:
            result.append(row)
            if row["code"] == "goods_cost":
                self._set_cost_fact(row, moves.get("goods_cost"))
                row["fact"] -= self._get_unmoved_cost()
                result += self._prepare_warranty_rows(moves.get("warranty_cost"))
        return [{**row, "sequence": position} for position, row in enumerate(result, 1)]

    def _set_cost_fact(self, row, moves):
        """Write what shipments cost into a row of the statement."""
        moves = moves or self.env["stock.move"]
        row["fact"] = -self.currency_id.round(sum(move._get_object_cost() for move in moves))
        row["res_model"], row["res_ids"] = "stock.move", moves.ids

    def _get_unmoved_cost(self):
        """Cost of goods shipped before there was a warehouse: by their frozen purchase price."""
        total = 0.0
        for order in self._get_signed_orders():
            lines = order.order_line.filtered(lambda line: line._is_shipped_by_hand())
            total += order._to_company_currency(sum(line._get_shipped_cost() for line in lines))
        return total

    def _prepare_warranty_rows(self, moves):
        if not moves:
            return []
        row = {"code": "warranty_cost", "name": self.env._("Warranty goods"), "forecast": 0.0}
        self._set_cost_fact(row, moves)
        return [row]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_shipped_quantity(self):
        """What left for the object less what came back, in the line's unit."""
        self.ensure_one()
        return self.qty_delivered

    def _prepare_qty_delivered(self):
        """Parts of a box add up to the box: they are counted in pieces, and rounded once."""
        quantities = super()._prepare_qty_delivered()
        for line in quantities:
            if line._is_counted_in_pieces():
                quantities[line] = line.product_id.uom_id._compute_quantity(
                    line._get_delivered_units(), line.product_uom_id, rounding_method="HALF-UP"
                )
        return quantities

    def _is_counted_in_pieces(self):
        """Tell whether goods of an object are sold in another unit than they are counted in."""
        self.ensure_one()
        is_moved = self.order_id.smarthome_object_id and self.qty_delivered_method == "stock_move"
        return bool(is_moved) and self.product_uom_id != self.product_id.uom_id

    def _get_delivered_units(self):
        """What is at the object, in the product's unit, to the piece."""
        self.ensure_one()
        if not self._is_counted_in_pieces():
            return self._to_product_unit(self.qty_delivered)
        unit = self.product_id.uom_id
        shipped, returned = (
            sum(move._get_quantity_in(unit) for move in moves if move.state == "done")
            for moves in self.sudo()._get_outgoing_incoming_moves()
        )
        return shipped - returned

    def _get_shipped_cost(self):
        """What the line's shipments cost when they left, in the contract's currency."""
        self.ensure_one()
        if self._is_shipped_by_hand():
            return super()._get_shipped_cost()
        order = self.order_id
        moves = self.sudo().move_ids.filtered(lambda move: move.state == "done")
        cost = sum(move._get_object_cost() for move in moves)
        return order._smarthome_round(cost * (order.currency_rate or 1.0))

    def _is_shipped_by_hand(self):
        """Tell whether a person wrote what was delivered, as before there was a warehouse."""
        return self.smarthome_kind == "goods" and self.qty_delivered_method != "stock_move"


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_cost_code(self):
        """Row of the profit statement to which the move belongs: goods, or warranty."""
        self.ensure_one()
        return "goods_cost"

    def _get_object_cost(self):
        """What the move adds to its object's cost, in company currency; returns are below zero."""
        self.ensure_one()
        if self._is_shipment():
            return self.value
        return -self.value if self._is_return() else 0.0

    def _is_shipment(self):
        """Tell whether the move brings goods to a client."""
        self.ensure_one()
        return self.location_dest_id.usage == "customer" and (self.is_out or self.is_dropship)

    def _is_return(self):
        """Tell whether the move brings goods back from a client into usable stock."""
        self.ensure_one()
        return self.location_id.usage == "customer" and self.is_in
