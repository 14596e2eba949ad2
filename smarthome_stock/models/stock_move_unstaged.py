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
