from odoo import api, fields, models
from odoo.exceptions import UserError


class SmarthomeInstallationDifference(models.Model):
    """What became of goods that were shipped and not installed; asked for before closing."""

    _name = "smarthome.installation.difference"
    _inherit = ["smarthome.counted.mixin"]
    _description = "Shipped and Not Installed"
    _order = "id desc"

    _reach_fields = ("order_line_id",)
    _kept_fields = ("order_id", "object_id", "user_id", "engineer_id", "company_id", "product_id")

    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Goods",
        required=True,
        ondelete="restrict",
        index=True,
    )
    order_id = fields.Many2one(related="order_line_id.order_id", store=True, index=True)
    object_id = fields.Many2one(
        related="order_id.smarthome_object_id",
        store=True,
        index=True,
    )
    user_id = fields.Many2one(related="object_id.user_id", string="Manager", store=True)
    engineer_id = fields.Many2one(
        related="object_id.engineer_id",
        string="Lead Engineer",
        store=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    product_id = fields.Many2one(related="order_line_id.product_id", store=True)
    uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    kind = fields.Selection(
        selection=[
            ("returned", "Returned"),
            ("stolen", "Stolen"),
            ("left", "Left with the Client"),
        ],
        string="What Became of It",
        required=True,
        help="Returned: a return is made and lowers what is shipped when it is done. Stolen and "
        "left: the goods stay in the object's cost.",
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    note = fields.Char(string="Remark")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)",
        "Write how much is missing.",
    )

    @api.model
    def _check_target(self, name, targets):
        self.env["smarthome.object.line"]._check_reachable(targets)

    @api.model_create_multi
    def create(self, vals_list):
        """Settle differences; returned goods are asked for at once."""
        rows = super().create(vals_list)
        if self._is_taking_down():
            return rows
        rows.sudo().object_id._check_still_open()
        returned = rows.filtered(lambda row: row.kind == "returned").sudo()
        for line, of_line in returned.grouped("order_line_id").items():
            line._ask_back(sum(of_line.mapped("quantity")))
        rows.order_line_id._update_settled_quantity()
        for line in rows.order_line_id.sudo():
            line._check_settled_quantity()
        return rows

    def write(self, vals):
        """What is chosen anew is counted anew."""
        lines = self.order_line_id
        result = super().write(vals)
        if {"kind", "quantity", "order_line_id"} & vals.keys() and not self._is_taking_down():
            self.sudo().object_id._check_still_open()
            lines = (lines | self.order_line_id).sudo()
            lines._update_settled_quantity()
            for line in lines:
                line._check_settled_quantity()
        return result

    @api.model
    def _is_taking_down(self):
        """Tell whether the program itself follows goods that came back."""
        return bool(self.env.su and self.env.context.get("smarthome_taking_down"))

    def _call_returned(self, quantity):
        """Say of goods, or of a part of them, that they came back after all.

        :param quantity: in the line's unit
        """
        self.ensure_one()
        row = self.sudo().with_context(smarthome_taking_down=True)
        left = row.quantity - quantity
        if row.uom_id.compare(left, 0) > 0:
            row.copy({"quantity": quantity, "kind": "returned"})
            row.quantity = left
        else:
            row.kind = "returned"

    def action_undo(self):
        """Take back what was chosen by mistake; a return that is not done yet is cancelled."""
        self.check_access("unlink")
        for row in self.filtered(lambda row: row.kind == "returned").sudo():
            line = row.order_line_id
            asked = line._get_coming_quantity() - line._get_awaited_returns()
            line._lower_open_returns(min(row.quantity, max(asked, 0.0)))
        self.unlink()

    def unlink(self):
        lines = self.order_line_id
        result = super().unlink()
        lines._update_settled_quantity()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.sudo().object_id._check_still_open()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _update_settled_quantity(self):
        """Bring the quantities settled otherwise in step with what was chosen."""
        groups = (
            self.env["smarthome.installation.difference"]
            .sudo()
            ._read_group(
                [("order_line_id", "in", self.ids), ("kind", "!=", "returned")],
                ["order_line_id"],
                ["quantity:sum"],
            )
        )
        settled = {line.id: quantity for line, quantity in groups}
        for line in self.sudo():
            line.smarthome_settled_quantity = settled.get(line.id, 0.0)
        self.env["smarthome.object.line"].invalidate_model()

    def _take_back_left(self, quantity):
        """Goods that come back are first those that were left with the client, then stolen ones.

        :param quantity: in the line's unit
        """
        self.ensure_one()
        rows = self.env["smarthome.installation.difference"].search(
            [("order_line_id", "=", self.id), ("kind", "!=", "returned")], order="kind, id desc"
        )
        for row in rows:
            part = min(quantity, row.quantity)
            if self.product_uom_id.compare(part, 0) > 0:
                row._call_returned(part)
                quantity -= part
        self._update_settled_quantity()

    def _get_coming_quantity(self):
        """What of the line is on its way back, in its unit."""
        self.ensure_one()
        return sum(
            move._get_quantity_in(self.product_uom_id)
            if move.quantity
            else move.product_uom._compute_quantity(move.product_uom_qty, self.product_uom_id)
            for move in self._get_open_returns()
        )

    def _ask_back(self, quantity):
        """Ask for goods that were not installed, beside those that are on their way back already.

        :raise UserError: so much is not left at the object
        """
        self.ensure_one()
        free = self._get_unsettled_quantity() - self._get_coming_quantity()
        if self.product_uom_id.compare(quantity, free) > 0:
            raise UserError(
                self.env._(
                    "«%(goods)s»: %(quantity)s cannot be returned, only %(free)s are neither "
                    "installed nor on their way back.",
                    goods=self.product_id.display_name,
                    quantity=f"{quantity:g}",
                    free=f"{max(free, 0.0):g}",
                )
            )
        self._request_returns(quantity)


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    installation_ids = fields.One2many(
        comodel_name="smarthome.installation",
        inverse_name="object_id",
        string="Goods Installed",
    )
    difference_ids = fields.One2many(
        comodel_name="smarthome.installation.difference",
        inverse_name="object_id",
        string="Shipped and Not Installed",
    )

    def _get_closing_obstacles(self):
        """Goods that were shipped are installed, or somebody says what became of them."""
        obstacles = super()._get_closing_obstacles()
        lines = (
            self._get_signed_orders()
            .order_line.filtered(lambda line: line.smarthome_kind == "goods")
            .filtered(lambda line: line.product_uom_id.compare(line._get_unsettled_quantity(), 0))
        )
        if lines:
            message = self.env._(
                "Shipped and not installed: %(count)s (%(goods)s). Confirm the installation, or "
                "choose what became of them.",
                count=len(lines),
                goods=", ".join(lines[:5].mapped("product_id.display_name")),
            )
            obstacles.append(self._prepare_obstacle("installed", message, lines))
        return obstacles

    def action_open_obstacle(self, code):
        """Goods that are not installed open in the list where they are confirmed."""
        if code != "installed":
            return super().action_open_obstacle(code)
        self.ensure_one()
        self.check_access("read")
        lines = self.goods_line_ids.filtered("waiting_quantity")
        return lines and self._open_records("smarthome.object.line", lines.ids)

    def action_all_installed(self):
        """Confirm that all goods at the object are installed, today, by the user."""
        self.ensure_one()
        self.goods_line_ids.action_installed()
