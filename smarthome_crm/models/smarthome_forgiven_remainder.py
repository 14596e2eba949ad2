from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import HEAD


class SmarthomeForgivenRemainder(models.Model):
    """A remainder of a contract that a head forgives: it reduces the profit."""

    _name = "smarthome.forgiven.remainder"
    _description = "Forgiven Remainder"
    _order = "date desc, id desc"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Contract",
        required=True,
        ondelete="restrict",
        index=True,
    )
    object_id = fields.Many2one(related="order_id.smarthome_object_id", store=True, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(related="order_id.currency_id", store=True)
    amount = fields.Monetary(required=True, help="With tax, in the contract's currency.")
    company_amount = fields.Float(
        compute="_compute_company_amount",
        help="Without tax, in company currency at the rate of signing.",
    )
    reason = fields.Char(required=True)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "Forgive an amount above zero.")

    @api.depends("amount", "order_id.amount_total", "order_id.amount_untaxed")
    def _compute_company_amount(self):
        for row in self:
            order = row.order_id
            share = order.amount_untaxed / order.amount_total if order.amount_total else 1.0
            row.company_amount = order._to_company_currency(
                order._smarthome_round(row.amount * share)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Only heads forgive, by RPC too; and no more than is owed."""
        if not (self.env.su or self.env.user.has_group(HEAD)):
            raise AccessError(self.env._("A remainder is forgiven by a head only."))
        rows = super().create(vals_list)
        rows._check_owed()
        return rows

    def write(self, vals):
        """The remainder may be moved to another contract: neither object is closed."""
        is_counted = bool({"amount", "order_id"} & vals.keys())
        if is_counted:
            self.check_access("write")
            self.sudo().object_id._check_still_open()
        result = super().write(vals)
        if is_counted:
            self._check_owed()
        return result

    def _check_owed(self):
        """Refuse to forgive more than the client owes, or at a closed object."""
        self.object_id._check_still_open()
        for row in self:
            order = row.order_id
            left = order._get_unforgiven_balance()
            if order.currency_id.compare_amounts(left, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(contract)s: no more than %(owed)s is owed.",
                        contract=order.name,
                        owed=order.currency_id.format(left + row.amount),
                    )
                )
