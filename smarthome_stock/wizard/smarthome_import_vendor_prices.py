from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smarthome_crm.tools.price_list_plan import format_price

from ..tools.vendor_price_list import read_vendor_prices
from .smarthome_import_vendor_messages import VENDOR_MESSAGES


class SmarthomeImport(models.TransientModel):
    """A vendor's price list: his prices of goods that the catalogue has, and nothing else."""

    _inherit = "smarthome.import"

    kind = fields.Selection(
        selection_add=[("vendor_prices", "Vendor's prices")],
        ondelete={"vendor_prices": "cascade"},
    )

    @api.onchange("kind")
    def _onchange_kind_vendor(self):
        """The vendor of a price list is chosen on purpose."""
        default = self._default_partner_id()
        if self.kind == "vendor_prices" and self.partner_id == default:
            self.partner_id = False
        elif self.kind == "goods" and not self.partner_id:
            self.partner_id = default

    def _check_may_import(self):
        super()._check_may_import()
        if self.kind == "vendor_prices" and not self.partner_id:
            raise UserError(self.env._("Choose the vendor whose prices these are."))

    def _say(self, code, values):
        if code in VENDOR_MESSAGES:
            sentence = self.env._(VENDOR_MESSAGES[code])
            return sentence % values
        return super()._say(code, values)

    def _was_received(self, products):
        """Goods that ever came into stock: their cost is what was paid for them."""
        received = self.env["stock.move"]._read_group(
            [
                ("product_id", "in", products.ids),
                ("state", "=", "done"),
                ("location_id.usage", "in", ("supplier", "production")),
            ],
            ["product_id"],
        )
        found = super()._was_received(products)
        return found | products.browse([product.id for (product,) in received])

    # === PLAN === #

    def _plan_vendor_prices(self, sheets):
        """Plan a vendor's price list: which of his prices are new, change or stay.

        :return: list of ``PlannedRow``
        """
        sources = read_vendor_prices(sheets)
        found = self._find_products([source.article for source in sources])
        products = self.env["product.product"].concat(*found.values())
        catalogue = {
            "found": found,
            "units": self._find_units(),
            "sellers": self._find_own_prices(products),
            "received": self._was_received(products),
            "currencies": {
                currency.name: currency for currency in self.env["res.currency"].search([])
            },
        }
        return [self._plan_vendor_price(source, catalogue) for source in sources]

    def _find_own_prices(self, products):
        """The vendor's prices in force, of the smallest quantity, by product or its card."""
        today = fields.Date.context_today(self)
        sellers = self.env["product.supplierinfo"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                ("company_id", "in", (False, self.env.company.id)),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", today),
                "|",
                ("date_start", "=", False),
                ("date_start", "<=", today),
            ],
            order="min_qty desc, id desc",
        )
        return {(seller.product_tmpl_id, seller.product_id): seller for seller in sellers}

    def _plan_vendor_price(self, source, catalogue):
        row = self._start_row(source)
        product = row.is_good and self._take_product(row, catalogue["found"])
        if row.is_good and not product:
            row.refuse("product_unknown", article=row.article)
        elif row.is_good and product.product_tmpl_id._smarthome_kind() != "goods":
            row.refuse("product_not_goods", article=row.article)
        if row.is_good:
            self._take_unit(row, source.unit, product, catalogue["units"])
        currency = row.is_good and self._take_currency(row, source, catalogue["currencies"])
        if row.is_good:
            row.head = ("vendor_prices", {"name": product.name})
            self._plan_price(row, product, source.price, currency, catalogue)
        return row

    def _take_currency(self, row, source, currencies):
        """Currency of a row: the file's, else the one we buy from the vendor in, else ours."""
        if source.currency:
            name = source.currency.upper()
            if name not in currencies:
                row.refuse("currency_unknown", currency=source.currency)
            return currencies.get(name)
        vendor = self.partner_id.with_company(self.env.company)
        return vendor.property_purchase_currency_id or self.env.company.currency_id

    def _plan_price(self, row, product, price, currency, catalogue):
        """Say what becomes of the price, and of the cost of goods that never came in."""
        template, none = product.product_tmpl_id, self.env["product.product"]
        sellers = catalogue["sellers"]
        seller = sellers.get((template, product)) or sellers.get((template, none))
        row.payload = {"product": product, "price": price, "currency": currency, "seller": seller}
        new = {"new": format_price(price), "currency": currency.name}
        if not seller:
            row.action = "new"
            row.tell("vendor_price_set", **new)
        else:
            self._plan_change(row, product, seller, price, currency, new)
        self._plan_cost(row, product, price, currency, catalogue)

    def _plan_change(self, row, product, seller, price, currency, new):
        unit = product.uom_id
        old = seller.product_uom_id._compute_price(seller.price, unit)
        if seller.currency_id != currency:
            before = seller.currency_id.name
            row.add_change("vendor_currency_changed", old=format_price(old), before=before, **new)
        elif self._differs(old, price):
            percent = f"{100 * (price - old) / old:+.1f} %" if old else "+"
            row.add_change("vendor_price_changed", old=format_price(old), percent=percent, **new)

    def _plan_cost(self, row, product, price, currency, catalogue):
        """The main vendor's price is the cost of goods until the first receipt."""
        main = product.product_tmpl_id.seller_ids[:1].partner_id
        if product in catalogue["received"] or (main and main != self.partner_id):
            return
        company = self.env.company
        today = fields.Date.context_today(self)
        seller = row.payload["seller"]
        price *= 1 - seller.discount / 100 if seller else 1
        cost = currency._convert(price, company.currency_id, company, today, round=False)
        if self._differs(product.standard_price, cost):
            row.payload["cost"] = cost
            old = format_price(product.standard_price)
            row.add_change("cost_changed", old=old, new=format_price(cost))

    # === WRITING === #

    def _apply_vendor_prices(self, rows):
        """Write the vendor's prices; the cost only of goods that never came in."""
        missing, changes, costs = [], {}, {}
        for row in rows:
            payload = row.payload
            if payload["seller"]:
                changes[payload["seller"]] = self._prepare_price_change(payload)
            else:
                missing.append(self._prepare_vendor_price(payload))
            if "cost" in payload:
                costs[payload["product"]] = payload["cost"]
        self._change_sellers(changes)
        self._write_costs(costs)
        self.env["product.supplierinfo"].create(missing)

    def _prepare_price_change(self, payload):
        """The price in the unit that the vendor's price is kept in."""
        seller, unit = payload["seller"], payload["product"].uom_id
        return {
            "price": unit._compute_price(payload["price"], seller.product_uom_id),
            "currency_id": payload["currency"].id,
        }

    def _prepare_vendor_price(self, payload):
        """Values of a first price of the vendor."""
        product = payload["product"]
        template = product.product_tmpl_id
        is_only = template.product_variant_count == 1
        return {
            "partner_id": self.partner_id.id,
            "product_tmpl_id": template.id,
            "product_id": False if is_only else product.id,
            "product_uom_id": product.uom_id.id,
            "price": payload["price"],
            "currency_id": payload["currency"].id,
            "company_id": self.env.company.id,
        }
