from odoo import models

#: what Odoo would ask the base for again for every new product
SHARED_DEFAULTS = ["lot_sequence_id", "has_available_route_ids"]


class SmarthomeImport(models.TransientModel):
    """With a warehouse, costs and vendors' prices leave traces: of a whole file at once."""

    _inherit = "smarthome.import"

    def _create_goods(self, rows):
        shared = self.env["product.template"].default_get(SHARED_DEFAULTS)
        for row in rows:
            row.payload["values"] = {**shared, **row.payload["values"]}
        super()._create_goods(rows)

    def _write_costs(self, costs):
        """Odoo keeps the history of costs product by product; here it is written together."""
        before = {product: product.standard_price for product in costs}
        quiet = self.env["product.product"].with_context(disable_auto_revaluation=True)
        super()._write_costs({quiet.browse(product.id): cost for product, cost in costs.items()})
        self.env["product.product"].concat(*costs)._change_standard_price(before)

    def _change_sellers(self, changes):
        self.env["product.supplierinfo"]._write_prices(changes)
