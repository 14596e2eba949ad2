from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS

#: moves that are still to come
_EXPECTED_STATES = ("waiting", "confirmed", "partially_available", "assigned")


class SaleOrder(models.Model):
    """The catalogue inside a proposal: popular goods with what one decides by."""

    _inherit = "sale.order"

    def action_smarthome_catalog(self):
        """Open the catalogue of popular goods, favourites first."""
        action = super().action_smarthome_catalog()
        kanban = self.env.ref("smarthome_stock.product_view_kanban_proposal")
        search = self.env.ref("smarthome_stock.product_view_search_proposal")
        return {
            **action,
            "name": self.env._("Catalog"),
            "views": [(kanban.id, "kanban"), (False, "form")],
            "search_view_id": [search.id, "search"],
        }

    def _get_product_catalog_order_line_info(
        self, product_ids, child_field=False, *, smarthome_supply=False, **kwargs
    ):
        """Add stock, and purchase prices for those who may know them, when the catalogue asks."""
        result = super()._get_product_catalog_order_line_info(
            product_ids, child_field=child_field, **kwargs
        )
        if not smarthome_supply:
            return result
        products = self.env["product.product"].browse(result)
        supply = self._get_catalog_supply(products)
        costs = self._get_catalog_costs(products)
        for product_id, info in result.items():
            info["supply"] = supply.get(product_id, False)
            info["costs"] = costs.get(product_id, False)
        return result

    # === SUPPLY === #

    def _get_catalog_supply(self, products):
        """What is free to use now and what is expected, in the proposal's warehouse.

        Goods at staging places belong to their objects, so only the stock itself counts. Read in
        sudo: whoever makes a proposal knows the quantities, not whose pickings they are.

        :return: dict {id of a product in stock: {free, expected, date}}
        """
        stored = products.filtered("is_storable")
        warehouse = self.sudo().warehouse_id
        if not stored or not warehouse:
            return {}
        free = self._get_catalog_free(stored, warehouse)
        expected = self._get_catalog_expected(stored, warehouse)
        result = {}
        for product in stored:
            quantity, moment = expected.get(product.id, (0.0, False))
            result[product.id] = {
                "free": max(product.uom_id.round(free.get(product.id, 0.0)), 0.0),
                "expected": product.uom_id.round(quantity),
                "date": moment
                and fields.Date.to_string(fields.Datetime.context_timestamp(self, moment).date()),
            }
        return result

    def _get_catalog_free(self, products, warehouse):
        quants = self.env["stock.quant"].sudo()
        domain = Domain("product_id", "in", products.ids) & Domain(
            "location_id", "child_of", warehouse.lot_stock_id.id
        )
        rows = quants._read_group(domain, ["product_id"], ["quantity:sum", "reserved_quantity:sum"])
        return {product.id: quantity - reserved for product, quantity, reserved in rows}

    def _get_catalog_expected(self, products, warehouse):
        """Quantity and nearest date of what vendors are still to bring."""
        moves = self.env["stock.move"].sudo()
        domain = (
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", _EXPECTED_STATES)
            & Domain("location_id.usage", "=", "supplier")
            & Domain("location_dest_id", "child_of", warehouse.view_location_id.id)
        )
        rows = moves._read_group(domain, ["product_id"], ["product_qty:sum", "date:min"])
        return {product.id: (quantity, moment) for product, quantity, moment in rows}

    # === COST === #

    def _get_catalog_costs(self, products):
        """Purchase prices, for those only who may know them.

        ``cost`` is the one that a line would take: the margin over it is the proposal's profit.

        :return: dict {id: {last, average, cost}} in the proposal's currency
        """
        if not self.env.su and not self.env.user.has_groups(PURCHASE_GROUPS):
            return {}
        products = products.with_company(self.company_id)
        prices = products._get_purchase_prices()
        factors = self._get_catalog_factors(products)
        result = {}
        for product in products:
            last, average = prices.get(product.id, (0.0, 0.0))
            factor = factors[product.id]
            result[product.id] = {
                "last": last * factor,
                "average": average * factor,
                "cost": product.sudo().standard_price * factor,
            }
        return result

    def _get_catalog_factors(self, products):
        """What turns a price of the company's currency and the product's unit into the line's."""
        rate = self.env["res.currency"]._get_conversion_rate(
            self.company_id.currency_id,
            self.currency_id,
            self.company_id,
            self.date_order.date(),
        )
        result = dict.fromkeys(products.ids, rate)
        for line in self.order_line:
            product = line.product_id
            if product.id in result and line.product_uom_id != product.uom_id:
                result[product.id] = product.uom_id._compute_price(rate, line.product_uom_id)
        return result
