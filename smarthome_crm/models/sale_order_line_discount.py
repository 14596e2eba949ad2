from odoo import models
from odoo.tools import float_compare


class SaleOrderLine(models.Model):
    """A discount that a person gave stays when the quantity changes.

    With a pricelist Odoo takes the pricelist's discount anew for each quantity, and the discount
    of a whole proposal would vanish from a work as soon as generating counts more of it.
    """

    _inherit = "sale.order.line"

    def write(self, vals):
        if "product_uom_qty" not in vals or {"discount", "product_id", "product_uom_id"} & set(
            vals
        ):
            return super().write(vals)
        kept = self.filtered(lambda line: line._is_discount_by_hand())
        for discount, lines in kept.grouped("discount").items():
            super(SaleOrderLine, lines).write({**vals, "discount": discount})
        return super(SaleOrderLine, self - kept).write(vals)

    def _compute_discount(self):
        """In a form, too: only where no discount of a pricelist is at play."""
        kept = {line: line.discount for line in self if line._keeps_discount_in_form()}
        super()._compute_discount()
        for line, discount in kept.items():
            if not line.pricelist_item_id._show_discount():
                line.discount = discount

    def _keeps_discount_in_form(self):
        """Tell whether a saved line is shown with the same goods in another quantity."""
        self.ensure_one()
        saved = self._origin
        return (
            saved
            and saved != self
            and self.discount
            and self.order_id.smarthome_object_id
            and saved.product_id == self.product_id
            and saved.product_uom_id == self.product_uom_id
            and not saved.pricelist_item_id._show_discount()
        )

    def _is_discount_by_hand(self):
        """Tell whether the discount of a proposal's line is another than its pricelist gives."""
        self.ensure_one()
        order = self.order_id
        if not (self.discount and self.product_id and order.smarthome_object_id):
            return False
        if not order.pricelist_id:
            return False
        digits = self.env["decimal.precision"].precision_get("Discount")
        return bool(
            float_compare(self.discount, self._get_pricelist_discount(), precision_digits=digits)
        )

    def _get_pricelist_discount(self):
        """Discount in percent that the pricelist gives for the line as it stands."""
        self.ensure_one()
        if not self.pricelist_item_id._show_discount():
            return 0.0
        line = self.with_company(self.company_id)
        base = line._get_pricelist_price_before_discount()
        return 100 * (base - line._get_pricelist_price()) / base if base else 0.0
