from odoo import models

from ..tools.price_list import read_goods
from ..tools.workbook_cells import to_text


class SmarthomeImport(models.TransientModel):
    """Price lists of goods."""

    _inherit = "smarthome.import"

    def _plan_goods(self, sheets):
        """Plan a price list: which goods are new, which change, which rows are refused.

        :return: list of ``PlannedRow``
        """
        sources = read_goods(sheets)
        found = self._find_products([source.article for source in sources])
        products = self.env["product.product"].concat(*found.values())
        catalogue = {
            "found": found,
            "units": self._find_units(),
            "categories": self._find_categories(),
            "sellers": self._find_sellers(products),
            "received": self._was_received(products),
        }
        return [self._plan_goods_row(source, catalogue) for source in sources]

    def _find_sellers(self, products):
        """Price of the import's vendor by product template, the one from the smallest quantity."""
        sellers = self.env["product.supplierinfo"].search(
            [
                ("partner_id", "=", self._get_vendor().id),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                ("company_id", "in", (False, self.env.company.id)),
            ],
            order="min_qty desc, id desc",
        )
        return {seller.product_tmpl_id.id: seller for seller in sellers}

    def _get_vendor(self):
        return self.partner_id or self.env.ref("smarthome_crm.partner_price_list")

    def _plan_goods_row(self, source, catalogue):
        row = self._start_row(source)
        if not row.is_good:
            return row
        product = self._take_product(row, catalogue["found"])
        if row.is_good and product and product.product_tmpl_id._smarthome_kind() != "goods":
            row.refuse("product_not_goods", article=row.article)
        if row.is_good and not product and not source.name:
            row.refuse("no_name", article=row.article)
        unit = row.is_good and self._take_unit(row, source.unit, product, catalogue["units"])
        if not row.is_good:
            return row
        row.head = ("goods", {"name": source.name or product.name})
        row.payload = {"product": product, "values": {}, "group": source.group}
        if not product:
            row.action = "new"
            row.payload["values"].update({"default_code": source.article, "uom_id": unit.id})
        self._plan_goods_prices(row, source, product, catalogue)
        if not product:
            row.tell("unit_set", new=unit.name)
        self._plan_goods_texts(row, source, product, catalogue["categories"])
        return row

    def _plan_goods_prices(self, row, source, product, catalogue):
        """Purchase price to the vendor (and to the cost, unless received), commercial price."""
        purchase, retail, payload = source.purchase, source.retail, row.payload
        seller = catalogue["sellers"].get(product.product_tmpl_id.id)
        cost, list_price = product.standard_price, product.list_price
        if purchase is not None:
            old = (seller.price if seller else cost) if product else None
            changes = self._add_price(row, "purchase", old, purchase)
            currency = self.env.company.currency_id
            if changes or not seller or seller.currency_id != currency:
                payload.update({"purchase": purchase, "seller": seller})
            if product not in catalogue["received"] and self._differs(cost, purchase):
                payload["values"]["standard_price"] = purchase
                if not changes:
                    row.add_change("cost_changed", old=f"{cost:.2f}", new=f"{purchase:.2f}")
            elif product and "seller" in payload and not changes:
                row.add_change("purchase_set", new=f"{purchase:.2f}")
        elif not product:
            row.warn("no_purchase")
        if retail is not None:
            if self._add_price(row, "retail", list_price if product else None, retail):
                payload["values"]["list_price"] = retail
        elif not product:
            row.warn("no_retail")
        if purchase is not None and retail is not None and retail < purchase:
            row.warn("below_purchase")

    def _plan_goods_texts(self, row, source, product, categories):
        values = row.payload["values"]
        if source.name and source.name != to_text(product.name):
            values["name"] = source.name
            if product:
                row.add_change("name_changed", old=product.name, new=source.name)
        if source.note and source.note != to_text(product.description_purchase):
            values["description_purchase"] = source.note
            if product:
                row.add_change("note_changed")
        if not source.group:
            return
        category = categories.get(source.group.casefold())
        if not product:
            row.tell("category_set", new=source.group)
        elif not category or product.categ_id != category:
            old = product.categ_id.name or ""
            row.add_change("category_changed", old=old, new=source.group)
        else:
            row.payload["group"] = ""

    # === WRITING === #

    def _apply_goods(self, rows):
        """Write the good rows of a price list: categories, products, vendor prices."""
        categories = self._make_categories([row.payload["group"] for row in rows])
        for row in rows:
            group = row.payload["group"]
            if group:
                row.payload["values"]["categ_id"] = categories[group.casefold()].id
        self._create_goods([row for row in rows if row.action == "new"])
        self._update_goods([row for row in rows if row.action == "change"])
        self._write_vendor_prices([row for row in rows if "purchase" in row.payload])

    def _make_categories(self, groups):
        categories = self._find_categories()
        missing = {g.casefold(): g for g in groups if g and g.casefold() not in categories}
        made = self.env["product.category"].create([{"name": name} for name in missing.values()])
        return {**categories, **dict(zip(missing, made, strict=True))}

    def _create_goods(self, rows):
        values = [self._prepare_goods_values(row) for row in rows]
        products = self.env["product.product"].create(values)
        for row, product in zip(rows, products, strict=True):
            row.payload["product"] = product

    def _prepare_goods_values(self, row):
        """Values of a new product of the price list."""
        return {"type": "consu", "sale_ok": True, "purchase_ok": True, **row.payload["values"]}

    def _update_goods(self, rows):
        """Write what the price list changes; the cost is the variant's, the rest the template's."""
        changes = {row.payload["product"]: dict(row.payload["values"]) for row in rows}
        costs = {product: values.pop("standard_price", None) for product, values in changes.items()}
        self._write_costs({product: cost for product, cost in costs.items() if cost is not None})
        for product, values in changes.items():
            if values:
                product.product_tmpl_id.write(values)

    def _write_costs(self, costs):
        """Write the new costs of goods.

        :param costs: dict {product.product: cost}
        """
        for product, cost in costs.items():
            product.standard_price = cost

    def _write_vendor_prices(self, rows):
        """Bring the vendor's prices up to date, one per product."""
        currency = self.env.company.currency_id
        missing, changes = [], {}
        for row in rows:
            seller = row.payload["seller"]
            if seller:
                changes[seller] = {"price": row.payload["purchase"], "currency_id": currency.id}
            else:
                missing.append(self._prepare_seller_values(row, currency))
        self._change_sellers(changes)
        self.env["product.supplierinfo"].create(missing)

    def _change_sellers(self, changes):
        """Write the vendor's new prices.

        :param changes: dict {product.supplierinfo: values}
        """
        for seller, values in changes.items():
            seller.write(values)

    def _prepare_seller_values(self, row, currency):
        """Values of the vendor's price of a product."""
        return {
            "partner_id": self._get_vendor().id,
            "product_tmpl_id": row.payload["product"].product_tmpl_id.id,
            "price": row.payload["purchase"],
            "currency_id": currency.id,
            "company_id": self.env.company.id,
        }
