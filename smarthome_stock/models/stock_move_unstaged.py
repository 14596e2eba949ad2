from odoo import models


class StockMove(models.Model):
    """Goods that leave a staging place otherwise than to the client are missing there again.

    Gatherings are returned, goods are scrapped or counted away: Odoo would let the shipment wait
    for what nobody gathers any more.
    """

    _inherit = "stock.move"

    def _settle_done(self):
        """What is gone from the place is asked for anew, as far as contracts need it."""
        result = super()._settle_done()
        lines = self.env["sale.order.line"].sudo()
        for move in self.sudo().filtered(lambda move: move._is_ungathering()):
            lines |= move._release_ungathered()
        lines._action_launch_stock_rule()
        return result

    def _is_ungathering(self):
        """Tell whether goods went from a staging place to anywhere but the client."""
        self.ensure_one()
        return (
            self.state == "done"
            and self.product_id.is_storable
            and self.location_id._get_staged_object()
            and not self.location_dest_id._get_staged_object()
            and not self.location_dest_id._is_outgoing()
        )

    def _release_ungathered(self):
        """Lower the shipments that wait for more than what is left at the place.

        :return: lines of contracts whose goods are missing again
        """
        self.ensure_one()
        site, place, product = self.smarthome_object_id, self.location_id, self.product_id
        quants = site._get_staged_quants().filtered(
            lambda quant: quant.product_id == product and quant.location_id._child_of(place)
        )
        waiting = site._get_waiting_shipments(place, product)
        over = sum(waiting.mapped("product_qty")) - sum(quants.mapped("quantity"))
        quantity = min(over, self._get_quantity_in(product.uom_id))
        released = site._release_staged(place, product, quantity)
        return self.env["sale.order.line"].concat(*(line for line, _part in released))


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def _ask_for_missing(self):
        """Ask the stock for what contracts miss and nobody gathers, as after a cancelled transfer.

        Not while goods lie at the places that no shipment waits for: those are the missing ones.
        """
        self.ensure_one()
        record = self.sudo()
        lines = record._get_signed_orders().order_line.filtered(
            lambda line: (
                line.smarthome_kind == "goods"
                and line.qty_delivered_method == "stock_move"
                and line.product_id.uom_id.compare(line._get_missing_units(), 0) > 0
            )
        )
        idle = lines and record._get_idle_goods()
        lines.filtered(lambda line: line.product_id not in idle)._action_launch_stock_rule()

    def _get_idle_goods(self):
        """Products of which more lies at the staging places than shipments wait for."""
        idle = self.env["product.product"]
        for product, quants in self._get_staged_quants().grouped("product_id").items():
            waiting = self.env["stock.move"]
            for place in quants.location_id:
                waiting |= self._get_waiting_shipments(place, product)
            over = sum(quants.mapped("quantity")) - sum(waiting.mapped("product_qty"))
            if product.uom_id.compare(over, 0) > 0:
                idle |= product
        return idle
