from odoo import api, models


class StockForecastedProductProduct(models.AbstractModel):
    """The forecast of a product is for everybody who works with the stock.

    Odoo reads the orders behind the moves, with their sums, as the person who looks. Here the
    program reads them, and only what he may open is left: nobody sees a sum, and whoever may not
    open an order gets its transfer.
    """

    _inherit = "stock.forecasted_product_product"

    def _prepare_report_line(self, quantity, move_out=None, move_in=None, **options):
        if not options.get("read", True):
            return super()._prepare_report_line(quantity, move_out, move_in, **options)
        line = super()._prepare_report_line(
            quantity, move_out and move_out.sudo(), move_in and move_in.sudo(), **options
        )
        for name, move in (("document_out", move_out), ("document_in", move_in)):
            line[name] = line[name] and self._get_document_to_open(line[name], move)
        if move_out and move_out.picking_id:
            line["move_out"]["picking_id"].pop("sale_id", None)
        return line

    @api.model
    def _get_document_to_open(self, document, move):
        """The order of a move, or its transfer for whoever may not open the order."""
        record = self.env[document["_name"]].browse(document["id"])
        return document if record.has_access("read") else self._get_reservation_data(move)

    def _product_sale_domain(self, product_template_ids, product_ids):
        """Proposals that the reader may open; of the others he knows nothing."""
        domain = super()._product_sale_domain(product_template_ids, product_ids)
        return [*domain, *self._get_readable_domain("sale.order")]

    def _product_purchase_domain(self, product_template_ids, product_ids):
        """Orders to vendors that the reader may open."""
        domain = super()._product_purchase_domain(product_template_ids, product_ids)
        return [*domain, *self._get_readable_domain("purchase.order")]

    @api.model
    def _get_readable_domain(self, model):
        orders = self.env[model]
        ids = orders._search([]) if orders.has_access("read") else []
        return [("order_id", "in", ids)]
