from odoo import api, fields, models
from odoo.tools import SQL


class SmarthomeObjectLine(models.Model):
    """Where the goods of each line are, from the request to the installation.

    ``gone`` is what left the stock for the line: staged and shipped. Of it what the requests did
    not ask for (``stocked``) came from the stock, as far as more left it, or is reserved there,
    than was received; the rest is of what was requested, and what remains requested, ordered and
    received is still to come to the line.
    """

    _inherit = "smarthome.object.line"
    _depends = {
        "sale.order.line": ["qty_delivered"],
        "purchase.request.line": [
            "smarthome_sale_line_id",
            "smarthome_quantity",
            "smarthome_ordered_quantity",
            "smarthome_received_quantity",
            "smarthome_demand_quantity",
            "smarthome_expected_date",
            "date_required",
        ],
        "stock.move": [
            "sale_line_id",
            "state",
            "quantity",
            "product_uom",
            "location_id",
            "location_dest_id",
        ],
        "stock.location": ["smarthome_object_id"],
    }

    to_request_quantity = fields.Float(string="To Request", digits="Product Unit", readonly=True)
    requested_quantity = fields.Float(string="Requested", digits="Product Unit", readonly=True)
    ordered_quantity = fields.Float(string="Ordered", digits="Product Unit", readonly=True)
    received_quantity = fields.Float(string="Received", digits="Product Unit", readonly=True)
    staged_quantity = fields.Float(string="Staged", digits="Product Unit", readonly=True)
    needed_date = fields.Date(string="Needed by", readonly=True)
    expected_date = fields.Date(string="Expected on", readonly=True)
    supply_state = fields.Selection(
        selection=[
            ("to_request", "To Request"),
            ("requested", "Requested"),
            ("ordered", "Ordered"),
            ("received", "Received"),
            ("staged", "Staged"),
            ("shipped", "Shipped"),
            ("installed", "Installed"),
        ],
        string="Supply",
        readonly=True,
        help="Where that part of the line is which is furthest behind.",
    )

    @api.model
    def _get_columns(self):
        return SQL(
            """%s, CASE WHEN coming.missing > %s THEN coming.missing ELSE 0 END
            AS to_request_quantity,
            supply.requested AS requested_quantity, supply.ordered AS ordered_quantity,
            supply.received AS received_quantity, staging.staged AS staged_quantity,
            supply.needed AS needed_date,
            CASE WHEN coming.ordered > coming.received + %s THEN supply.expected END
            AS expected_date, %s AS supply_state""",
            super()._get_columns(),
            self._get_nothing(),
            self._get_nothing(),
            self._get_state_column(),
        )

    @api.model
    def _get_nothing(self):
        """Below this a quantity is nothing: half of the smallest part of a unit."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return 10**-digits / 2

    @api.model
    def _get_installed_column(self):
        """Quantity that the engineer confirmed as installed, in the line's unit."""
        field = self.env["sale.order.line"]._fields.get("smarthome_installed_quantity")
        if field and field.store:
            return SQL("COALESCE(line.smarthome_installed_quantity, 0)")
        return SQL("0::float")

    @api.model
    def _get_state_column(self):
        return SQL(
            """CASE WHEN line.smarthome_kind <> 'goods'
                OR GREATEST(line.product_uom_qty, line.qty_delivered) <= 0 THEN NULL
            WHEN %(installed)s >= GREATEST(line.product_uom_qty, line.qty_delivered) THEN 'installed'
            WHEN line.qty_delivered >= line.product_uom_qty - %(nothing)s THEN 'shipped'
            WHEN coming.wanted <= %(nothing)s THEN 'staged'
            WHEN coming.missing > %(nothing)s THEN 'to_request'
            WHEN coming.ordered < coming.wanted - %(nothing)s THEN 'requested'
            WHEN coming.received < coming.wanted - %(nothing)s THEN 'ordered'
            ELSE 'received' END""",
            installed=self._get_installed_column(),
            nothing=self._get_nothing(),
        )

    @api.model
    def _get_tables(self):
        return SQL(
            """%s
            LEFT JOIN product_product product ON product.id = line.product_id
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
            LEFT JOIN uom_uom product_unit ON product_unit.id = template.uom_id
            CROSS JOIN LATERAL %s supply
            CROSS JOIN LATERAL %s staging
            CROSS JOIN LATERAL %s gone
            CROSS JOIN LATERAL %s coming""",
            super()._get_tables(),
            self._get_supply_table(),
            self._get_staging_table(),
            self._get_gone_table(),
            self._get_coming_table(),
        )

    @api.model
    def _get_supply_table(self):
        """What is requested, ordered and received for a line, in the line's unit."""
        return SQL(
            """(SELECT COALESCE(SUM(asked.smarthome_quantity) * %(factor)s, 0) AS requested,
                COALESCE(SUM(asked.smarthome_ordered_quantity) * %(factor)s, 0) AS ordered,
                COALESCE(SUM(asked.smarthome_received_quantity) * %(factor)s, 0) AS received,
                COALESCE(MAX(asked.smarthome_demand_quantity) * %(factor)s, 0) AS demand,
                MAX(asked.smarthome_expected_date) AS expected,
                MIN(asked.date_required) AS needed
            FROM purchase_request_line asked
            WHERE asked.smarthome_sale_line_id = line.id)""",
            factor=SQL("product_unit.factor / NULLIF(unit.factor, 0)"),
        )

    @api.model
    def _get_staging_table(self):
        """What lies at the object's place for a line and what is reserved for it, in its unit.

        What was gathered for the line and shipped beyond it left the place too.
        """
        return SQL(
            """(SELECT GREATEST(COALESCE(SUM(
                (target.smarthome_object_id IS NOT DISTINCT FROM object.id)::int * %(moved)s
                - (source.smarthome_object_id IS NOT DISTINCT FROM object.id)::int * %(moved)s
            ) FILTER (WHERE move.state = 'done'), 0), 0) AS staged,
            COALESCE(SUM(%(moved)s) FILTER (
                WHERE move.state <> 'done' AND target.smarthome_object_id = object.id
            ), 0) AS reserved
            FROM stock_move move
            JOIN uom_uom move_unit ON move_unit.id = move.product_uom
            JOIN stock_location source ON source.id = move.location_id
            JOIN stock_location target ON target.id = move.location_dest_id
            WHERE move.sale_line_id IN (
                    SELECT line.id UNION ALL SELECT extra.id FROM sale_order_line extra
                    WHERE extra.smarthome_exceeds_line_id = line.id
                )
                AND move.state IN ('done', 'assigned', 'partially_available')
                AND line.smarthome_kind = 'goods')""",
            moved=SQL("move.quantity * move_unit.factor / NULLIF(unit.factor, 0)"),
        )

    @api.model
    def _get_gone_table(self):
        """What left the stock for a line, and what of it no request asked for."""
        return SQL(
            """(SELECT staging.staged + COALESCE(line.qty_delivered, 0) AS total,
                GREATEST(LEAST(
                    supply.demand - supply.requested,
                    staging.staged + COALESCE(line.qty_delivered, 0) + staging.reserved
                        - supply.received
                ), 0) AS stocked)"""
        )

    @api.model
    def _get_coming_table(self):
        """What a line still wants, and how far that is: missing, ordered, received."""
        used = SQL("GREATEST(gone.total - gone.stocked, 0)")
        return SQL(
            """(SELECT line.product_uom_qty - gone.total AS wanted,
                CASE WHEN line.smarthome_kind = 'goods' THEN line.product_uom_qty - gone.total
                    - GREATEST(supply.requested - %(used)s, 0) ELSE 0 END AS missing,
                GREATEST(supply.ordered - %(used)s, 0) AS ordered,
                GREATEST(supply.received - %(used)s, 0) AS received)""",
            used=used,
        )
