from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain


class SmarthomeObject(models.Model):
    """An object is closed when nothing of it is under way or left at its staging place."""

    _inherit = "smarthome.object"

    def _get_closing_obstacles(self):
        obstacles = super()._get_closing_obstacles()
        record = self.sudo()
        pickings = record._get_open_pickings()
        if pickings:
            names = ", ".join(pickings[:5].mapped("name"))
            message = self.env._(
                "Shipments under way: %(count)s (%(names)s).", count=len(pickings), names=names
            )
            obstacles.append(self._prepare_obstacle("shipments", message, pickings))
        quants = record._may_hold_goods() and record._get_staged_quants()
        if quants:
            names = ", ".join(quants[:5].product_id.mapped("display_name"))
            message = self.env._("Goods left at the staging place: %(goods)s.", goods=names)
            obstacles.append(self._prepare_obstacle("staging", message, quants))
        return obstacles

    def _get_open_pickings(self):
        """Shipments, gatherings and returns of the object that are neither done nor cancelled."""
        return self.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))

    def _may_hold_goods(self):
        """Tell whether anything can lie at the staging places; asked of many objects at once."""
        places = self.sudo().with_context(active_test=False).staging_location_ids
        return bool(places.child_ids or any(places.quant_ids.mapped("quantity")))

    def _get_staged_quants(self):
        """What lies at the staging places of the objects.

        :return: stock.quant in sudo
        """
        places = self.sudo().with_context(active_test=False).staging_location_ids
        domain = Domain("location_id", "child_of", places.ids) & Domain("quantity", ">", 0)
        return self.env["stock.quant"].sudo().search(domain) if places else self.env["stock.quant"]

    def _close(self):
        statement = super()._close()
        self._archive_staging()
        return statement

    def _archive_staging(self):
        """Archive the staging places, in which nothing is left."""
        places = self.staging_location_ids
        # Odoo looks for goods and for a warehouse of each place by itself; closing has found none
        models.BaseModel.write(places | places.child_ids, {"active": False})

    def _reopen(self, reason):
        """The staging places stand open again."""
        result = super()._reopen(reason)
        self.with_context(active_test=False).staging_location_ids.active = True
        return result

    # === BACK TO STOCK === #

    def action_return_staged(self):
        """Move what is left at the staging place back to stock.

        A manager's request waits for the storekeeper; heads and storekeepers move at once.

        :raise AccessError: the object is another manager's
        """
        self.ensure_one()
        has_role = self.env.user._smarthome_has_role
        may_move = self.env.su or has_role("head", "storekeeper")
        is_manager = has_role("manager") and self.sudo().user_id == self.env.user
        if not may_move and not is_manager:
            raise AccessError(self.env._("The storekeeper or the object's manager does this."))
        quantities = {}
        for quant in self._get_staged_quants():
            key = (quant.location_id, quant.product_id, quant.lot_id)
            quantities[key] = quantities.get(key, 0.0) + quant.quantity
        picking = self.sudo()._return_to_stock(quantities)
        if may_move:
            picking._finish_staging()
        return True

    def _return_to_stock(self, quantities):
        """Make a transfer from the staging place back to stock; what waited for it is cancelled.

        :param quantities: dict: (location, product, lot) -> quantity in the product's unit
        :return: the pickings, reserved, one for each warehouse
        """
        self.ensure_one()
        pickings = {}
        for (place, product, lot), quantity in quantities.items():
            warehouse = place.warehouse_id
            if warehouse not in pickings:
                values = self._prepare_return_picking(warehouse, place)
                pickings[warehouse] = self.env["stock.picking"].create(values)
            for line, part in self._release_staged(place, product, quantity):
                vals = self._prepare_return_move(
                    pickings[warehouse], place, product, lot, part, line
                )
                self.env["stock.move"].create(vals)
        result = self.env["stock.picking"].concat(*pickings.values())
        result.action_confirm()
        return result

    def _release_staged(self, place, product, quantity):
        """Take goods away from the shipments that wait for them, those under warranty last.

        With ``smarthome_takes_warranty`` in the context, those under warranty come first.

        :return: list of (sale.order.line, quantity in the product's unit) that add up to quantity
        """
        parts = []
        moves = self._get_waiting_shipments(place, product)
        wanted = bool(self.env.context.get("smarthome_takes_warranty"))
        for move in moves.sorted(lambda move: move.smarthome_is_warranty != wanted):
            part = min(quantity, move.product_qty)
            if product.uom_id.compare(part, 0) <= 0:
                break
            move._lower_demand(part)
            parts.append((move.sale_line_id, part))
            quantity -= part
        if product.uom_id.compare(quantity, 0) > 0:
            parts.append((self.env["sale.order.line"], quantity))
        return parts

    def _get_waiting_shipments(self, place, product):
        """Open moves that take goods from a place, or from around it, to the client.

        :return: stock.move, the latest first
        """
        domain = Domain("location_id", "parent_of", place.id) & Domain(
            "product_id", "=", product.id
        )
        domain &= Domain("smarthome_object_id", "=", self.id)
        domain &= Domain("state", "not in", ("done", "cancel", "draft"))
        domain &= Domain("location_dest_id.usage", "=", "customer")
        return self.env["stock.move"].search(domain, order="id desc")

    def _prepare_return_picking(self, warehouse, place):
        return {
            "smarthome_object_id": self.id,
            "picking_type_id": warehouse.smarthome_staging_type_id.id,
            "location_id": place.id,
            "location_dest_id": warehouse.lot_stock_id.id,
            "company_id": self.company_id.id,
            "origin": self.env._("Back to stock"),
        }

    def _prepare_return_move(self, picking, place, product, lot, quantity, line):
        """A move that counts against what was gathered for the contract's line."""
        rule = place.warehouse_id.smarthome_staging_route_id.rule_ids.filtered(
            lambda one: one.action == "pull"
        )
        move_line = {
            "picking_id": picking.id,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "location_id": place.id,
            "location_dest_id": picking.location_dest_id.id,
            "lot_id": lot.id,
            "quantity": quantity,
        }
        return {
            "picking_id": picking.id,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": place.id,
            "location_dest_id": picking.location_dest_id.id,
            "location_final_id": picking.location_dest_id.id,
            "smarthome_object_id": self.id,
            "sale_line_id": line.id,
            "rule_id": rule[:1].id if line else False,
            "warehouse_id": place.warehouse_id.id,
            "to_refund": True,
            "move_line_ids": [Command.create(move_line)],
        }


class StockMove(models.Model):
    _inherit = "stock.move"

    def _lower_demand(self, quantity):
        """Ask for less by a quantity in the product's unit; for nothing: cancel."""
        self.ensure_one()
        left = self.product_qty - quantity
        self._do_unreserve()
        if self.product_id.uom_id.compare(left, 0) <= 0:
            self._action_cancel()
            return
        self.product_uom_qty = self.product_id.uom_id._compute_quantity(left, self.product_uom)
        self._action_assign()


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _finish_staging(self):
        """Do at once what the program itself has put together."""
        for picking in self:
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True, cancel_backorder=True)._action_done()
