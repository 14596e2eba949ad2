from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS

#: of each product the last purchase, and all of the window together
_PRICES = """
    SELECT product_id, last_price, average_price
      FROM (
          SELECT product_id,
                 (ARRAY_AGG(price ORDER BY (source = 'receipt') DESC, date DESC, id DESC))[1]
                     AS last_price,
                 SUM(price * quantity) FILTER (WHERE source = 'receipt' AND date >= %(since)s)
                 / NULLIF(SUM(quantity) FILTER (WHERE source = 'receipt' AND date >= %(since)s), 0)
                     AS average_price
            FROM %(history)s history
           WHERE product_id IN %(products)s AND product_tmpl_id IN %(templates)s
             AND company_id = %(company)s
             AND source IN ('receipt', 'vendor')
        GROUP BY product_id
      ) prices
"""


class ProductProduct(models.Model):
    """What a product cost lately, for those who may know."""

    _inherit = "product.product"

    smarthome_last_purchase_price = fields.Float(
        string="Last Purchase Price",
        min_display_digits="Product Price",
        compute="_compute_smarthome_purchase_prices",
        groups=PURCHASE_GROUPS,
        help="Of the last receipt by a purchase order; before the first one, the vendor's price.",
    )
    smarthome_average_purchase_price = fields.Float(
        string="Average Purchase Price",
        min_display_digits="Product Price",
        compute="_compute_smarthome_purchase_prices",
        groups=PURCHASE_GROUPS,
        help="Of all that was received within the months of popularity, by quantity.",
    )

    @api.depends_context("company")
    def _compute_smarthome_purchase_prices(self):
        prices = self._get_purchase_prices()
        for product in self:
            last, average = prices.get(product._origin.id, (0.0, 0.0))
            product.smarthome_last_purchase_price = last
            product.smarthome_average_purchase_price = average

    def _get_purchase_prices(self):
        """Last and average purchase price of each product, with one query.

        The caller looks after who may know them.

        :return: dict {id: (last, average)} in the currency of the company, per product's unit
        """
        if not self.ids:
            return {}
        company = self.env.company
        query = SQL(
            _PRICES,
            since=company._get_popularity_since(),
            history=self.env["smarthome.price.history"]._table_sql,
            products=tuple(self.ids),
            templates=tuple(self.product_tmpl_id.ids),
            company=company.id,
        )
        rows = self.env.execute_query(query)
        return {product: (last or 0.0, average or 0.0) for product, last, average in rows}

    def action_smarthome_price_history(self):
        """Open the history of the purchase prices of these products."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smarthome_stock.smarthome_price_history_action"
        )
        return {
            **action,
            "domain": [("product_id", "in", self.ids)],
            "view_mode": "graph,list,kanban,pivot",
            "views": sorted(action["views"], key=lambda view: view[1] != "graph"),
        }


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_smarthome_price_history(self):
        """Open the history of the purchase prices of all variants."""
        return self.product_variant_ids.action_smarthome_price_history()
