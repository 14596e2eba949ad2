from odoo import fields, models


class SmarthomeVendorPrice(models.Model):
    """A vendor's price that came into force: Odoo itself keeps the last one only."""

    _name = "smarthome.vendor.price"
    _description = "Vendor's Price"
    _order = "date desc, id desc"

    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Variant",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Vendor",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        ondelete="cascade",
        readonly=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    price = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        help="Of one unit of the product, in the company's currency, at the rate of the day.",
    )

    def init(self):
        """Begin the history with the prices that vendors had before."""
        self.env.cr.execute(
            """
            INSERT INTO smarthome_vendor_price
                   (product_tmpl_id, product_id, partner_id, company_id, date, price)
            SELECT seller.product_tmpl_id, seller.product_id, seller.partner_id, company.id,
                   COALESCE(seller.write_date, timezone('UTC', now())), seller.price
              FROM product_supplierinfo seller
              JOIN res_company company ON company.currency_id = seller.currency_id
                   AND company.id = COALESCE(seller.company_id, company.id)
              JOIN product_template template ON template.id = seller.product_tmpl_id
                   AND template.uom_id = seller.product_uom_id
             WHERE seller.price > 0
               AND NOT EXISTS (SELECT 1 FROM smarthome_vendor_price)
            """
        )
