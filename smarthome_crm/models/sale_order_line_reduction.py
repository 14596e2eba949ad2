from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: what a reduction has in common with the line that it lowers
SHARED_FIELDS = ("product_id", "product_uom_id", "price_unit", "discount")


class SaleOrderLine(models.Model):
    """Reductions: negative lines of additional proposals that lower lines of signed contracts.

    At signing the quantity moves onto the original line, so the totals of the signed proposals
    count it once; the reduction itself stays as a paper with quantity 0 and keeps in
    ``smarthome_signed_quantity`` what was signed.
    """

    _inherit = "sale.order.line"

    smarthome_reduces_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Reduces",
        index="btree_not_null",
        ondelete="restrict",
        help="Line of a signed contract that this line lowers when it is signed.",
    )
    smarthome_return_quantity = fields.Float(
        string="To Be Returned",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="What the signed reduction could not lower yet, because it is shipped or done.",
    )

    @api.depends("smarthome_reduces_line_id")
    def _compute_price_unit(self):
        """A reduction has the price that the contract promised."""
        reductions = self.filtered("smarthome_reduces_line_id")
        super(SaleOrderLine, self - reductions)._compute_price_unit()
        for line in reductions.filtered(lambda line: line.state != "sale"):
            line.price_unit = line.technical_price_unit = line.smarthome_reduces_line_id.price_unit

    @api.depends("smarthome_reduces_line_id")
    def _compute_discount(self):
        reductions = self.filtered("smarthome_reduces_line_id")
        super(SaleOrderLine, self - reductions)._compute_discount()
        for line in reductions.filtered(lambda line: line.state != "sale"):
            line.discount = line.smarthome_reduces_line_id.discount

    @api.depends("smarthome_reduces_line_id")
    def _compute_smarthome_unit_costs(self):
        return super()._compute_smarthome_unit_costs()

    def _take_unit_costs(self):
        """A reduction takes back the cost and the rate that the contract promised."""
        original = self.smarthome_reduces_line_id
        if not original:
            return super()._take_unit_costs()
        self.smarthome_purchase_price = original.smarthome_purchase_price
        self.smarthome_rate = original.smarthome_rate

    def _asks_for_works(self):
        """Works follow added goods; reduced works are lines of their own."""
        return not self.smarthome_reduces_line_id and super()._asks_for_works()

    @api.constrains("smarthome_reduces_line_id", "product_uom_qty", *SHARED_FIELDS)
    def _check_reduction(self):
        for line in self.sudo().filtered("smarthome_reduces_line_id"):
            original, order = line.smarthome_reduces_line_id, line.order_id
            is_like = (
                order.smarthome_object_id
                and order.smarthome_object_id == original.order_id.smarthome_object_id
                and order != original.order_id
                and order.currency_id == original.currency_id
                and original.smarthome_kind
                and not original.smarthome_reduces_line_id
            )
            if not is_like or any(line[name] != original[name] for name in SHARED_FIELDS):
                raise ValidationError(
                    self.env._(
                        "«%(line)s»: a reduction has product, unit, price and discount of a line "
                        "of a signed contract of the same object.",
                        line=line.product_id.display_name,
                    )
                )
            if line.product_uom_qty > 0:
                raise ValidationError(
                    self.env._("«%(line)s»: a reduction is below zero.", line=line.name)
                )

    def _prepare_reduction_values(self, quantity):
        """Values of a line that lowers this one.

        :param quantity: by how much, above zero, in the line's unit
        """
        self.ensure_one()
        return {
            "smarthome_reduces_line_id": self.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "product_uom_qty": -quantity,
            "name": self.name,
            "price_unit": self.price_unit,
            "technical_price_unit": self.price_unit,
            "discount": self.discount,
            "tax_ids": self.tax_ids.ids,
        }

    # === SIGNING === #

    def _get_irreducible_quantity(self):
        """Quantity below which a signed line cannot be lowered: works done, goods shipped.

        Without a warehouse nobody knows what is shipped, so goods can be lowered to nothing;
        ``smarthome_stock`` tells better.
        """
        self.ensure_one()
        return self.smarthome_done_quantity if self.smarthome_kind == "work" else 0.0

    def _smarthome_request_return(self, quantity):
        """Ask for what a signed reduction could not lower: here the manager's activity.

        ``smarthome_stock`` makes a return instead and calls ``_complete_returns`` when it is done.

        :param quantity: above zero, in the line's unit
        """
        self.ensure_one()
        order = self.order_id
        order.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=order.user_id.id or self.env.uid,
            summary=self.env._(
                "Take back or settle: %(quantity)s %(unit)s of %(product)s",
                quantity=f"{quantity:g}",
                unit=self.product_uom_id.name,
                product=self.product_id.display_name,
            ),
        )

    def _check_can_be_reduced(self):
        """Refuse to sign reductions of more than the contracts hold by now.

        :raise UserError: names the line and what is left of it
        """
        self._check_reduction()
        for original, lines in self.grouped("smarthome_reduces_line_id").items():
            left = original.product_uom_qty - original._get_awaited_returns()
            wanted = -sum(lines.mapped("product_uom_qty"))
            if original.state != "sale" or original.product_uom_id.compare(wanted, left) > 0:
                raise UserError(
                    self.env._(
                        "«%(line)s» of %(contract)s: %(wanted)s cannot be taken away, only "
                        "%(left)s are left.",
                        line=original.product_id.display_name,
                        contract=original.order_id.name,
                        wanted=f"{wanted:g}",
                        left=f"{left:g}",
                    )
                )

    def _get_awaited_returns(self):
        """Quantity of this line that signed reductions still wait for."""
        reductions = self.search([("smarthome_reduces_line_id", "in", self.ids)])
        return sum(reductions.mapped("smarthome_return_quantity"))

    def _reduce_originals(self):
        """Move the quantities of signed reductions onto the lines that they lower."""
        for line in self:
            original = line.smarthome_reduces_line_id
            wanted = -line.product_uom_qty
            free = original.product_uom_qty - original._get_irreducible_quantity()
            lowered = min(wanted, max(free, 0.0))
            line._write_signed(
                product_uom_qty=0.0,
                smarthome_signed_quantity=-wanted,
                smarthome_signed_subtotal=line.price_subtotal,
                smarthome_return_quantity=wanted - lowered,
            )
            original._write_signed(product_uom_qty=original.product_uom_qty - lowered)
            if original.product_uom_id.compare(wanted, lowered) > 0:
                original._smarthome_request_return(wanted - lowered)
        self.smarthome_reduces_line_id.order_id._adopt_new_total()

    def _complete_returns(self, quantity):
        """Lower a line by what came back at the request of signed reductions.

        :param quantity: what came back, in the line's unit
        :return: what of it no reduction waited for
        """
        self.ensure_one()
        original = self.sudo()
        reductions = original.search([("smarthome_reduces_line_id", "=", self.id)], order="id")
        for line in reductions.filtered("smarthome_return_quantity"):
            taken = min(quantity, line.smarthome_return_quantity)
            line._write_signed(smarthome_return_quantity=line.smarthome_return_quantity - taken)
            original._write_signed(product_uom_qty=original.product_uom_qty - taken)
            quantity -= taken
        original.order_id._adopt_new_total()
        return quantity

    def _give_back(self):
        """Undo signed reductions: their proposal is cancelled."""
        for line in self:
            original = line.smarthome_reduces_line_id
            lowered = -line.smarthome_signed_quantity - line.smarthome_return_quantity
            original._write_signed(product_uom_qty=original.product_uom_qty + lowered)
            line._write_signed(
                product_uom_qty=line.smarthome_signed_quantity,
                smarthome_signed_quantity=0.0,
                smarthome_signed_subtotal=0.0,
                smarthome_return_quantity=0.0,
            )
        self.smarthome_reduces_line_id.order_id._adopt_new_total()

    def _write_signed(self, **values):
        """Write on a signed line; price and discount stay as they were promised."""
        self.ensure_one()
        if "product_uom_qty" in values:
            values.update(
                price_unit=self.price_unit,
                technical_price_unit=self.technical_price_unit,
                discount=self.discount,
            )
        line = self.sudo().with_context(smarthome_contract_change=True, smarthome_generating=True)
        line.write(values)
