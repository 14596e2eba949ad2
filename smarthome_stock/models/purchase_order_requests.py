from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class PurchaseOrder(models.Model):
    """Purchase orders say for whom they buy."""

    _inherit = "purchase.order"

    smarthome_for_whom = fields.Char(
        string="For Whom",
        compute="_compute_smarthome_for_whom",
        store=True,
        help="The objects for which the lines are bought.",
    )

    @api.depends("order_line.smarthome_for_whom")
    def _compute_smarthome_for_whom(self):
        for order in self:
            names = order.order_line.filtered("smarthome_for_whom").mapped("smarthome_for_whom")
            order.smarthome_for_whom = ", ".join(dict.fromkeys(names)) or False

    def action_merge(self):
        """Lines of requests stay what they are: added up, they would forget for whom they are."""
        drafts = self.filtered(lambda order: order.state in ("draft", "sent"))
        for orders in drafts.grouped(self._prepare_grouped_data).values():
            oldest = min(orders, key=lambda order: order.date_order)
            if orders.sudo().order_line.purchase_request_lines:
                (orders - oldest).order_line.order_id = oldest
        return super().action_merge()

    def _purchase_request_line_check(self):
        """Refuse to order once more what has come already.

        :raise UserError: names the request
        """
        for line in self.order_line.purchase_request_lines.sudo():
            if line.purchase_state == "done":
                raise UserError(
                    self.env._(
                        "All of %(product)s that %(request)s asks for has been received.",
                        product=line.product_id.display_name,
                        request=line.request_id.display_name,
                    )
                )
        return True

    def _purchase_request_confirm_message_content(self, request, request_dict=None):
        """What is ordered, in the words of the company and without prices."""
        self.ensure_one()
        item = Markup("<li>%s: %s %s</li>")
        rows = [
            item % (row["name"], f"{row['product_qty']:g}", row["product_uom"])
            for row in (request_dict or {}).values()
        ]
        title = self.env._("Ordered by %s:", self.name)
        return Markup("%s<ul>%s</ul>") % (title, Markup("").join(rows))


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
    )
    smarthome_for_whom = fields.Char(
        string="For Whom",
        compute="_compute_smarthome_for_whom",
        store=True,
    )

    @api.depends("smarthome_object_id.number", "smarthome_object_id.name")
    def _compute_smarthome_for_whom(self):
        for line in self:
            line.smarthome_for_whom = line.smarthome_object_id.display_name

    def _get_live_quantity(self):
        """Quantity that came or still comes, in the line's unit.

        A cancelled order gives all back; so do a receipt without the rest, and goods returned to
        the vendor, for which nothing else is on the way.
        """
        self.ensure_one()
        if self.state == "cancel":
            return 0.0
        moves = self.move_ids
        if self.state != "purchase" or self.qty_received_method != "stock_moves" or not moves:
            return self.product_qty
        return max(self._get_qty_procurement(), 0.0)

    def _get_request_shares(self):
        """How much of the line is ordered and received for which line of a request.

        :return: dict {line of a request: (ordered, received)}, in the product's unit
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        left = [
            self.product_uom_id._compute_quantity(quantity, unit, rounding_method="HALF-UP")
            for quantity in (self._get_live_quantity(), self.qty_received)
        ]
        shares = {}
        for request_line, wanted in self._get_wanted():
            taken = [min(wanted, quantity) for quantity in left]
            left = [quantity - part for quantity, part in zip(left, taken, strict=True)]
            former = shares.get(request_line, (0.0, 0.0))
            shares[request_line] = tuple(map(sum, zip(former, taken, strict=True)))
        return shares

    def _get_wanted(self):
        """Lines of requests with what of this line was ordered for them, in the product's unit."""
        allocations = self.purchase_request_allocation_ids.sorted("id")
        wanted = [
            (one.purchase_request_line_id, one._get_requested_quantity()) for one in allocations
        ]
        others = self.purchase_request_lines - allocations.purchase_request_line_id
        return wanted + [(line, line._to_product_unit(line.product_qty)) for line in others]

    def _prepare_stock_moves(self, picking):
        """Receipts know the object; requests ask the purchase lines, not their moves."""
        return [
            {
                **{key: vals[key] for key in vals if key != "purchase_request_allocation_ids"},
                "smarthome_object_id": self.smarthome_object_id.id,
            }
            for vals in super()._prepare_stock_moves(picking)
        ]


class PurchaseRequestAllocation(models.Model):
    _inherit = "purchase.request.allocation"

    def _get_requested_quantity(self):
        """What is allocated, in the product's unit."""
        self.ensure_one()
        return self.purchase_request_line_id._to_product_unit(self.requested_product_uom_qty)


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Requests are done when all of them came."""
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        requests = moves.sudo().purchase_line_id.purchase_request_lines.request_id
        requests._follow_receipts()
        return moves
