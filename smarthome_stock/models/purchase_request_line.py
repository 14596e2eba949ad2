from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS
from odoo.addons.smarthome_crm.tools.call_dates import to_local

from .purchase_request import MAIL_PREFIXES

#: what decides how much of a line is ordered and received
BOUGHT = (
    "purchase_lines.state",
    "purchase_lines.product_qty",
    "purchase_lines.product_uom_id",
    "purchase_lines.qty_received",
    "purchase_lines.move_ids.state",
    "purchase_lines.move_ids.product_uom_qty",
    "purchase_request_allocation_ids.requested_product_uom_qty",
    "product_uom_id",
)


class PurchaseRequestLine(models.Model):
    """A line of a request, from the contract's line to what was received.

    The library counts by allocations of stock moves, which backorders, other units and returns
    lead astray. Here the purchase lines themselves are asked, of which Odoo keeps account.
    """

    _name = "purchase.request.line"
    _inherit = ["purchase.request.line", "smarthome.reach.mixin"]
    _order = "request_id desc, id"

    _reach_fields = ("request_id", "smarthome_sale_line_id")
    _kept_fields = ("smarthome_demand_quantity",)

    smarthome_object_id = fields.Many2one(
        related="request_id.smarthome_object_id",
        string="Object",
        store=True,
        index="btree_not_null",
    )
    smarthome_for_whom = fields.Char(
        related="request_id.smarthome_for_whom",
        string="For Whom",
        store=True,
    )
    smarthome_sale_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Line of the Contract",
        compute="_compute_smarthome_sale_line_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    smarthome_demand_quantity = fields.Float(
        digits="Product Unit",
        copy=False,
        readonly=True,
        export_string_translation=False,
        help="What the line of the contract promised when this was asked, in the product's unit: "
        "what was not asked then comes from the stock.",
    )
    smarthome_quantity = fields.Float(
        string="Requested",
        digits="Product Unit",
        compute="_compute_smarthome_supply",
        store=True,
        help="In the product's unit; of a cancelled line only what was ordered counts.",
    )
    smarthome_ordered_quantity = fields.Float(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_smarthome_supply",
        store=True,
        help="In confirmed purchase orders, in the product's unit.",
    )
    smarthome_received_quantity = fields.Float(
        string="Received",
        digits="Product Unit",
        compute="_compute_smarthome_supply",
        store=True,
        help="In the product's unit, without what went back to the vendor.",
    )
    smarthome_to_buy_quantity = fields.Float(
        string="To Buy",
        digits="Product Unit",
        compute="_compute_smarthome_supply",
        store=True,
        help="Approved and not in a purchase order yet, in the line's unit.",
    )
    smarthome_expected_date = fields.Date(
        string="Expected on",
        compute="_compute_smarthome_supply",
        store=True,
        help="When the last of what is ordered comes.",
    )
    smarthome_free_quantity = fields.Float(
        string="Free in Stock",
        digits="Product Unit",
        compute="_compute_smarthome_free_quantity",
        compute_sudo=True,
        help="Free to use now, in the line's unit.",
    )
    estimated_cost = fields.Monetary(groups=PURCHASE_GROUPS)

    # === FIGURES === #

    @api.depends(*BOUGHT)
    def _compute_qty(self):
        """Ordered and received, in the line's unit, as the purchase lines have it."""
        for line in self:
            ordered, received = line._get_bought()
            line.qty_in_progress = max(ordered - received, 0.0)
            line.qty_done = received

    def _get_bought(self):
        """Quantities ordered and received for this line, in its unit."""
        self.ensure_one()
        unit, own = self.product_id.uom_id, self.product_uom_id or self.product_id.uom_id
        return [
            unit._compute_quantity(sum(share), own, rounding_method="HALF-UP")
            for share in zip(*self._get_shares(), strict=True)
        ] or (0.0, 0.0)

    def _get_shares(self, *states):
        """What purchase lines hold for this line.

        :param states: of the orders; all without any
        :return: list of (ordered, received), in the product's unit
        """
        lines = self.purchase_lines.filtered(lambda one: not states or one.state in states)
        return [one._get_request_shares().get(self, (0.0, 0.0)) for one in lines]

    @api.depends("qty_done")
    def _compute_qty_to_buy(self):
        return super()._compute_qty_to_buy()

    @api.depends("qty_done", "qty_in_progress")
    def _compute_purchased_qty(self):
        for line in self:
            line.purchased_qty = line.qty_done + line.qty_in_progress

    @api.depends("qty_done", "product_qty")
    def _compute_purchase_state(self):
        """One received purchase line is not yet the whole of the request."""
        super()._compute_purchase_state()
        for line in self:
            if line.purchase_lines and line._is_received():
                line.purchase_state = "done"
            elif line.purchase_state == "done":
                states = line.purchase_lines.mapped("state")
                line.purchase_state = "purchase" if "purchase" in states else "draft"

    def _is_received(self):
        self.ensure_one()
        unit = self.product_uom_id or self.product_id.uom_id
        return bool(unit) and unit.compare(self.qty_done, self.product_qty) >= 0

    @api.depends(
        "qty_done",
        "qty_in_progress",
        "product_qty",
        "product_uom_id",
        "cancelled",
        "request_state",
        "purchase_lines.state",
        "purchase_lines.date_planned",
    )
    def _compute_smarthome_supply(self):
        for line in self:
            ordered = line.qty_done + line.qty_in_progress
            is_off = line.cancelled or line.request_state == "rejected"
            asked = ordered if is_off else line.product_qty
            line.smarthome_quantity = line._to_product_unit(asked)
            line.smarthome_ordered_quantity = sum(
                share for share, _received in line._get_shares("purchase")
            )
            line.smarthome_received_quantity = line._to_product_unit(line.qty_done)
            may_buy = line.request_state in ("approved", "in_progress", "done")
            line.smarthome_to_buy_quantity = max(asked - ordered, 0.0) if may_buy else 0.0
            line.smarthome_expected_date = line._get_expected_date()

    def _to_product_unit(self, quantity):
        unit = self.product_id.uom_id
        if not unit or not self.product_uom_id:
            return quantity
        return self.product_uom_id._compute_quantity(quantity, unit, rounding_method="HALF-UP")

    def _get_expected_date(self):
        """When the last open purchase order is due, by the calendar of whoever ordered."""
        coming = self.purchase_lines.filtered(
            lambda one: one.state == "purchase" and one.qty_received < one._get_live_quantity()
        )
        days = [
            to_local(one.date_planned, one.company_id._smarthome_zone(one.order_id.user_id)).date()
            for one in coming.filtered("date_planned")
        ]
        return max(days, default=False)

    @api.depends("product_id", "product_uom_id")
    def _compute_smarthome_free_quantity(self):
        for line in self:
            free = line.product_id.free_qty if line.product_id.is_storable else 0.0
            unit = line.product_id.uom_id
            line.smarthome_free_quantity = (
                unit._compute_quantity(free, line.product_uom_id) if line.product_uom_id else free
            )

    # === ORIGIN === #

    @api.depends("product_id", "request_id.smarthome_object_id")
    def _compute_smarthome_sale_line_id(self):
        """A line written by hand belongs to the contract's line with the same product."""
        for line in self:
            origin, site = line.smarthome_sale_line_id, line.request_id.smarthome_object_id
            if origin.product_id != line.product_id or origin.order_id.smarthome_object_id != site:
                line.smarthome_sale_line_id = line.sudo()._find_sale_line()

    def _find_sale_line(self):
        """The first line of the object's contracts with the product of this line."""
        site = self.request_id.smarthome_object_id
        if not site or not self.product_id:
            return self.env["sale.order.line"]
        return site._get_signed_orders().order_line.filtered(
            lambda one: one.product_id == self.product_id and one.smarthome_kind == "goods"
        )[:1]

    @api.constrains("smarthome_sale_line_id", "product_id", "request_id")
    def _check_smarthome_sale_line_id(self):
        for line in self.sudo().filtered("smarthome_sale_line_id"):
            origin = line.smarthome_sale_line_id
            if (
                origin.product_id != line.product_id
                or origin.order_id.smarthome_object_id != line.request_id.smarthome_object_id
            ):
                raise ValidationError(
                    self.env._(
                        "«%s» belongs to another contract or product.", line.product_id.display_name
                    )
                )

    def _remember_demand(self):
        """Keep what the contract's line promises now; what is not asked comes from the stock."""
        for line in self.filtered("smarthome_sale_line_id"):
            origin = line.smarthome_sale_line_id
            promised = origin.product_uom_id._compute_quantity(
                origin.product_uom_qty, origin.product_id.uom_id, rounding_method="HALF-UP"
            )
            asked = sum(origin.smarthome_request_line_ids.mapped("smarthome_quantity"))
            line.smarthome_demand_quantity = max(promised, asked)

    # === WRITING === #

    @api.model
    def _check_target(self, name, targets):
        """Purchasing and the warehouse see the requests of all objects, and no contracts."""
        if name == "request_id":
            super()._check_target(name, targets)
        elif not self.env.user._smarthome_has_role("purchasing", "storekeeper"):
            self.env["smarthome.object.line"]._check_reachable(targets)

    @api.model_create_multi
    def create(self, vals_list):
        """Lines come into requests that their user may change."""
        for vals in vals_list:
            self._complete_values(vals)
        lines = super().create(vals_list)
        lines._check_may_edit()
        lines.sudo()._remember_demand()
        return lines

    @api.model
    def _complete_values(self, vals):
        """A line written by a program has its product's unit and name."""
        product = self.env["product.product"].browse(vals.get("product_id"))
        if product:
            vals["product_uom_id"] = vals.get("product_uom_id") or product.uom_id.id
            vals["name"] = vals.get("name") or product.display_name

    def write(self, vals):
        if any(not name.startswith(MAIL_PREFIXES) for name in vals):
            self._check_may_edit()
        result = super().write(vals)
        if "product_qty" in vals:
            self.sudo()._remember_demand()
        if {"product_qty", "cancelled"} & vals.keys():
            self.sudo().request_id._follow_receipts()
        if "request_id" in vals:
            self._check_may_edit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        """Lines of drafts are deleted, those that were sent or ordered are cancelled."""
        self._check_may_edit()
        if self.sudo().purchase_lines or not all(line._can_be_deleted() for line in self):
            raise UserError(self.env._("The line is sent: cancel it instead of deleting it."))

    def _check_may_edit(self):
        """Check that the requests are still the user's to change.

        :raise AccessError: one is sent, or approved
        """
        if not self.env.su and not all(request._may_edit() for request in self.request_id):
            raise AccessError(self.env._("The request is sent: ask whoever approves it."))
