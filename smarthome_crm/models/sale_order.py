from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import float_round

from ..const import HEAD, PROFIT_GROUPS, STAFF

#: money of a proposal, frozen at signing
FORECAST_FIELDS = (
    "smarthome_goods_revenue",
    "smarthome_goods_cost",
    "smarthome_works_revenue",
    "smarthome_works_pay",
    "smarthome_other_revenue",
    "smarthome_other_cost",
    "smarthome_hours",
    "smarthome_profit",
    "smarthome_profit_percent",
)


class SaleOrder(models.Model):
    """A proposal (КП) of an object, and its contract once it is signed."""

    _inherit = "sale.order"

    partner_id = fields.Many2one(
        compute="_compute_smarthome_partner_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    smarthome_work_coefficient = fields.Float(
        string="Coefficient of Work Payment",
        digits=(16, 4),
        compute="_compute_smarthome_work_coefficient",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        tracking=True,
        groups=STAFF,
        help="The installers' rates are multiplied by it; heads only change it.",
    )
    smarthome_goods_revenue = fields.Monetary(
        string="Goods",
        compute="_compute_smarthome_forecast",
        store=True,
    )
    smarthome_goods_cost = fields.Monetary(
        string="Cost of Goods",
        compute="_compute_smarthome_forecast",
        store=True,
        groups=PROFIT_GROUPS,
    )
    smarthome_works_revenue = fields.Monetary(
        string="Works",
        compute="_compute_smarthome_forecast",
        store=True,
    )
    smarthome_works_pay = fields.Monetary(
        string="Pay of Works",
        compute="_compute_smarthome_forecast",
        store=True,
        groups=PROFIT_GROUPS,
    )
    smarthome_other_revenue = fields.Monetary(
        string="Other",
        compute="_compute_smarthome_forecast",
        store=True,
    )
    smarthome_other_cost = fields.Monetary(
        string="Other Cost",
        compute="_compute_smarthome_forecast",
        store=True,
        groups=PROFIT_GROUPS,
    )
    smarthome_hours = fields.Float(
        string="Planned Hours",
        digits=(16, 2),
        compute="_compute_smarthome_forecast",
        store=True,
        groups=STAFF,
    )
    smarthome_profit = fields.Monetary(
        string="Forecast Profit",
        compute="_compute_smarthome_forecast",
        store=True,
        groups=PROFIT_GROUPS,
        help="Revenue of goods, works and other lines, less cost of goods, other cost and pay of "
        "works. From signing on it never changes.",
    )
    smarthome_profit_percent = fields.Float(
        string="Forecast Profit (%)",
        digits=(16, 2),
        compute="_compute_smarthome_forecast",
        store=True,
        groups=PROFIT_GROUPS,
        aggregator=None,
    )

    @api.depends("smarthome_object_id")
    def _compute_smarthome_partner_id(self):
        for order in self:
            if order.smarthome_object_id.partner_id and not order.partner_id:
                order.partner_id = order.smarthome_object_id.partner_id

    @api.depends("smarthome_object_id.user_id")
    def _compute_user_id(self):
        """The proposals of an object are its manager's."""
        of_object = self.filtered("smarthome_object_id")
        for order in of_object:
            order.user_id = order.smarthome_object_id.user_id
        super(SaleOrder, self - of_object)._compute_user_id()

    @api.depends("smarthome_object_id.type_id")
    def _compute_smarthome_work_coefficient(self):
        for order in self:
            object_type = order.smarthome_object_id.type_id
            order.smarthome_work_coefficient = object_type.work_coefficient or 1.0

    @api.depends(
        "currency_id",
        "order_line.smarthome_kind",
        "order_line.price_subtotal",
        "order_line.smarthome_cost",
        "order_line.smarthome_pay",
        "order_line.smarthome_hours",
    )
    def _compute_smarthome_forecast(self):
        """Sum the rounded lines; a signed proposal keeps what was promised."""
        for order in self:
            if order.state == "sale":
                continue
            order.update(order._get_forecast_values())

    def _get_forecast_values(self):
        """Figures of the forecast by the proposal's lines, in the order's currency.

        Source: the regulation, "Money, exactly". Every figure is a sum of rounded lines; the
        percent is 100 x profit / revenue with 2 decimals, 0 without revenue.

        :return: dict by ``FORECAST_FIELDS``
        """
        self.ensure_one()
        revenue = {"goods": 0.0, "work": 0.0, "other": 0.0}
        cost = dict(revenue)
        hours = 0.0
        for line in self.order_line:
            if line.smarthome_kind:
                revenue[line.smarthome_kind] += line.price_subtotal
                cost[line.smarthome_kind] += line.smarthome_cost + line.smarthome_pay
                hours += line.smarthome_hours
        total = sum(revenue.values())
        profit = self._smarthome_round(total - sum(cost.values()))
        percent = 100 * profit / total if self._smarthome_round(total) else 0.0
        return {
            "smarthome_goods_revenue": self._smarthome_round(revenue["goods"]),
            "smarthome_goods_cost": self._smarthome_round(cost["goods"]),
            "smarthome_works_revenue": self._smarthome_round(revenue["work"]),
            "smarthome_works_pay": self._smarthome_round(cost["work"]),
            "smarthome_other_revenue": self._smarthome_round(revenue["other"]),
            "smarthome_other_cost": self._smarthome_round(cost["other"]),
            "smarthome_hours": hours,
            "smarthome_profit": profit,
            "smarthome_profit_percent": float_round(percent, precision_digits=2),
        }

    def _smarthome_round(self, amount):
        currency = self.currency_id or self.env.company.currency_id
        return currency.round(amount)

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if not self._can_set_coefficient():
            for order in orders.sudo():
                expected = order.smarthome_object_id.type_id.work_coefficient or 1.0
                order._check_coefficient_unchanged(order.smarthome_work_coefficient, expected)
        return orders

    def write(self, vals):
        if "smarthome_work_coefficient" in vals and not self._can_set_coefficient():
            for order in self:
                order._check_coefficient_unchanged(
                    vals["smarthome_work_coefficient"], order.smarthome_work_coefficient
                )
        return super().write(vals)

    def _can_set_coefficient(self):
        return self.env.su or self.env.user.has_group(HEAD)

    def _check_coefficient_unchanged(self, wanted, allowed):
        if float_round(wanted - allowed, precision_digits=4):
            raise AccessError(
                self.env._("The coefficient of work payment is changed by heads only.")
            )

    def action_smarthome_update_costs(self):
        """Take the purchase prices and installers' rates of today into open proposals."""
        self.check_access("write")
        lines = self.filtered(lambda order: order.state != "sale").order_line
        lines.sudo()._smarthome_update_costs()
