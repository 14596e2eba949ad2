from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class StockMove(models.Model):
    """Nothing leaves a place of the warehouse that is not there.

    Odoo lets a typed quantity drive the stock below zero, and where a row is locked it writes a
    second one. Here the rows of product and place are locked first, so that of two people who
    take the same last goods the second waits, is repeated by Odoo and finds what is left.
    """

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        self._check_goods_are_there()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _check_goods_are_there(self):
        """Lock what is taken, then compare it with what lies there.

        :raise UserError: one message that lists everything of which there is too little
        """
        wanted = self._get_taken_quantities()
        if not wanted:
            return
        self.env.flush_all()
        products = {product.id for product, _place, _lot in wanted}
        places = {place.id for _product, place, _lot in wanted}
        self.env.execute_query(
            SQL(
                "SELECT id FROM stock_quant WHERE product_id IN %s AND location_id IN %s "
                "ORDER BY id FOR NO KEY UPDATE",
                tuple(products),
                tuple(places),
            )
        )
        there = self._get_quantities_there(products, places)
        problems = [
            self._describe_lack(*key, quantity, there)
            for key, quantity in wanted.items()
            if self._lacks(key, quantity, there)
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _get_taken_quantities(self):
        """What the moves take from places of the warehouse, in the products' units.

        :return: dict: (product, place, lot) -> quantity
        """
        moves = self.sudo().filtered(
            lambda move: (
                move.picking_id
                and move.state not in ("done", "cancel")
                and move.product_id.is_storable
            )
        )
        wanted = {}
        for line in moves.move_line_ids:
            if line.picked and line.location_id.usage == "internal" and line.quantity > 0:
                key = (line.product_id, line.location_id, line.lot_id)
                wanted[key] = wanted.get(key, 0.0) + line.quantity_product_uom
        return wanted

    def _get_quantities_there(self, products, places):
        """What lies at the places by product, place and lot, as the locked rows say."""
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [("product_id", "in", list(products)), ("location_id", "in", list(places))],
                ["product_id", "location_id", "lot_id"],
                ["quantity:sum"],
            )
        )
        return {(product, place, lot): quantity for product, place, lot, quantity in groups}

    def _lacks(self, key, quantity, there):
        product = key[0]
        return product.uom_id.compare(quantity, self._count_there(key, there)) > 0

    def _count_there(self, key, there):
        """Quantity of a number, and of goods whose number nobody wrote down."""
        product, place, lot = key
        keys = {key, (product, place, lot.browse())}
        return sum(there.get(one, 0.0) for one in keys)

    def _describe_lack(self, product, place, lot, quantity, there):
        name = product.display_name
        return self.env._(
            "%(product)s: %(wanted)s %(unit)s are wanted, only %(left)s are left at %(place)s. "
            "Somebody else took the rest.",
            product=f"{name} ({lot.name})" if lot else name,
            wanted=f"{quantity:g}",
            unit=product.uom_id.name,
            left=f"{max(self._count_there((product, place, lot), there), 0.0):g}",
            place=place.name,
        )
