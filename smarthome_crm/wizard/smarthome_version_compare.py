from odoo import api, fields, models
from odoo.fields import Command

from ..const import PROFIT_GROUPS


class SmarthomeVersionCompare(models.TransientModel):
    """Two versions of a proposal side by side."""

    _name = "smarthome.version.compare"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Differences of Versions"

    _reach_fields = ("left_id", "right_id")

    left_id = fields.Many2one(
        comodel_name="sale.order",
        string="Earlier",
        required=True,
        domain="[('id', 'in', version_ids)]",
    )
    right_id = fields.Many2one(
        comodel_name="sale.order",
        string="Later",
        required=True,
        domain="[('id', 'in', version_ids)]",
    )
    version_ids = fields.Many2many(comodel_name="sale.order", compute="_compute_version_ids")
    is_all = fields.Boolean(string="Show equal rows too")
    line_ids = fields.One2many(
        comodel_name="smarthome.version.compare.line",
        inverse_name="compare_id",
        compute="_compute_line_ids",
        store=True,
    )
    left_currency_id = fields.Many2one(related="left_id.currency_id", string="Earlier Currency")
    right_currency_id = fields.Many2one(related="right_id.currency_id", string="Later Currency")
    left_total = fields.Monetary(
        related="left_id.amount_total",
        string="Earlier Total",
        currency_field="left_currency_id",
    )
    right_total = fields.Monetary(
        related="right_id.amount_total",
        string="Later Total",
        currency_field="right_currency_id",
    )
    left_profit = fields.Monetary(
        string="Earlier Profit",
        currency_field="left_currency_id",
        compute="_compute_profits",
        groups=PROFIT_GROUPS,
    )
    right_profit = fields.Monetary(
        string="Later Profit",
        currency_field="right_currency_id",
        compute="_compute_profits",
        groups=PROFIT_GROUPS,
    )

    @api.depends("left_id", "right_id")
    def _compute_profits(self):
        for wizard in self:
            wizard.left_profit = wizard.left_id.smarthome_profit
            wizard.right_profit = wizard.right_id.smarthome_profit

    @api.depends("left_id")
    def _compute_version_ids(self):
        for wizard in self:
            wizard.version_ids = wizard.left_id and wizard.left_id._get_versions()

    @api.depends("left_id", "right_id", "is_all")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard._prepare_lines() if wizard.left_id and wizard.right_id else []
            wizard.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]

    def _prepare_lines(self):
        """Values of the rows, in the later version's order, what was removed at the end."""
        left, right = self._get_rows(self.left_id), self._get_rows(self.right_id)
        rows = [self._compare_lines(left.get(key), line) for key, line in right.items()]
        rows += [self._compare_lines(line, None) for key, line in left.items() if key not in right]
        if not self.is_all:
            rows = [row for row in rows if row["change"] != "same"]
        return [{**row, "sequence": sequence} for sequence, row in enumerate(rows)]

    def _get_rows(self, order):
        """Lines by what makes them the same in another version.

        That is room, product and the how-manieth line of the product there, for works the product
        alone.
        """
        rows, counts, room = {}, {}, ""
        for line in order.order_line.sorted(lambda line: (line.sequence, line.id)):
            if line.display_type == "line_section":
                room = line.name
            if line.display_type or not line.product_id:
                continue
            key = (line.smarthome_kind != "work" and room, line.product_id.id)
            counts[key] = counts.get(key, 0) + 1
            rows[(*key, counts[key])] = line
        return rows

    def _compare_lines(self, left, right):
        """Values of one row; ``left`` or ``right`` is None for what was added or removed."""
        line = right or left
        values = {
            "product_id": line.product_id.id,
            "uom_id": line.product_uom_id.id,
            "change": self._get_change(left, right),
        }
        for side, of_side in (("left", left), ("right", right)):
            if of_side:
                values[f"{side}_quantity"] = of_side.product_uom_qty
                values[f"{side}_price"] = of_side.price_unit
                values[f"{side}_discount"] = of_side.discount
                values[f"{side}_subtotal"] = of_side.price_subtotal
        return values

    def _get_change(self, left, right):
        """Name what happened to a line; a change of quantity comes before price and discount."""
        if not left or not right:
            return "added" if right else "removed"
        quantity = right.product_uom_qty - left.product_uom_qty
        precision = self.env["decimal.precision"].precision_get("Product Unit")
        if round(quantity, precision):
            return "more" if quantity > 0 else "less"
        if right.currency_id.compare_amounts(right.price_unit, left.price_unit):
            return "price"
        return "discount" if right.discount != left.discount else "same"


class SmarthomeVersionCompareLine(models.TransientModel):
    _name = "smarthome.version.compare.line"
    _description = "Difference of Versions"
    _order = "sequence, id"

    compare_id = fields.Many2one(
        comodel_name="smarthome.version.compare",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer()
    product_id = fields.Many2one(comodel_name="product.product")
    uom_id = fields.Many2one(comodel_name="uom.uom", string="Unit")
    change = fields.Selection(
        selection=[
            ("added", "Added"),
            ("removed", "Removed"),
            ("more", "More"),
            ("less", "Less"),
            ("price", "Other price"),
            ("discount", "Other discount"),
            ("same", "Equal"),
        ],
    )
    left_currency_id = fields.Many2one(related="compare_id.left_currency_id")
    right_currency_id = fields.Many2one(related="compare_id.right_currency_id")
    left_quantity = fields.Float(string="Qty before", digits="Product Unit")
    right_quantity = fields.Float(string="Qty now", digits="Product Unit")
    left_price = fields.Float(string="Price before", digits="Product Price")
    right_price = fields.Float(string="Price now", digits="Product Price")
    left_discount = fields.Float(string="% before", digits="Discount")
    right_discount = fields.Float(string="% now", digits="Discount")
    left_subtotal = fields.Monetary(string="Sum before", currency_field="left_currency_id")
    right_subtotal = fields.Monetary(string="Sum now", currency_field="right_currency_id")
