from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import PAY_GROUPS


class SmarthomeWorkDone(models.Model):
    """Works that the crew did: how much, when, by whom; the ground of its pay."""

    _name = "smarthome.work.done"
    _description = "Work Done"
    _order = "date desc, id desc"

    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Work",
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
    currency_id = fields.Many2one(related="order_id.currency_id", store=True)
    product_id = fields.Many2one(related="order_line_id.product_id", store=True)
    uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    quantity = fields.Float(digits="Product Unit", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    installer_id = fields.Many2one(
        comodel_name="res.users",
        string="Installer",
        index="btree_not_null",
        default=lambda self: self.env.user,
    )
    note = fields.Char()
    pay = fields.Monetary(
        compute="_compute_pay",
        store=True,
        groups=f"{PAY_GROUPS},smarthome_base.group_smarthome_installer",
        help="Quantity x rate x coefficient, both frozen at signing.",
    )

    _quantity_not_zero = models.Constraint("CHECK(quantity <> 0)", "Write how much was done.")

    @api.depends("quantity", "order_line_id.smarthome_rate")
    def _compute_pay(self):
        for done in self:
            line = done.order_line_id
            coefficient = line.order_id._get_frozen_coefficient()
            done.pay = line.order_id._smarthome_round(
                done.quantity * line.smarthome_rate * coefficient
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Record works of signed contracts; more than signed is refused."""
        rows = super().create(vals_list)
        rows.order_line_id._update_done_quantity()
        rows._check_done()
        return rows

    def write(self, vals):
        """The work may be moved to another contract: neither object is closed."""
        lines = self.order_line_id
        is_counted = bool({"quantity", "order_line_id"} & vals.keys())
        if is_counted:
            self.check_access("write")
            self._check_open_object()
        result = super().write(vals)
        if is_counted:
            (lines | self.order_line_id)._update_done_quantity()
            self._check_done()
        return result

    def unlink(self):
        lines = self.order_line_id
        result = super().unlink()
        lines._update_done_quantity()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open_object()

    def _check_open_object(self):
        """Refuse changes of closed objects: their profit is final."""
        self.sudo().object_id._check_still_open()

    def _check_done(self):
        """Refuse what the contract does not hold."""
        self._check_open_object()
        for line in self.order_line_id.sudo():
            if line.order_id.state != "sale" or line.smarthome_kind != "work":
                raise UserError(self.env._("Only works of signed contracts are marked as done."))
            done, ordered = line.smarthome_done_quantity, line.product_uom_qty
            if line.product_uom_id.compare(done, ordered) > 0 or done < 0:
                raise UserError(
                    self.env._(
                        "«%(work)s»: %(done)s of %(ordered)s would be done. More is agreed by an "
                        "additional proposal.",
                        work=line.product_id.display_name,
                        done=done,
                        ordered=ordered,
                    )
                )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_done_ids = fields.One2many(
        comodel_name="smarthome.work.done",
        inverse_name="order_line_id",
        string="Works Done",
    )
    smarthome_done_quantity = fields.Float(
        string="Quantity Done",
        digits="Product Unit",
        readonly=True,
        copy=False,
    )

    def _update_done_quantity(self):
        """Bring the quantities done in step with the works done."""
        groups = (
            self.env["smarthome.work.done"]
            .sudo()
            ._read_group([("order_line_id", "in", self.ids)], ["order_line_id"], ["quantity:sum"])
        )
        done = {line.id: quantity for line, quantity in groups}
        for line in self.sudo():
            line.smarthome_done_quantity = done.get(line.id, 0.0)

    def _get_shipped_quantity(self):
        """Quantity of goods at the object: shipped less returned, in the line's unit.

        Without a warehouse everything signed counts as shipped; ``smarthome_stock`` tells better.
        """
        self.ensure_one()
        return self.product_uom_qty

    def _get_shipped_cost(self):
        """Cost of what was shipped, in the contract's currency, by the frozen purchase price.

        ``smarthome_stock`` brings the real cost at the moment of shipment instead.
        """
        self.ensure_one()
        return self.order_id._smarthome_round(
            self._get_shipped_quantity() * self.smarthome_purchase_price
        )

    def _get_contract_amount(self, quantity):
        """Revenue without tax of a quantity at the contract's price after discount."""
        self.ensure_one()
        if (
            self.product_uom_qty
            and self.product_uom_id.compare(quantity, self.product_uom_qty) == 0
        ):
            return self.price_subtotal
        ordered, subtotal = self.product_uom_qty, self.price_subtotal
        if not ordered:
            ordered, subtotal = self.smarthome_signed_quantity, self.smarthome_signed_subtotal
        return self.order_id._smarthome_round(quantity * subtotal / ordered) if ordered else 0.0
