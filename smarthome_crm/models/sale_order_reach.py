from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .sale_order import FORECAST_FIELDS
from .sale_order_line_works import GENERATION_FIELDS

#: proposals that the button is signing in this transaction; no call by RPC reaches it
SIGNING = "smarthome_signing"
#: contracts whose signature the button takes back in this transaction
CANCELLING = "smarthome_cancelling"
#: what a contract was signed with: its object, and by the date the rate of its currency
SIGNED_FIELDS = {
    "company_id",
    "currency_id",
    "date_order",
    "smarthome_main_order_id",
    "smarthome_object_id",
}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "smarthome.reach.mixin"]

    _reach_fields = (
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "smarthome_object_id",
        "smarthome_main_order_id",
    )
    _kept_fields = (
        *FORECAST_FIELDS,
        "smarthome_status",
        "smarthome_version",
        "smarthome_base_order_id",
        "smarthome_sent_way",
        "smarthome_sent_date",
        "smarthome_signed_coefficient",
        "smarthome_usual_coefficient",
        "smarthome_received",
        "smarthome_balance",
        "smarthome_works_revision",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "currency_rate",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A proposal begins as one."""
        orders = super().create(vals_list)
        if not self.env.su:
            made = orders.filtered(
                lambda order: order.smarthome_object_id and order.state == "sale"
            )
            if made:
                raise UserError(
                    self.env._("%(proposal)s is signed by its button.", proposal=made[0].name)
                )
        return orders

    def write(self, vals):
        """A proposal stays with its object and the object's manager, and is signed by its button."""
        if not self.env.su and {"user_id", "smarthome_object_id"} & vals.keys():
            self.filtered("smarthome_object_id")._check_stays(vals)
        if not self.env.su:
            self._check_signed_kept(vals)
            if vals.get("state") == "sale":
                self._check_is_signing()
        return super().write(vals)

    def action_confirm(self):
        with self._marked_as(SIGNING):
            return super().action_confirm()

    def _action_cancel(self):
        with self._marked_as(CANCELLING):
            return super()._action_cancel()

    @contextmanager
    def _marked_as(self, key):
        """Note what a button is doing with these proposals, as long as it does."""
        marked = self.env.cr.cache.setdefault(key, set())
        added = set(self.ids) - marked
        marked |= added
        try:
            yield
        finally:
            marked -= added

    def _check_signed_kept(self, vals):
        """Check that a contract keeps what the final profit stands on.

        :raise AccessError: a script would move it, change its rate, or take the signature back
            past all that cancelling settles
        """
        names = vals.keys() & SIGNED_FIELDS
        if not names and vals.get("state", "sale") == "sale":
            return
        signed = self.sudo().filtered(
            lambda order: order.state == "sale" and order.smarthome_object_id
        )
        for name in names:
            field = self._fields[name]
            for order in signed:
                kept = field.convert_to_cache(order[name], order)
                if field.convert_to_cache(vals[name], order) != kept:
                    self._raise_kept(name)
        cancelling = self.env.cr.cache.get(CANCELLING, ())
        if vals.get("state", "sale") != "sale" and set(signed.ids) - set(cancelling):
            self._raise_kept("state")

    def _check_is_signing(self):
        """Check that proposals of objects become contracts by their button only.

        :raise UserError: a script writes the state, past all that signing asks for
        """
        signing = self.env.cr.cache.get(SIGNING, ())
        unsigned = self.filtered(
            lambda order: (
                order.smarthome_object_id and order.state != "sale" and order.id not in signing
            )
        )
        unsigned._check_consent()
        if unsigned:
            raise UserError(
                self.env._("%(proposal)s is signed by its button.", proposal=unsigned[0].name)
            )

    def _check_stays(self, vals):
        """Check that proposals of objects keep their object and its manager.

        :raise AccessError: the user is no head and would take them away
        """
        if not self or self.env.user._smarthome_has_role("head"):
            return
        if "smarthome_object_id" in vals and not vals["smarthome_object_id"]:
            raise AccessError(self.env._("A proposal stays with its object; choose another one."))
        if "user_id" in vals and any(order.user_id.id != vals["user_id"] for order in self):
            raise AccessError(
                self.env._(
                    "The manager of a proposal is its object's; a head hands the object over."
                )
            )


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "smarthome.reach.mixin"]

    _reach_fields = ("order_id",)
    _kept_fields = (
        "smarthome_kind",
        "smarthome_hours",
        "smarthome_done_quantity",
        "smarthome_signed_quantity",
        "smarthome_signed_subtotal",
        "smarthome_signed_price",
        "smarthome_signed_discount",
        "state",
        "company_id",
        "currency_id",
        "price_subtotal",
        "price_tax",
        "price_total",
        "price_reduce_taxexcl",
        "price_reduce_taxinc",
        "qty_invoiced",
        *GENERATION_FIELDS,
    )

    def copy_data(self, default=None):
        """Leave what generating works wrote to the copy of the whole proposal."""
        vals_list = super().copy_data(default)
        if not self.env.su:
            for vals in vals_list:
                for name in GENERATION_FIELDS:
                    vals.pop(name, None)
        return vals_list
