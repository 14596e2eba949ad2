from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleOrderDiscount(models.TransientModel):
    """A discount on a whole proposal writes each line's discount, never a line of its own."""

    _name = "sale.order.discount"
    _inherit = ["sale.order.discount", "smarthome.reach.mixin"]

    _reach_fields = ("sale_order_id",)

    smarthome_object_id = fields.Many2one(related="sale_order_id.smarthome_object_id")

    def action_apply_discount(self):
        self.ensure_one()
        if not self.smarthome_object_id:
            return super().action_apply_discount()
        if self.discount_type == "amount":
            raise UserError(
                self.env._(
                    "The discount of a proposal is given in percent of its lines: %(percent)s %% "
                    "come closest to this amount.",
                    percent=self._get_closest_percent(),
                )
            )
        order = self.sale_order_id
        lines = order.order_line.filtered("smarthome_kind")
        lines = lines.filtered(lambda line: not line.smarthome_reduces_line_id)
        lines.write({"discount": self.discount_percentage * 100})
        order._update_percent_works()
        return None

    def _get_closest_percent(self):
        """Percent of the undiscounted total that the amount makes."""
        lines = self.sale_order_id.order_line.filtered("smarthome_kind")
        lines = lines.filtered(lambda line: not line.smarthome_reduces_line_id)
        gross = sum(line.price_unit * line.product_uom_qty for line in lines)
        digits = self.env["decimal.precision"].precision_get("Discount")
        return round(100 * self.discount_amount / gross, digits) if gross else 0.0


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_update_prices_lines(self):
        """Reductions keep price and discount of the contract, whatever the pricelist says."""
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.smarthome_reduces_line_id)

    def _recompute_prices(self):
        """Prices brought up to date change the equipment amount, as a discount does."""
        result = super()._recompute_prices()
        if self.smarthome_object_id:
            self._update_percent_works()
        return result

    def _update_percent_works(self):
        """Give works that are a percent of the equipment the price of the amount as it is now.

        The discount lowers the equipment amount; without this the next generating would change
        the price of these works by surprise. Prices changed by hand stay.
        """
        self.ensure_one()
        order = self.sudo().with_context(smarthome_generating=True)
        works = order.order_line.filtered("smarthome_is_percent").filtered("smarthome_is_generated")
        if not works or order.state in ("sale", "cancel"):
            return
        values = order._prepare_works_values(order._plan_works(), works.product_id.browse())
        commands = [
            Command.update(line.id, changes)
            for line in works
            if line.product_id in values
            and (changes := line._get_work_changes(values[line.product_id]))
        ]
        if commands:
            order.write({"order_line": commands})
