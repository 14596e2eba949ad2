from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS


class SmarthomeWarrantyReport(models.Model):
    """Warranty goods by what failed and who sold it to us, with what they cost."""

    _name = "smarthome.warranty.report"
    _description = "Warranty Goods"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"
    _depends = {
        "stock.move": [
            "smarthome_object_id",
            "smarthome_is_warranty",
            "smarthome_replaces_id",
            "smarthome_warranty_reason",
            "state",
            "date",
            "value",
            "quantity",
            "product_uom",
            "purchase_line_id",
        ],
        "product.supplierinfo": ["partner_id", "sequence"],
        "smarthome.object": ["user_id", "company_id"],
    }

    date = fields.Date(readonly=True)
    object_id = fields.Many2one(comodel_name="smarthome.object", string="Object", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Manager", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Given",
        readonly=True,
    )
    replaced_id = fields.Many2one(
        comodel_name="product.product",
        string="Failed",
        readonly=True,
    )
    vendor_id = fields.Many2one(
        comodel_name="res.partner",
        string="Vendor",
        readonly=True,
        help="Who sold us the failed goods last before, else the first of their vendors.",
    )
    reason = fields.Char(readonly=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="In the product's unit; unused goods that came back are taken off.",
    )
    cost = fields.Monetary(readonly=True, groups=PURCHASE_GROUPS)

    @property
    def _table_query(self):
        return SQL(
            """SELECT move.id, move.date::date AS date, move.smarthome_object_id AS object_id,
                object.user_id, move.company_id, company.currency_id, move.product_id,
                COALESCE(move.smarthome_replaces_id, move.product_id) AS replaced_id,
                (%(vendor)s) AS vendor_id, move.smarthome_warranty_reason AS reason,
                way.sign * move.quantity * unit.factor / own.factor AS quantity,
                way.sign * COALESCE(move.value, 0) AS cost
            FROM stock_move move
            JOIN smarthome_object object ON object.id = move.smarthome_object_id
            JOIN res_company company ON company.id = move.company_id
            JOIN product_product product ON product.id = move.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            JOIN uom_uom unit ON unit.id = move.product_uom
            JOIN uom_uom own ON own.id = template.uom_id
            JOIN stock_location source ON source.id = move.location_id
            JOIN stock_location target ON target.id = move.location_dest_id
            CROSS JOIN LATERAL (
                SELECT CASE WHEN target.usage = 'customer' THEN 1 ELSE -1 END AS sign
            ) way
            WHERE move.smarthome_is_warranty AND move.state = 'done'
                AND (source.usage = 'customer') <> (target.usage = 'customer')""",
            vendor=self._get_vendor(),
        )

    def _get_vendor(self):
        """Who sold us the failed goods last before the warranty, else their first vendor."""
        return SQL(
            """SELECT COALESCE(
                (
                    SELECT bought.partner_id FROM stock_move receipt
                    JOIN purchase_order_line bought ON bought.id = receipt.purchase_line_id
                    WHERE receipt.product_id = COALESCE(
                            move.smarthome_replaces_id, move.product_id
                        )
                        AND receipt.state = 'done' AND receipt.date <= move.date
                        AND receipt.company_id = move.company_id
                    ORDER BY receipt.date DESC, receipt.id DESC LIMIT 1
                ), (
                    SELECT seller.partner_id FROM product_supplierinfo seller
                    JOIN product_product failed ON failed.product_tmpl_id = seller.product_tmpl_id
                    WHERE failed.id = COALESCE(move.smarthome_replaces_id, move.product_id)
                    ORDER BY seller.sequence, seller.id LIMIT 1
                )
            )"""
        )
