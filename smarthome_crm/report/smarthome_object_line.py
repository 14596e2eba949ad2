from odoo import api, fields, models
from odoo.tools import SQL

from ..const import PAY_GROUPS


class SmarthomeObjectLine(models.Model):
    """Goods and works of signed proposals for those who may not see commercial prices.

    A line has the identifier of its order line. Other addons add columns by ``_get_columns``.
    """

    _name = "smarthome.object.line"
    _description = "Goods or Work of an Object"
    _auto = False
    _order = "order_id, sequence, id"
    _rec_name = "product_id"
    _depends = {
        "sale.order": [
            "state",
            "smarthome_object_id",
            "smarthome_signed_coefficient",
            "smarthome_usual_coefficient",
            "smarthome_work_coefficient",
        ],
        "sale.order.line": [
            "order_id",
            "sequence",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "smarthome_kind",
            "smarthome_rate",
            "smarthome_done_quantity",
        ],
        "smarthome.object": ["engineer_id", "user_id", "company_id"],
    }

    order_id = fields.Integer(string="Number of the Contract", readonly=True)
    contract = fields.Char(readonly=True)
    object_id = fields.Many2one(comodel_name="smarthome.object", string="Object", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Manager", readonly=True)
    engineer_id = fields.Many2one(
        comodel_name="res.users",
        string="Lead Engineer",
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(
        selection=[("goods", "Goods"), ("work", "Work"), ("other", "Other")],
        readonly=True,
    )
    product_id = fields.Many2one(comodel_name="product.product", string="Product", readonly=True)
    article = fields.Char(related="product_id.default_code", string="Article")
    uom_id = fields.Many2one(comodel_name="uom.uom", string="Unit", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    done_quantity = fields.Float(string="Quantity Done", digits="Product Unit", readonly=True)
    left_quantity = fields.Float(string="Left", digits="Product Unit", readonly=True)
    rate = fields.Float(digits="Product Price", readonly=True, groups=PAY_GROUPS)
    coefficient = fields.Float(
        digits=(16, 4),
        readonly=True,
        groups=PAY_GROUPS,
        help="Coefficient of work payment of the contract.",
    )
    pay = fields.Monetary(
        readonly=True,
        groups=PAY_GROUPS,
        help="Quantity x rate x coefficient of the contract, rounded at the line.",
    )

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s FROM %s WHERE %s", self._get_columns(), self._get_tables(), self._get_where()
        )

    @api.model
    def _get_columns(self):
        """Columns of the query; other addons append theirs."""
        return SQL(
            """line.id, line.order_id, COALESCE(proposal.smarthome_contract_number, proposal.name)
            AS contract, proposal.smarthome_object_id AS object_id, proposal.company_id,
            proposal.currency_id, object.user_id, object.engineer_id, line.sequence,
            line.smarthome_kind AS kind, line.product_id, line.product_uom_id AS uom_id,
            line.product_uom_qty AS quantity, line.smarthome_done_quantity AS done_quantity,
            CASE WHEN line.smarthome_kind = 'work'
                THEN line.product_uom_qty - COALESCE(line.smarthome_done_quantity, 0)
                ELSE 0 END AS left_quantity,
            line.smarthome_rate AS rate, %(coefficient)s AS coefficient,
            (ROUND((
                line.product_uom_qty * line.smarthome_rate * %(coefficient)s / currency.rounding
            )::numeric) * currency.rounding)::float AS pay""",
            coefficient=SQL(
                "CASE WHEN proposal.smarthome_usual_coefficient > 0"
                " THEN proposal.smarthome_signed_coefficient"
                " ELSE proposal.smarthome_work_coefficient END"
            ),
        )

    @api.model
    def _get_tables(self):
        """Tables of the query."""
        return SQL(
            """sale_order_line line
            JOIN sale_order proposal ON proposal.id = line.order_id
            JOIN smarthome_object object ON object.id = proposal.smarthome_object_id
            JOIN res_currency currency ON currency.id = proposal.currency_id"""
        )

    @api.model
    def _get_where(self):
        return SQL("proposal.state = 'sale' AND line.smarthome_kind IS NOT NULL")

    @api.model
    def _check_reachable(self, lines):
        """Check that lines of orders are within reach, at least as goods and works of an object.

        :raise AccessError: they are not
        """
        if not lines.has_access("read"):
            self.browse(lines.ids).check_access("read")

    def action_mark_done(self):
        """Open the small form of a work done."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Work done"),
            "res_model": "smarthome.mark.done",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def action_all_done(self):
        """Mark all that is left of the works as done, today, by the user."""
        self.check_access("read")
        left = self.filtered(lambda line: line.kind == "work" and line.left_quantity > 0)
        self.env["smarthome.work.done"].create(
            [{"order_line_id": line.id, "quantity": line.left_quantity} for line in left]
        )
        self.invalidate_model()
