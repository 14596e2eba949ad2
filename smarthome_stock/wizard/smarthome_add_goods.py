from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class SmarthomeAddGoods(models.TransientModel):
    """Goods added to a shipment of an object: beyond the proposal, or under warranty."""

    _name = "smarthome.add.goods"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Goods Added to a Shipment"

    _reach_fields = ("object_id", "picking_id", "replaced_lot_id")

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        required=True,
        readonly=True,
    )
    picking_id = fields.Many2one(
        comodel_name="stock.picking",
        string="Shipment",
        domain="[('smarthome_object_id', '=', object_id), "
        "('picking_type_code', 'in', ('internal', 'outgoing')), "
        "('state', 'not in', ('done', 'cancel'))]",
        help="Empty: the goods are gathered anew.",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Product",
        required=True,
        domain=[("type", "=", "consu")],
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    is_warranty = fields.Boolean(
        string="Warranty",
        help="The client gets them for nothing; they cost the object.",
    )
    reason = fields.Char(string="Reason of Warranty")
    replaces_id = fields.Many2one(
        comodel_name="product.product",
        string="Replaces",
        compute="_compute_replaces_id",
        store=True,
        readonly=False,
        domain=[("type", "=", "consu")],
    )
    replaced_lot_id = fields.Many2one(
        comodel_name="stock.lot",
        string="Replaced Number",
        domain="[('product_id', '=', replaces_id)]",
    )
    comes_back = fields.Boolean(
        string="The Replaced Unit Comes Back",
        help="It is taken in as defective, worth nothing.",
    )

    @api.model
    def _check_target(self, name, targets):
        """The storekeeper ships for every object, and opens none."""
        if name != "object_id":
            super()._check_target(name, targets)
            return
        for record in targets:
            record._check_may_ship()

    @api.depends("product_id")
    def _compute_uom_id(self):
        for wizard in self:
            wizard.uom_id = wizard.product_id.uom_id

    @api.depends("product_id", "is_warranty")
    def _compute_replaces_id(self):
        """By default a unit of the same kind is replaced."""
        for wizard in self:
            wizard.replaces_id = wizard.is_warranty and wizard.product_id

    def action_add(self):
        """Add the goods to the shipment.

        :return: action of the shipment
        :raise AccessError: neither the storekeeper nor the object's manager asks
        """
        self.ensure_one()
        self.object_id._check_may_ship()
        self._check_goods()
        wizard = self.sudo()
        picking = wizard.picking_id or wizard._create_gathering()
        move = self.env["stock.move"].sudo().create(wizard._prepare_move_values(picking))
        move._action_confirm()
        move.picking_id.action_assign()
        if wizard.is_warranty and wizard.comes_back:
            wizard._take_replaced_in()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "res_id": move.picking_id.id,
            "views": [(False, "form")],
        }

    def _check_goods(self):
        """Refuse what could not be shipped to the object.

        :raise UserError: says what is wrong
        """
        wizard = self.sudo()
        if wizard.uom_id.compare(wizard.quantity, 0) <= 0:
            raise UserError(self.env._("Write how much is added."))
        if wizard.is_warranty and not (wizard.reason or "").strip():
            raise UserError(self.env._("Write why the goods are given under warranty."))
        picking = wizard.picking_id
        if picking and (
            picking.smarthome_object_id != wizard.object_id
            or picking.state in ("done", "cancel")
            or picking.picking_type_code == "incoming"
        ):
            raise UserError(self.env._("Choose an open shipment of the object."))
        if not wizard.object_id._get_signed_orders():
            raise UserError(
                self.env._(
                    "%(object)s has no signed contract in which %(product)s could stand.",
                    object=wizard.object_id.display_name,
                    product=wizard.product_id.display_name,
                )
            )

    def _create_gathering(self):
        """A gathering of its own for the object's first contract."""
        site = self.object_id
        order = site._get_first_contract()
        if not order.stock_reference_ids:
            self.env["stock.reference"].create(
                {"name": order.name, "sale_ids": [Command.link(order.id)]}
            )
        warehouse = order.warehouse_id
        return self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.smarthome_staging_type_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": site._get_staging_location(warehouse).id,
                "partner_id": order.partner_shipping_id.id,
                "origin": order.name,
                "company_id": order.company_id.id,
                "smarthome_object_id": site.id,
            }
        )

    def _prepare_move_values(self, picking):
        """Values of the move that takes the goods to the object, in one step or in two."""
        order = picking.sale_id or self.object_id._get_first_contract()
        values = {
            "picking_id": picking.id,
            "picking_type_id": picking.picking_type_id.id,
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom": self.uom_id.id,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "location_final_id": order.partner_shipping_id.property_stock_customer.id,
            "partner_id": order.partner_shipping_id.id,
            "company_id": picking.company_id.id,
            "warehouse_id": picking.picking_type_id.warehouse_id.id,
            "smarthome_object_id": self.object_id.id,
            "reference_ids": [Command.set(order.stock_reference_ids.ids)],
            "additional": True,
        }
        if self.is_warranty:
            values.update(
                smarthome_is_warranty=True,
                smarthome_warranty_reason=self.reason,
                smarthome_replaces_id=self.replaces_id.id,
                smarthome_replaced_lot_id=self.replaced_lot_id.id,
            )
        return values

    def _take_replaced_in(self):
        """A receipt of the replaced unit: from the client to the defective stock."""
        order = self.object_id._get_first_contract()
        product = self.replaces_id or self.product_id
        picking = self.env["stock.picking"].create(self._prepare_defective_receipt(order))
        move = self.env["stock.move"].create(
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom_qty": self.uom_id._compute_quantity(self.quantity, product.uom_id),
                "product_uom": product.uom_id.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
                "company_id": picking.company_id.id,
                "smarthome_object_id": self.object_id.id,
                "to_refund": False,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        if self.replaced_lot_id:
            move.move_line_ids.lot_id = self.replaced_lot_id
        return picking

    def _prepare_defective_receipt(self, order):
        return {
            "picking_type_id": order.warehouse_id.in_type_id.id,
            "location_id": order.partner_shipping_id.property_stock_customer.id,
            "location_dest_id": order.company_id._get_defective_location().id,
            "partner_id": order.partner_shipping_id.id,
            "origin": self.env._("Replaced under warranty, %(contract)s", contract=order.name),
            "company_id": order.company_id.id,
            "smarthome_object_id": self.object_id.id,
        }


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def action_add_goods(self):
        """Open the small form by which goods are added to a shipment of the object."""
        self.ensure_one()
        self._check_may_ship()
        return self._open_add_goods()

    def _open_add_goods(self, picking=None):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add goods to a shipment"),
            "res_model": "smarthome.add.goods",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_object_id": self.id,
                "default_picking_id": picking.id if picking else False,
                "dialog_size": "medium",
            },
        }

    def _check_may_ship(self):
        """Let storekeepers, heads and the object's manager add to shipments.

        :raise AccessError: somebody else asks
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su or user._smarthome_has_role("head", "storekeeper"):
            return
        if not (user._smarthome_has_role("manager") and self.sudo().user_id == user):
            raise AccessError(
                self.env._("The storekeeper or the object's manager adds to its shipments.")
            )

    def _get_first_contract(self):
        """The main contract of the object that was signed first."""
        orders = self.sudo()._get_signed_orders()
        return orders.sorted(lambda order: (bool(order.smarthome_main_order_id), order.id))[:1]


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_smarthome_add_goods(self):
        """Open the small form by which goods are added to this shipment."""
        self.ensure_one()
        self.check_access("read")
        self.smarthome_object_id._check_may_ship()
        return self.smarthome_object_id._open_add_goods(self)
