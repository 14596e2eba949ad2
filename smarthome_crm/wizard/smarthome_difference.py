from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.works import percent_amount


class SmarthomeDifference(models.TransientModel):
    """What should change in a signed contract, to be turned into an additional proposal."""

    _name = "smarthome.difference"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Difference to a Contract"

    _reach_fields = ("order_id",)

    order_id = fields.Many2one(comodel_name="sale.order", string="Contract", required=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    goods_ids = fields.One2many(
        comodel_name="smarthome.difference.goods",
        inverse_name="difference_id",
        string="Goods",
    )
    work_ids = fields.One2many(
        comodel_name="smarthome.difference.work",
        inverse_name="difference_id",
        string="Works",
        compute="_compute_work_ids",
        store=True,
        readonly=False,
    )

    @api.depends("order_id", "goods_ids.new_quantity")
    def _compute_work_ids(self):
        for wizard in self:
            wanted = {row.order_line_id.id: row.new_quantity for row in wizard.goods_ids}
            rows = wizard.order_id._get_difference(wanted) if wizard.order_id else []
            wizard.work_ids = [Command.clear(), *(Command.create(row) for row in rows)]

    def action_make(self):
        """Turn the chosen differences into an additional proposal and open it.

        :raise UserError: nothing differs, or nothing is chosen
        """
        self.ensure_one()
        commands = self._prepare_lines()
        if not commands:
            raise UserError(self.env._("Nothing is to be changed: there is no difference."))
        order = self.order_id._create_additional()
        order.sudo().write({"order_line": commands})
        return order._get_proposal_action()

    def _prepare_lines(self):
        """Commands for the lines of the additional proposal: goods first, then works."""
        commands = []
        for row in self.goods_ids:
            commands += row._prepare_lines()
        for row in self.work_ids.filtered("is_chosen"):
            commands += row._prepare_lines()
        return commands


class SmarthomeDifferenceGoods(models.TransientModel):
    """Goods of a signed contract with the quantity that is wished."""

    _name = "smarthome.difference.goods"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Goods of a Contract with Their Wished Quantity"

    _reach_fields = ("difference_id", "order_line_id")

    difference_id = fields.Many2one(
        comodel_name="smarthome.difference",
        required=True,
        ondelete="cascade",
        index=True,
    )
    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Line",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="order_line_id.product_id")
    uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    old_quantity = fields.Float(string="Signed", digits="Product Unit", readonly=True)
    new_quantity = fields.Float(string="Wished", digits="Product Unit")

    _wished_not_negative = models.Constraint(
        "CHECK(new_quantity >= 0)", "A wished quantity is not below zero."
    )

    def _prepare_lines(self):
        """Commands for what is more or less of one line."""
        self.ensure_one()
        line, change = self.order_line_id, self.new_quantity - self.order_line_id.product_uom_qty
        compared = line.product_uom_id.compare(change, 0)
        if compared > 0:
            return [Command.create(line._prepare_addition_values(line.product_id, change))]
        return line._prepare_reductions(-change) if compared else []


class SmarthomeDifferenceWork(models.TransientModel):
    """One work that the norms ask for otherwise than the contract holds it."""

    _name = "smarthome.difference.work"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Difference of a Work"
    _order = "sequence, id"

    _reach_fields = ("difference_id",)

    difference_id = fields.Many2one(
        comodel_name="smarthome.difference",
        required=True,
        ondelete="cascade",
        index=True,
    )
    currency_id = fields.Many2one(related="difference_id.currency_id")
    sequence = fields.Integer()
    is_chosen = fields.Boolean(string="Change")
    change = fields.Selection(
        selection=[
            ("added", "Added"),
            ("removed", "Removed"),
            ("more", "More"),
            ("less", "Less"),
            ("price", "Price"),
        ],
        string="What",
        readonly=True,
    )
    product_id = fields.Many2one(comodel_name="product.product", string="Work", readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    is_percent = fields.Boolean(export_string_translation=False)
    old_quantity = fields.Float(string="Signed", digits="Product Unit", readonly=True)
    new_quantity = fields.Float(string="By Norms", digits="Product Unit", readonly=True)
    old_price = fields.Monetary(string="Signed Price", readonly=True)
    new_price = fields.Monetary(string="Price Now", readonly=True)

    def _prepare_lines(self):
        """Commands of the row: reductions of signed lines, and what is added."""
        self.ensure_one()
        order = self.difference_id.order_id
        lines = order._get_family_lines("work")
        lines = lines.filtered(lambda line: line.product_id == self.product_id)
        if self.is_percent and any(line._get_irreducible_quantity() for line in lines):
            return self._prepare_rest_of_percent(lines)
        if self.is_percent or self.change == "price":
            commands = lines._prepare_reductions(sum(lines.mapped("product_uom_qty")))
            return commands + self._prepare_new_work(lines, self.new_quantity)
        change = self.new_quantity - self.old_quantity
        if change < 0:
            return lines._prepare_reductions(-change)
        values = lines._prepare_addition_values(self.product_id, change)
        return [Command.create({**values, "smarthome_is_offered": True})]

    def _prepare_new_work(self, lines, quantity):
        """Commands for the whole work at its new price."""
        if not quantity:
            return []
        values = lines._prepare_addition_values(self.product_id, quantity)
        values.update(
            price_unit=self.new_price,
            technical_price_unit=self.new_price,
            smarthome_is_offered=True,
        )
        if self.is_percent:
            values.update(smarthome_is_percent=True, smarthome_rate=self._get_percent_rate())
        return [Command.create(values)]

    def _prepare_rest_of_percent(self, lines):
        """Commands for what a percent of the equipment lacks, where some of it is done already.

        What is done cannot be taken away, and with the whole new price it would be paid twice.
        """
        left = self.new_price - self.old_price
        if not self.new_quantity or self.currency_id.compare_amounts(left, 0) <= 0:
            return []
        promised = sum(line.product_uom_qty * line.smarthome_rate for line in lines.sudo())
        values = lines._prepare_addition_values(self.product_id, 1.0)
        values.update(
            price_unit=left,
            technical_price_unit=left,
            smarthome_is_offered=True,
            smarthome_is_percent=True,
            smarthome_rate=max(self._get_percent_rate() - promised, 0.0),
        )
        return [Command.create(values)]

    def _get_percent_rate(self):
        """Installer's rate of a percent of the equipment, unrounded."""
        wanted = {row.order_line_id.id: row.new_quantity for row in self.difference_id.goods_ids}
        plan = self.difference_id.order_id._plan_family(wanted)
        percents = plan.demands[self.product_id.id].quantity
        rate = self.product_id.sudo().smarthome_installer_rate
        return percent_amount(percents, rate, plan.equipment_amount)
