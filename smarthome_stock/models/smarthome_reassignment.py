from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class SmarthomeReassignment(models.Model):
    """Staged goods that were given to another object: who, what, why. Never changed."""

    _name = "smarthome.reassignment"
    _description = "Re-assignment of Staged Goods"
    _order = "id desc"

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Taken from",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    target_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Given to",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="object_id.company_id", store=True)
    product_id = fields.Many2one(
        comodel_name="product.product", required=True, readonly=True, ondelete="restrict"
    )
    lot_id = fields.Many2one(comodel_name="stock.lot", readonly=True, ondelete="restrict")
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    reason = fields.Char(required=True, readonly=True)
    picking_ids = fields.Many2many(comodel_name="stock.picking", string="Transfers", readonly=True)

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "More than nothing is re-assigned."
    )
    _objects_differ = models.Constraint(
        "CHECK(object_id != target_id)", "Goods are re-assigned to another object."
    )

    @api.depends("product_id", "target_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " → ".join(
                (record.product_id.display_name, record.sudo().target_id.display_name)
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A re-assignment is never deleted."))

    def _carry_out(self):
        """Move the goods by real transfers: back to stock, and to the other object's place.

        What the first object still needs by contract is asked for anew.
        """
        for record in self.sudo():
            place = record._get_place()
            parts = {(place, record.product_id, record.lot_id): record.quantity}
            back = record.object_id._return_to_stock(parts)
            back._finish_staging()
            given = record.target_id._stage_from_stock(
                place.warehouse_id, record.product_id, record.lot_id, record.quantity
            )
            record.picking_ids = [Command.set((back | given).ids)]
            back.move_ids.sale_line_id._action_launch_stock_rule()
            record._tell()

    def _get_place(self):
        """The staging place where enough of the goods lies.

        :raise UserError: there is less
        """
        self.ensure_one()
        quants = self.object_id._get_staged_quants().filtered(
            lambda quant: quant.product_id == self.product_id and quant.lot_id == self.lot_id
        )
        for place, inside in quants.grouped("location_id").items():
            if self.product_id.uom_id.compare(sum(inside.mapped("quantity")), self.quantity) >= 0:
                return place
        raise UserError(
            self.env._(
                "Less than %(quantity)s %(unit)s of %(product)s is staged for %(object)s.",
                quantity=f"{self.quantity:g}",
                unit=self.uom_id.name,
                product=self.product_id.display_name,
                object=self.object_id.display_name,
            )
        )

    def _tell(self):
        """Write it down with both objects."""
        for record in self.object_id | self.target_id:
            record.message_post(
                body=Markup("%s<br/>%s")
                % (
                    self.env._(
                        "%(quantity)s %(unit)s of %(product)s went from %(giver)s to %(taker)s.",
                        quantity=f"{self.quantity:g}",
                        unit=self.uom_id.name,
                        product=self.product_id.display_name,
                        giver=self.object_id.display_name,
                        taker=self.target_id.display_name,
                    ),
                    self.reason,
                ),
                author_id=self.env.user.partner_id.id,
            )


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def _stage_from_stock(self, warehouse, product, lot, quantity):
        """Put goods of the stock into the object's place: for its contracts, the rest beside.

        :param quantity: in the product's unit
        :return: the done pickings
        """
        self.ensure_one()
        place = self._get_staging_location(warehouse)
        domain = Domain("smarthome_object_id", "=", self.id)
        domain &= Domain("product_id", "=", product.id) & Domain("location_dest_id", "=", place.id)
        domain &= Domain("state", "in", ("confirmed", "partially_available", "assigned"))
        done = self.env["stock.move"]
        for move in done.search(domain, order="date, id"):
            part = min(quantity, move.product_qty)
            if product.uom_id.compare(part, 0) <= 0:
                break
            move._do_unreserve()
            done += move._set_staged(lot, part)
            quantity -= part
        if product.uom_id.compare(quantity, 0) > 0:
            done += self._create_staging_move(place, product, quantity)._set_staged(lot, quantity)
        pickings = done.picking_id
        done._action_done()
        return pickings

    def _create_staging_move(self, place, product, quantity):
        """A move from stock to the object's place that no contract asked for."""
        staging_type = place.warehouse_id.smarthome_staging_type_id
        places = {
            "location_id": place.warehouse_id.lot_stock_id.id,
            "location_dest_id": place.id,
            "smarthome_object_id": self.id,
        }
        customers, _suppliers = self.env["stock.warehouse"]._get_partner_locations()
        move_values = {
            **places,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "location_final_id": customers.id,
            "partner_id": self.partner_id.id,
        }
        picking_values = {
            **places,
            "picking_type_id": staging_type.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "move_ids": [Command.create(move_values)],
        }
        move = self.env["stock.picking"].create(picking_values).move_ids
        return move._action_confirm(merge=False)


class StockMove(models.Model):
    _inherit = "stock.move"

    def _set_staged(self, lot, quantity):
        """Write what is moved, and of which number.

        :return: the move
        """
        self.ensure_one()
        self._do_unreserve()
        line = {
            "picking_id": self.picking_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "lot_id": lot.id,
            "quantity": quantity,
            "picked": True,
        }
        self.move_line_ids = [Command.create(line)]
        return self
