from odoo import api, fields, models
from odoo.exceptions import UserError

#: what a contract promises of a line
PROMISED_FIELDS = (
    "product_id",
    "name",
    "product_uom_id",
    "product_uom_qty",
    "price_unit",
    "discount",
    "tax_ids",
    "order_id",
    "display_type",
    "is_downpayment",
    "is_expense",
    "smarthome_purchase_price",
    "smarthome_rate",
    "smarthome_reduces_line_id",
    "smarthome_return_quantity",
    "smarthome_signed_quantity",
    "smarthome_signed_subtotal",
    "smarthome_signed_price",
    "smarthome_signed_discount",
)


class SaleOrderLine(models.Model):
    """Lines of signed contracts are closed to change by hand.

    Odoo's own lock would stop procurement and cancelling too, so the guard is ours. Programs of
    the house pass it in sudo with the context key ``smarthome_contract_change``; the key alone,
    which anybody can send by RPC, opens nothing.
    """

    _inherit = "sale.order.line"

    smarthome_signed_quantity = fields.Float(
        string="Signed Quantity",
        digits="Product Unit",
        copy=False,
        readonly=True,
    )
    smarthome_signed_subtotal = fields.Monetary(
        string="Signed Sum",
        copy=False,
        readonly=True,
    )
    smarthome_signed_price = fields.Float(
        string="Signed Price",
        digits="Product Price",
        copy=False,
        readonly=True,
    )
    smarthome_signed_discount = fields.Float(
        string="Signed Discount, %",
        digits="Discount",
        copy=False,
        readonly=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse new lines of signed contracts by hand."""
        if not self._can_change_contract():
            orders = self.env["sale.order"].browse({vals.get("order_id") for vals in vals_list})
            self._check_not_promised(orders.filtered("id"))
        return super().create(vals_list)

    def write(self, vals):
        if not self._can_change_contract() and any(name in vals for name in PROMISED_FIELDS):
            changed = self.filtered(lambda line: line._breaks_promise(vals))
            self._check_not_promised(changed.order_id)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        if not self._can_change_contract():
            self._check_not_promised(self.filtered(lambda line: not line.is_downpayment).order_id)

    def _can_change_contract(self):
        """Tell whether a program of the house is at work on purpose."""
        return self.env.su and self.env.context.get("smarthome_contract_change")

    def _breaks_promise(self, vals):
        """Tell whether values differ from what the line says."""
        self.ensure_one()
        if self.is_downpayment and vals.get("is_downpayment", True):
            return False
        for name in PROMISED_FIELDS:
            if name not in vals:
                continue
            field = self._fields[name]
            if field.type == "many2many":
                return True
            current = self.sudo()[name]
            if field.convert_to_write(current, self) != vals[name] and (current or vals[name]):
                return True
        return False

    def _check_not_promised(self, orders):
        """Refuse changes of signed contracts that no head has opened.

        :raise UserError: names the contract and says what to do instead
        """
        for order in orders.sudo():
            if order.state != "sale" or not order.smarthome_object_id:
                continue
            if self._is_opened(order):
                order.smarthome_object_id._check_still_open()
            else:
                raise UserError(
                    self.env._(
                        "%(contract)s is signed: its lines and prices are changed by an additional "
                        "proposal, or by a head who opens the contract with a reason.",
                        contract=order.display_name,
                    )
                )

    def _is_opened(self, order):
        return order.smarthome_is_opened and self.env.user._smarthome_has_role("head")
