from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, float_compare
from odoo.tools.sql import column_exists, create_column

from odoo.addons.smarthome_crm.const import COST_GROUPS, STAFF


class SaleOrder(models.Model):
    """Open proposals tell that their costs are out of date, never what they are."""

    _inherit = "sale.order"

    smarthome_outdated_costs = fields.Char(
        string="Costs out of Date",
        compute="_compute_smarthome_outdated_costs",
        groups=STAFF,
    )

    @api.depends("state", "order_line.smarthome_cost_state")
    def _compute_smarthome_outdated_costs(self):
        for order in self:
            states = order.order_line.mapped("smarthome_cost_state")
            order.smarthome_outdated_costs = order._say_outdated_costs(
                states.count("raised"), states.count("old")
            )

    def _say_outdated_costs(self, raised, old):
        """The sentence of the warning; False when nothing is out of date."""
        parts = []
        if raised:
            parts.append(self.env._("costs that went up: %(count)s", count=raised))
        if old:
            days = self.company_id.sudo().smarthome_cost_days
            parts.append(
                self.env._("costs older than %(days)s days: %(count)s", days=days, count=old)
            )
        return ", ".join(parts) or False

    def action_smarthome_update_outdated_costs(self):
        """Take the costs of today into those lines of open proposals whose cost is out of date."""
        self.check_access("write")
        for order in self.filtered(lambda order: order.state in ("draft", "sent")).sudo():
            lines = order.order_line.filtered(lambda line: line.smarthome_cost_state != "fresh")
            lines = lines.filtered("smarthome_cost_state")
            if lines:
                lines._smarthome_update_costs()
                order.message_post(
                    body=self.env._(
                        "Costs brought up to date: %(count)s.",
                        count=len(lines),
                    ),
                    author_id=self.env.user.partner_id.id,
                )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_cost_date = fields.Datetime(
        string="Cost of",
        compute="_compute_smarthome_cost_taken",
        store=True,
        precompute=True,
        copy=False,
        groups=STAFF,
        help="When the cost of the line was taken or brought up to date.",
    )
    smarthome_cost_taken = fields.Float(
        string="Cost Taken",
        compute="_compute_smarthome_cost_taken",
        store=True,
        precompute=True,
        copy=False,
        groups=COST_GROUPS,
        help="What one unit of the product cost then, in the company's currency; a price typed "
        "by hand into the line does not change it.",
    )
    smarthome_cost_state = fields.Selection(
        selection=[
            ("fresh", "In force"),
            ("old", "Old"),
            ("raised", "Went up"),
        ],
        string="State of the Cost",
        compute="_compute_smarthome_cost_state",
        compute_sudo=True,
        groups=STAFF,
        help="Whether the cost of an open proposal's line is still the one of today.",
    )

    def _auto_init(self):
        """Lines that stand already took their cost when they were made; nothing is computed."""
        cr = self.env.cr
        if not column_exists(cr, "sale_order_line", "smarthome_cost_date"):
            create_column(cr, "sale_order_line", "smarthome_cost_date", "timestamp")
            create_column(cr, "sale_order_line", "smarthome_cost_taken", "float8")
            cr.execute(
                SQL(
                    """
                    UPDATE sale_order_line line
                       SET smarthome_cost_date = line.create_date,
                           smarthome_cost_taken =
                               (product.standard_price ->> line.company_id::text)::float8
                      FROM product_product product
                     WHERE product.id = line.product_id AND line.state IN ('draft', 'sent')
                    """
                )
            )
        return super()._auto_init()

    @api.depends("product_id", "product_uom_id")
    def _compute_smarthome_cost_taken(self):
        """Remember what the product cost when the line got it; later changes are seen by it."""
        now = fields.Datetime.now()
        for line in self:
            if line.state == "sale" and line._origin:
                continue
            line.smarthome_cost_date = now
            product = line.product_id.with_company(line.company_id or self.env.company)
            line.smarthome_cost_taken = product.standard_price

    @api.depends(
        "state",
        "smarthome_kind",
        "smarthome_cost_date",
        "smarthome_cost_taken",
        "product_id.standard_price",
    )
    def _compute_smarthome_cost_state(self):
        digits = self.env["decimal.precision"].precision_get("Product Price")
        now = fields.Datetime.now()
        for line in self:
            line.smarthome_cost_state = line._get_cost_state(now, digits)

    def _get_cost_state(self, now, digits):
        """Whether the cost went up since it was taken, or is older than it may be."""
        self.ensure_one()
        if (
            self.state not in ("draft", "sent")
            or self.smarthome_kind not in ("goods", "other")
            or not self.order_id.smarthome_object_id
            or not self._origin
        ):
            return False
        product = self.product_id.with_company(self.company_id)
        if float_compare(product.standard_price, self.smarthome_cost_taken, digits) > 0:
            return "raised"
        days = self.company_id.smarthome_cost_days
        taken = self.smarthome_cost_date
        return "old" if days and taken and taken < now - timedelta(days=days) else "fresh"

    def _smarthome_update_costs(self):
        """What was brought up to date counts from now on."""
        result = super()._smarthome_update_costs()
        self.filtered("smarthome_kind")._compute_smarthome_cost_taken()
        return result
