from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """Works of an object: when, how much of them is done, how many days are left."""

    _inherit = "smarthome.object"

    line_ids = fields.One2many(
        comodel_name="smarthome.object.line",
        inverse_name="object_id",
        string="Goods and Works",
        readonly=True,
    )
    work_line_ids = fields.One2many(
        comodel_name="smarthome.object.line",
        inverse_name="object_id",
        string="Works",
        domain=[("kind", "=", "work")],
        readonly=True,
    )
    goods_line_ids = fields.One2many(
        comodel_name="smarthome.object.line",
        inverse_name="object_id",
        string="Goods",
        domain=[("kind", "=", "goods")],
        readonly=True,
    )
    done_ids = fields.One2many(
        comodel_name="smarthome.work.done",
        inverse_name="object_id",
        string="Works Done",
        groups=f"{PROFIT_GROUPS},smarthome_base.group_smarthome_engineer",
    )
    work_date_start = fields.Date(
        string="Start of Installation",
        compute="_compute_work_dates",
        store=True,
        help="The earliest start of its contracts.",
    )
    work_date_end = fields.Date(
        string="Hand-over",
        compute="_compute_work_dates",
        store=True,
        index="btree_not_null",
        help="The latest expected hand-over of its contracts.",
    )
    days_left = fields.Integer(
        compute="_compute_days_left",
        help="Days to the hand-over; below zero the object is late.",
    )
    done_percent = fields.Float(
        string="Works Done (%)",
        digits=(16, 1),
        compute="_compute_done_percent",
        store=True,
        aggregator="avg",
        help="Share of the works done, weighed by their prices.",
    )
    shipped_percent = fields.Float(
        string="Shipped (%)",
        digits=(16, 1),
        compute="_compute_shipped_percent",
        compute_sudo=True,
        help="Share of the goods that are at the object, weighed by their prices.",
    )

    @api.depends(
        "order_ids.state",
        "order_ids.smarthome_date_start",
        "order_ids.smarthome_date_end",
    )
    def _compute_work_dates(self):
        for record in self:
            signed = record.order_ids.filtered(lambda order: order.state == "sale")
            begins = signed.filtered("smarthome_date_start").mapped("smarthome_date_start")
            ends = signed.filtered("smarthome_date_end").mapped("smarthome_date_end")
            record.work_date_start = min(begins, default=False)
            record.work_date_end = max(ends, default=False)

    @api.depends("work_date_end", "stage")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for record in self:
            is_open = record.work_date_end and record.stage != "closed"
            record.days_left = (record.work_date_end - today).days if is_open else 0

    @api.depends(
        "order_ids.state",
        "order_ids.order_line.smarthome_done_quantity",
        "order_ids.order_line.product_uom_qty",
    )
    def _compute_done_percent(self):
        for record in self:
            works = record._get_weighed_lines("work")
            record.done_percent = self._get_percent(
                works, lambda line: line.smarthome_done_quantity
            )

    def _compute_shipped_percent(self):
        self.order_ids.order_line.mapped("product_uom_qty")  # lines of all objects by one query
        for record in self:
            goods = record._get_weighed_lines("goods")
            record.shipped_percent = self._get_percent(
                goods, lambda line: line._get_shipped_quantity()
            )

    def _get_weighed_lines(self, kind):
        """Lines of a kind in the signed proposals that ask for something."""
        self.ensure_one()
        signed = self.order_ids.filtered(lambda order: order.state == "sale")
        return signed.order_line.filtered(
            lambda line: line.smarthome_kind == kind and line.product_uom_qty > 0
        )

    @api.model
    def _get_percent(self, lines, get_quantity):
        """Share of the lines' quantities that is done or shipped, weighed by their prices.

        :param get_quantity: function of a line
        """
        weights = [line.price_subtotal or 1.0 for line in lines]
        shares = [min(get_quantity(line) / line.product_uom_qty, 1.0) for line in lines]
        reached = sum(weight * share for weight, share in zip(weights, shares, strict=True))
        return 100 * reached / sum(weights) if weights else 0.0

    @api.model
    def _knows_shipments(self):
        """Tell whether it is known what was shipped; the warehouse says yes.

        Until then ``_get_shipped_quantity`` takes everything signed as shipped, and lists show no
        share of it.
        """
        return False

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Leave the share of what was shipped out where nobody can know it."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("list", "kanban") and not self._knows_shipments():
            for node in arch.xpath("//*[@data-smarthome-shipped]|//field[@name='shipped_percent']"):
                node.getparent().remove(node)
        return arch, view

    def web_read(self, specification):
        """Objects without a contract have no lines of contracts: nothing is asked for them."""
        lists = self._get_contract_lists() & specification.keys()
        if not lists or any(self.sudo().mapped("is_signed")):
            return super().web_read(specification)
        asked = {name: value for name, value in specification.items() if name not in lists}
        return [{**values, **{name: [] for name in lists}} for values in super().web_read(asked)]

    @api.model
    def _get_contract_lists(self):
        """Names of the lists that only contracts fill; other addons add theirs."""
        return {"work_line_ids", "goods_line_ids"}

    def action_all_works_done(self):
        """Mark all works that are left as done, today, by the user."""
        self.ensure_one()
        self.work_line_ids.action_all_done()

    def action_add_expense(self):
        """Open the small form of an expense."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Expense"),
            "res_model": "smarthome.expense",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_object_id": self.id, "dialog_size": "medium"},
        }

    def action_new_additional(self):
        """Make an additional proposal to the contract; among several the contract is chosen.

        :raise UserError: nothing is signed yet, or the object is closed
        """
        self.ensure_one()
        contracts = self._get_signed_orders().filtered(
            lambda order: not order.smarthome_main_order_id
        )
        if len(contracts) == 1:
            return contracts.action_smarthome_new_additional()
        if not contracts:
            raise UserError(self.env._("%s has no signed contract yet.", self.display_name))
        action = self.action_open_proposals()
        return {**action, "domain": [("id", "in", contracts.ids)]}

    def action_receive(self):
        """Open the small form of money received for one of the object's contracts."""
        self.ensure_one()
        orders = self.order_ids.filtered(lambda order: order.smarthome_status == "contract")
        unpaid = orders.filtered(lambda order: order.smarthome_balance > 0).sorted("id")
        return (unpaid or orders.sorted("id"))[:1].action_smarthome_open_receive()
