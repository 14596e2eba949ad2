from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS


class PurchaseRequestLineMakePurchaseOrder(models.TransientModel):
    """Requests become purchase orders, one for each vendor and warehouse.

    Mended here: the price is the vendor's, the typed quantity is what is ordered, what is ordered
    already is not offered again, and each line of a request has a purchase line of its own.
    """

    _inherit = "purchase.request.line.make.purchase.order"

    supplier_id = fields.Many2one(required=False)

    @api.model
    def default_get(self, fields):
        """Each line comes with its own vendor; one for all is chosen by a person."""
        values = super().default_get(fields)
        values.pop("supplier_id", None)
        return values

    @api.model
    def _prepare_item(self, line):
        """What is left to buy, from the vendor who has it at this quantity."""
        quantity = line.smarthome_to_buy_quantity
        return {
            **super()._prepare_item(line),
            "product_qty": quantity,
            "smarthome_left_quantity": quantity,
            "smarthome_vendor_id": line._propose_vendor(quantity).id,
        }

    @api.model
    def get_items(self, request_line_ids):
        """Lines with something left to buy."""
        items = super().get_items(request_line_ids)
        return [command for command in items if command[2]["product_qty"] > 0]

    @api.model
    def _check_valid_request_line(self, request_line_ids):
        """Refuse lines that nobody approved, or of which nothing is left to buy.

        :raise UserError: names what stands in the way
        """
        lines = self.env["purchase.request.line"].browse(request_line_ids)
        waiting = lines.request_id.filtered(
            lambda request: request.state not in ("approved", "in_progress", "done")
        )
        if waiting:
            raise UserError(
                self.env._("%s is not approved yet.", ", ".join(waiting.mapped("display_name")))
            )
        if len(lines.company_id) > 1:
            raise UserError(self.env._("Choose lines of one company."))
        if not any(line.smarthome_to_buy_quantity > 0 for line in lines):
            raise UserError(self.env._("All of this is ordered already."))

    def make_purchase_order(self):
        """Make purchase orders of the chosen lines, one for each vendor and warehouse.

        :return: action of the orders
        """
        self._check_items()
        parts = self.item_ids.grouped(
            lambda item: (self._get_vendor(item), item.request_id.picking_type_id)
        )
        if len(parts) == 1 and self.supplier_id:
            orders = self._get_orders(super().make_purchase_order())
            self._keep_prices(orders)
            return self._open_orders(orders)
        orders = self.env["purchase.order"]
        for (vendor, _picking_type), items in parts.items():
            orders |= self._get_orders(self._split_off(vendor, items).make_purchase_order())
        return self._open_orders(orders)

    def _get_vendor(self, item):
        return self.purchase_order_id.partner_id or self.supplier_id or item.smarthome_vendor_id

    def _split_off(self, vendor, items):
        """A wizard with the lines of one vendor alone."""
        part = self.create(
            {
                "supplier_id": vendor.id,
                "purchase_order_id": self.purchase_order_id.id,
                "item_ids": [Command.clear()],
            }
        )
        items.wiz_id = part
        return part

    @api.model
    def _get_orders(self, action):
        """The orders that an action of the library shows."""
        return self.env["purchase.order"].search(action["domain"])

    def _keep_prices(self, orders):
        """Prices that Odoo would replace by the product's cost stand like those written by hand.

        It does so where the vendor counts in another unit, or sells more at once.
        """
        lines = self.item_ids.line_id.purchase_lines & orders.order_line
        lines.filtered(lambda line: not line.selected_seller_id).technical_price_unit = 0

    @api.model
    def _open_orders(self, orders):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_rfq"),
            "domain": [("id", "in", orders.ids)],
            "context": {},
            **({"views": [(False, "form")], "res_id": orders.id} if len(orders) == 1 else {}),
        }

    def _check_items(self):
        """Check that each line has a quantity and a vendor, and is still to be bought.

        :raise UserError: names the product
        """
        self._lock_request_lines()
        for item in self.item_ids:
            product = item.line_id.product_id.display_name
            if item.product_qty <= 0:
                raise UserError(self.env._("%s: enter a quantity above zero.", product))
            if not self._get_vendor(item):
                raise UserError(self.env._("%s: choose the vendor.", product))
            if item.line_id.smarthome_to_buy_quantity < item.smarthome_left_quantity:
                raise UserError(
                    self.env._("%s: somebody has just ordered it, open the list again.", product)
                )

    def _lock_request_lines(self):
        """Let a second person who orders the same lines at this moment wait.

        Updated and not only locked: PostgreSQL refuses whoever waited, and Odoo repeats his
        request, which then sees what the other one ordered.
        """
        lines = self.item_ids.line_id
        if lines:
            lines.flush_recordset()
            self.env.cr.execute(
                "UPDATE purchase_request_line SET id = id WHERE id IN %s", [tuple(lines.ids)]
            )

    @api.model
    def _get_order_line_search_domain(self, order, item):
        """Each line of a request has a purchase line of its own, which knows its object."""
        return [("id", "=", False)]

    @api.model
    def _prepare_purchase_order_line(self, po, item):
        """The typed quantity at the vendor's price, for the object of the request."""
        vals = super()._prepare_purchase_order_line(po, item)
        product, unit = item.product_id, item.product_id.uom_id
        quantity = item.product_uom_id._compute_quantity(
            item.product_qty, unit, rounding_method="HALF-UP"
        )
        seller = product._smarthome_find_seller(po.partner_id, quantity, unit)
        if seller and self._is_exact(quantity, unit, seller.product_uom_id):
            quantity = unit._compute_quantity(quantity, seller.product_uom_id)
            unit = seller.product_uom_id
        del vals["price_unit"]
        return {
            **vals,
            "product_uom_id": unit.id,
            "product_qty": quantity,
            "smarthome_object_id": item.line_id.sudo().smarthome_object_id.id,
            **(self._prepare_price(po, seller, unit) if seller else {}),
        }

    @api.model
    def _is_exact(self, quantity, unit, other):
        """Tell whether a quantity can be said in another unit without rounding."""
        there = unit._compute_quantity(quantity, other, rounding_method="HALF-UP")
        back = other._compute_quantity(there, unit, rounding_method="HALF-UP")
        return not unit.compare(quantity, back)

    @api.model
    def _prepare_price(self, order, seller, unit):
        """The vendor's price for a unit; Odoo would take that of one piece, or the cost."""
        day = order.date_order.date()
        price = seller.currency_id._convert(
            seller.product_uom_id._compute_price(seller.price, unit),
            order.currency_id,
            order.company_id,
            day,
            round=False,
        )
        return {"price_unit": price, "discount": seller.discount}

    def create_allocation(self, po_line, pr_line, new_qty, alloc_uom):
        """All of the purchase line is for the line of the request; the library mixes up units."""
        quantity = po_line.product_uom_id._compute_quantity(
            po_line.product_qty, alloc_uom, rounding_method="HALF-UP"
        )
        return super().create_allocation(po_line, pr_line, quantity, alloc_uom)


class PurchaseRequestLineMakePurchaseOrderItem(models.TransientModel):
    _inherit = "purchase.request.line.make.purchase.order.item"

    smarthome_vendor_id = fields.Many2one(
        comodel_name="res.partner",
        string="Vendor",
        context={"res_partner_search_mode": "supplier"},
    )
    smarthome_left_quantity = fields.Float(string="Left to Buy", digits="Product Unit")
    smarthome_for_whom = fields.Char(related="line_id.smarthome_for_whom", string="For Whom")
    smarthome_needed_date = fields.Date(related="line_id.date_required", string="Needed by")
    smarthome_price = fields.Float(
        string="Vendor's Price",
        digits="Product Price",
        compute="_compute_smarthome_price",
        groups=PURCHASE_GROUPS,
        help="For one unit of the line, in the vendor's currency.",
    )
    smarthome_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency",
        compute="_compute_smarthome_price",
    )

    @api.depends(
        "smarthome_vendor_id",
        "wiz_id.supplier_id",
        "wiz_id.purchase_order_id",
        "product_qty",
        "product_uom_id",
        "line_id",
    )
    def _compute_smarthome_price(self):
        for item in self:
            vendor = item.wiz_id._get_vendor(item)
            product, unit = item.line_id.product_id, item.product_uom_id
            seller = product._smarthome_find_seller(vendor, item.product_qty, unit)
            item.smarthome_currency_id = seller.currency_id
            item.smarthome_price = (
                seller.product_uom_id._compute_price(seller.price, unit or product.uom_id)
                if seller
                else 0.0
            )


class PurchaseRequestLine(models.Model):
    _inherit = "purchase.request.line"

    @api.model
    def _calc_new_qty(self, request_line, po_line=None, new_pr_line=False):
        """The purchase line has its quantity from the wizard and keeps it."""
        return po_line.product_qty

    def _propose_vendor(self, quantity):
        """The vendor with the best price at a quantity in the line's unit, or the first one."""
        self.ensure_one()
        seller = self.product_id._smarthome_find_seller(False, quantity, self.product_uom_id)
        return seller.partner_id


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _smarthome_find_seller(self, vendor, quantity, unit):
        """The row of the vendor's price list that counts for a quantity.

        Where he sells only more at once, the row with the smallest quantity counts.

        :param vendor: res.partner, or False for any
        :return: product.supplierinfo, empty where the vendor has no price
        """
        if not self:
            return self.env["product.supplierinfo"]
        day = fields.Date.context_today(self)
        exact = self._select_seller(vendor, quantity, day, unit or self.uom_id)
        sellers = self._get_filtered_sellers(vendor, None, day, unit)
        return exact or sellers.sorted(lambda one: (one.min_qty, one.sequence, one.id))[:1]
