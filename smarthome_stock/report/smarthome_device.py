from odoo import fields, models
from odoo.tools import SQL


class SmarthomeDevice(models.Model):
    """Devices by their serial numbers: which stands at which object, since when, with warranty.

    Counted from shipments and returns; a number that another one replaced under warranty is gone.
    """

    _name = "smarthome.device"
    _description = "Device at an Object"
    _auto = False
    _order = "object_id, product_id, id"
    _rec_name = "lot_id"
    _depends = {
        "stock.move": [
            "smarthome_object_id",
            "smarthome_is_warranty",
            "smarthome_replaced_lot_id",
            "state",
            "location_id",
            "location_dest_id",
        ],
        "stock.move.line": ["lot_id", "product_id", "quantity_product_uom", "state", "date"],
        "product.template": ["smarthome_warranty_months"],
        "smarthome.object": ["user_id", "engineer_id", "company_id"],
    }

    object_id = fields.Many2one(comodel_name="smarthome.object", string="Object", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Manager", readonly=True)
    engineer_id = fields.Many2one(
        comodel_name="res.users",
        string="Lead Engineer",
        readonly=True,
    )
    product_id = fields.Many2one(comodel_name="product.product", string="Product", readonly=True)
    lot_id = fields.Many2one(comodel_name="stock.lot", string="Serial Number", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    since = fields.Date(readonly=True, help="Day of the last shipment to the object.")
    warranty_until = fields.Date(readonly=True)
    is_warranty = fields.Boolean(string="Given under Warranty", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT stood.*, (stood.since + stood.months * INTERVAL '1 month')::date
                    AS warranty_until
                FROM (%s) stood
                WHERE stood.quantity > 0 AND NOT EXISTS (
                    SELECT 1 FROM stock_move replacing
                    WHERE replacing.smarthome_replaced_lot_id = stood.lot_id
                        AND replacing.smarthome_object_id = stood.object_id
                        AND replacing.state = 'done' AND replacing.date >= stood.moment
                )""",
            self._get_stood(),
        )

    def _get_stood(self):
        """What was shipped less what came back, by object and number."""
        return SQL(
            """SELECT MIN(row.id) AS id, move.smarthome_object_id AS object_id,
                object.company_id, object.user_id, object.engineer_id, row.product_id, row.lot_id,
                SUM(CASE WHEN target.usage = 'customer' THEN row.quantity_product_uom
                    ELSE -row.quantity_product_uom END) AS quantity,
                MAX(move.date) FILTER (WHERE target.usage = 'customer') AS moment,
                (MAX(move.date) FILTER (WHERE target.usage = 'customer'))::date AS since,
                NULLIF(template.smarthome_warranty_months, 0) AS months,
                BOOL_OR(move.smarthome_is_warranty IS TRUE) AS is_warranty
            FROM stock_move_line row
            JOIN stock_move move ON move.id = row.move_id
            JOIN stock_location source ON source.id = row.location_id
            JOIN stock_location target ON target.id = row.location_dest_id
            JOIN smarthome_object object ON object.id = move.smarthome_object_id
            JOIN product_product product ON product.id = row.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            WHERE row.state = 'done' AND row.lot_id IS NOT NULL
                AND (source.usage = 'customer') <> (target.usage = 'customer')
            GROUP BY move.smarthome_object_id, object.id, row.product_id, row.lot_id,
                template.smarthome_warranty_months"""
        )


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    device_ids = fields.One2many(
        comodel_name="smarthome.device",
        inverse_name="object_id",
        string="Devices",
        readonly=True,
    )
