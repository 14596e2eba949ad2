from odoo import fields, models
from odoo.tools import SQL

#: orders are in their own currency, bills and vendors' prices in the company's
_RECEIPTS = """
    SELECT move.id * 3 AS id, move.date, move.product_id, product.product_tmpl_id,
           purchase.partner_id, move.company_id, 'receipt' AS source,
           purchase.name AS reference, move.quantity * unit.factor / own.factor AS quantity,
           line.price_subtotal / NULLIF(line.product_uom_qty, 0)
               / COALESCE(NULLIF(purchase.currency_rate, 0), 1) AS price
      FROM stock_move move
      JOIN stock_location place ON place.id = move.location_id AND place.usage = 'supplier'
      JOIN purchase_order_line line ON line.id = move.purchase_line_id
      JOIN purchase_order purchase ON purchase.id = line.order_id
      JOIN product_product product ON product.id = move.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom unit ON unit.id = move.product_uom
      JOIN uom_uom own ON own.id = template.uom_id
     WHERE move.state = 'done' AND line.product_uom_qty > 0
"""
_BILLS = """
    SELECT line.id * 3 + 1, bill.invoice_date::timestamp, line.product_id,
           product.product_tmpl_id, bill.commercial_partner_id, bill.company_id, 'bill',
           bill.name, line.quantity * unit.factor / own.factor,
           ABS(line.balance) / NULLIF(line.quantity * unit.factor / own.factor, 0)
      FROM account_move_line line
      JOIN account_move bill ON bill.id = line.move_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom own ON own.id = template.uom_id
      JOIN uom_uom unit ON unit.id = COALESCE(line.product_uom_id, own.id)
     WHERE bill.move_type = 'in_invoice' AND bill.state = 'posted'
       AND line.display_type = 'product' AND line.quantity > 0
"""
_VENDOR_PRICES = """
    SELECT price.id * 3 + 2, price.date,
           COALESCE(price.product_id, product.id), price.product_tmpl_id, price.partner_id,
           price.company_id, 'vendor', NULL, NULL::numeric, price.price
      FROM smarthome_vendor_price price
 LEFT JOIN LATERAL (
               SELECT MIN(variant.id) AS id FROM product_product variant
                WHERE variant.product_tmpl_id = price.product_tmpl_id AND variant.active
           ) product ON price.product_id IS NULL
"""


class SmarthomePriceHistory(models.Model):
    """What a product cost: receipts of purchase orders, vendors' bills, vendors' price lists."""

    _name = "smarthome.price.history"
    _description = "Purchase Price History"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "account.move": ["commercial_partner_id", "invoice_date", "move_type", "name", "state"],
        "account.move.line": [
            "balance",
            "display_type",
            "product_id",
            "product_uom_id",
            "quantity",
        ],
        "product.product": ["active", "product_tmpl_id"],
        "product.template": ["uom_id"],
        "purchase.order": ["currency_rate", "name", "partner_id"],
        "purchase.order.line": ["price_subtotal", "product_uom_qty"],
        "smarthome.vendor.price": ["date", "partner_id", "price", "product_id", "product_tmpl_id"],
        "stock.location": ["usage"],
        "stock.move": [
            "date",
            "product_id",
            "product_uom",
            "purchase_line_id",
            "quantity",
            "state",
        ],
        "uom.uom": ["factor"],
    }
    _rec_name = "reference"

    date = fields.Datetime(readonly=True)
    product_id = fields.Many2one(comodel_name="product.product", string="Product", readonly=True)
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product Card",
        readonly=True,
    )
    partner_id = fields.Many2one(comodel_name="res.partner", string="Vendor", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Selection(
        selection=[
            ("receipt", "Receipt"),
            ("bill", "Vendor's bill"),
            ("vendor", "Vendor's price"),
        ],
        readonly=True,
    )
    reference = fields.Char(string="Document", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price = fields.Float(
        string="Purchase Price",
        digits="Product Price",
        readonly=True,
        aggregator="avg",
        help="Of one unit of the product, without tax, in the company's currency.",
    )

    @property
    def _table_query(self):
        return SQL(" UNION ALL ".join((_RECEIPTS, _BILLS, _VENDOR_PRICES)))
