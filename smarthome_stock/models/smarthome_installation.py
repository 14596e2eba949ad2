from odoo import api, fields, models
from odoo.exceptions import UserError


class SmarthomeInstallation(models.Model):
    """Goods that the crew installed: how much, when, by whom, which number."""

    _name = "smarthome.installation"
    _inherit = ["smarthome.counted.mixin"]
    _description = "Goods Installed"
    _order = "date desc, id desc"

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
    quantity = fields.Float(digits="Product Unit", required=True)
    lot_id = fields.Many2one(
        comodel_name="stock.lot",
        string="Serial Number",
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
    )
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    installer_id = fields.Many2one(
        comodel_name="res.users",
        string="Installed by",
        index="btree_not_null",
        default=lambda self: self.env.user,
    )
    note = fields.Char()

    _quantity_not_zero = models.Constraint(
        "CHECK(quantity <> 0)",
        "Write how much was installed.",
    )

    @api.model
    def _check_target(self, name, targets):
        self.env["smarthome.object.line"]._check_reachable(targets)

    @api.model_create_multi
    def create(self, vals_list):
        """Record what was installed; more than was shipped is refused."""
        rows = super().create(vals_list)
        rows.order_line_id._update_installed_quantity()
        rows._check_installed()
        return rows

    def write(self, vals):
        lines = self.order_line_id
        result = super().write(vals)
        if {"quantity", "order_line_id"} & vals.keys():
            (lines | self.order_line_id)._update_installed_quantity()
            self._check_installed()
        return result

    def unlink(self):
        lines = self.order_line_id
        result = super().unlink()
        lines._update_installed_quantity()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.sudo().object_id._check_still_open()

    def action_undo(self):
        """Take back what was recorded by mistake."""
        self.unlink()

    def _check_installed(self):
        """Refuse what is not at the object."""
        if not self.env["smarthome.installation.difference"]._is_taking_down():
            self.sudo().object_id._check_still_open()
        for line in self.order_line_id.sudo():
            if line.order_id.state != "sale" or line.smarthome_kind != "goods":
                raise UserError(self.env._("Only goods of signed contracts are installed."))
            line._check_settled_quantity()


class SaleOrderLine(models.Model):
    """Shipped, installed, and what became of the difference."""

    _inherit = "sale.order.line"

    smarthome_installed_quantity = fields.Float(
        string="Installed",
        digits="Product Unit",
        readonly=True,
        copy=False,
    )
    smarthome_settled_quantity = fields.Float(
        string="Settled Otherwise",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Shipped and not installed: stolen, or left with the client.",
    )

    @property
    def _kept_fields(self):
        names = ("smarthome_installed_quantity", "smarthome_settled_quantity")
        names += ("qty_delivered", "qty_delivered_method")
        return (*super()._kept_fields, *names)

    def _update_installed_quantity(self):
        """Bring the installed quantities in step with what the crew recorded."""
        groups = (
            self.env["smarthome.installation"]
            .sudo()
            ._read_group([("order_line_id", "in", self.ids)], ["order_line_id"], ["quantity:sum"])
        )
        installed = {line.id: quantity for line, quantity in groups}
        for line in self.sudo():
            line.smarthome_installed_quantity = installed.get(line.id, 0.0)
        self.env["smarthome.object.line"].invalidate_model()

    def _get_unsettled_quantity(self):
        """What is at the object and neither installed nor settled otherwise, in the line's unit."""
        self.ensure_one()
        settled = self.smarthome_installed_quantity + self.smarthome_settled_quantity
        return self.product_uom_id.round(self._get_shipped_quantity() - settled)

    def _check_settled_quantity(self):
        """Refuse more installed and settled than is at the object.

        :raise UserError: names the goods and the quantities
        """
        self.ensure_one()
        unit, installed = self.product_uom_id, self.smarthome_installed_quantity
        if unit.compare(self._get_unsettled_quantity(), 0) >= 0 and unit.compare(installed, 0) >= 0:
            return
        raise UserError(
            self.env._(
                "«%(goods)s»: %(shipped)s are at the object, and %(installed)s would be installed "
                "or settled otherwise.",
                goods=self.product_id.display_name,
                shipped=f"{self._get_shipped_quantity():g}",
                installed=f"{installed + self.smarthome_settled_quantity:g}",
            )
        )

    def _take_down(self):
        """What came back is neither left with the client nor installed any more."""
        self.ensure_one()
        line = self.sudo()
        line._take_back_left(-line._get_unsettled_quantity())
        taken = min(-line._get_unsettled_quantity(), line.smarthome_installed_quantity)
        if line.product_uom_id.compare(taken, 0) > 0:
            self.env["smarthome.installation"].sudo().with_context(
                smarthome_taking_down=True
            ).create(
                {
                    "order_line_id": line.id,
                    "quantity": -taken,
                    "note": self.env._("Taken down and returned"),
                }
            )
