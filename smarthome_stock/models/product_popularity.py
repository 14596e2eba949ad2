from odoo import api, fields, models

#: counts of one product: proposals signed with it, shipments of it to clients, but for
#: warranty; each within the window of its own company
_COUNT_POPULARITY = """
    WITH company AS (
        SELECT id, timezone('UTC', now())
                   - make_interval(months => GREATEST(smarthome_popularity_months, 1)) AS since
          FROM res_company
    ), counted AS (
        SELECT product_id, SUM(times)::int AS times
          FROM (
              SELECT line.product_id, COUNT(DISTINCT line.order_id) AS times
                FROM sale_order_line line
                JOIN sale_order signed ON signed.id = line.order_id
                JOIN company ON company.id = signed.company_id
               WHERE signed.state = 'sale'
                 AND signed.date_order >= company.since
                 AND line.smarthome_kind = 'goods'
                 AND line.smarthome_reduces_line_id IS NULL
            GROUP BY line.product_id
               UNION ALL
              SELECT move.product_id, COUNT(*)
                FROM stock_move move
                JOIN stock_location place ON place.id = move.location_dest_id
                JOIN company ON company.id = move.company_id
               WHERE move.state = 'done'
                 AND place.usage = 'customer'
                 AND move.date >= company.since
                 AND move.smarthome_is_warranty IS NOT TRUE
            GROUP BY move.product_id
          ) happened
      GROUP BY product_id
    )
    UPDATE product_product product
       SET smarthome_popularity = COALESCE(counted.times, 0)
      FROM product_product other
 LEFT JOIN counted ON counted.product_id = other.id
     WHERE other.id = product.id
       AND product.smarthome_popularity IS DISTINCT FROM COALESCE(counted.times, 0)
"""


class ProductProduct(models.Model):
    """How often a product is sold: counted every night, never typed."""

    _name = "product.product"
    _inherit = ["product.product", "smarthome.reach.mixin"]

    _kept_fields = ("smarthome_popularity",)

    smarthome_popularity = fields.Integer(
        string="Popularity",
        default=0,
        readonly=True,
        copy=False,
        help="In how many proposals it was signed and how many times it was shipped to clients "
        "within the months of the settings; counted every night.",
    )

    _smarthome_popular_idx = models.Index(
        "(COALESCE(is_favorite, FALSE) DESC, smarthome_popularity DESC, default_code, id)"
    )

    @api.model
    def _cron_count_popularity(self):
        """Count how often each product was sold lately: one query, whatever there is to count."""
        self.env.flush_all()
        self.env.cr.execute(_COUNT_POPULARITY)
        self.invalidate_model(["smarthome_popularity"])
