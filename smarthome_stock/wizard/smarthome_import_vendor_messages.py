"""Sentences of vendors' price lists, by code; the rest are those of the import itself."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

VENDOR_MESSAGES = {
    "no_vendor_header": _lt(
        "No price list is found: one row must hold the headings «Артикул» and «Цена» or «Закупка»."
    ),
    "no_price": _lt("The row has no price."),
    "price_zero": _lt("The price must be above zero."),
    "currency_unknown": _lt("The currency «%(currency)s» is unknown or not in use."),
    "vendor_prices_new": _lt("New vendor's price of «%(name)s»"),
    "vendor_prices_change": _lt("The vendor's price of «%(name)s» changes"),
    "vendor_prices_same": _lt("The vendor's price of «%(name)s» does not change"),
    "vendor_price_set": _lt("%(new)s %(currency)s"),
    "vendor_price_changed": _lt("%(old)s → %(new)s %(currency)s (%(percent)s)"),
    "vendor_currency_changed": _lt("%(old)s %(before)s → %(new)s %(currency)s"),
    "vendor_code_set": _lt("the vendor's article %(new)s"),
}
