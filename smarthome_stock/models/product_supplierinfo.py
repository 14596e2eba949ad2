from odoo import api, fields, models
from odoo.tools import float_compare

#: a change of one of these makes another price
PRICE_FIELDS = {"price", "discount", "currency_id", "product_uom_id", "partner_id"}
#: only code can say in the context that it keeps the prices itself: no client has this object
_KEPT_LATER = object()


class ProductSupplierinfo(models.Model):
    """Vendors' prices leave a trace, whoever changes them: a file, a hand, an order."""

    _inherit = "product.supplierinfo"

    @api.model_create_multi
    def create(self, vals_list):
        sellers = super().create(vals_list)
        sellers._keep_prices()
        return sellers

    def write(self, vals):
        is_kept_later = self.env.context.get("smarthome_prices") is _KEPT_LATER
        if is_kept_later or not PRICE_FIELDS & vals.keys():
            return super().write(vals)
        before = self._get_unit_prices()
        result = super().write(vals)
        changed = self if "partner_id" in vals else self._filter_changed(before)
        changed._keep_prices()
        return result

    def _write_prices(self, changes):
        """Write many prices, each its own, and their history at once.

        :param changes: dict {product.supplierinfo: values of the price}
        """
        sellers = self.concat(*changes)
        before = sellers._get_unit_prices()
        later = sellers.with_context(smarthome_prices=_KEPT_LATER)
        for seller, values in zip(later, changes.values(), strict=True):
            seller.write(values)
        sellers._filter_changed(before)._keep_prices()

    def _get_unit_prices(self):
        return {seller: seller._get_unit_price() for seller in self.sudo()}

    def _filter_changed(self, before):
        """Those whose unit price is another one than before."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return self.sudo().filtered(
            lambda seller: float_compare(
                before[seller], seller._get_unit_price(), precision_digits=digits
            )
        )

    def _keep_prices(self):
        """Write the prices of now into the history."""
        sellers = self.sudo()
        values = [seller._prepare_vendor_price() for seller in sellers if seller.price > 0]
        self.env["smarthome.vendor.price"].sudo().create(values)

    def _prepare_vendor_price(self):
        self.ensure_one()
        return {
            "product_tmpl_id": self.product_tmpl_id.id,
            "product_id": self.product_id.id,
            "partner_id": self.partner_id.id,
            "company_id": (self.company_id or self.env.company).id,
            "price": self._get_unit_price(),
        }

    def _get_unit_price(self):
        """Price of one unit of the product, in the company's currency, at today's rate."""
        self.ensure_one()
        company = self.company_id or self.env.company
        return self.currency_id._convert(
            self.price_discounted,
            company.currency_id,
            company,
            fields.Date.context_today(self),
            round=False,
        )
