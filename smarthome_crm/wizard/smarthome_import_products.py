from odoo import models
from odoo.tools import float_compare

from ..tools.price_list_plan import format_price
from ..tools.workbook_cells import normalize_heading, to_text

#: units as files spell them, after ``normalize_heading``
UNITS = {
    "uom.product_uom_unit": ("шт", "штука", "штуки", "штук", "ед", "pcs", "pc", "unit", "units"),
    "uom.product_uom_meter": ("м", "метр", "метры", "метров", "пог м", "п м", "м п", "m"),
    "uom.product_uom_square_meter": ("м2", "м²", "кв м", "m2"),
    "uom.product_uom_kgm": ("кг", "kg"),
    "uom.product_uom_litre": ("л", "литр"),
    "uom.product_uom_hour": ("ч", "час", "часов", "hour"),
    "smarthome_crm.uom_set": ("компл", "комплект", "к т", "набор", "set"),
    "smarthome_crm.uom_system": ("система", "system"),
    "smarthome_crm.uom_trip": ("выезд", "trip"),
    "smarthome_crm.uom_service": ("услуга", "усл", "service", "% от оборудования"),
}
PERCENT_UNITS = ("% от оборудования", "% оборудования", "процент от оборудования")


class SmarthomeImport(models.TransientModel):
    """What every kind of file asks of the catalogue, each with one query for the whole file."""

    _inherit = "smarthome.import"

    def _find_products(self, articles):
        """Products of the company by article, whatever its case, archived ones included.

        :return: dict {article in small letters: product.product records}
        """
        spellings = {s for a in articles if a for s in (a, a.upper(), a.lower())}
        products = self.env["product.product"].with_context(active_test=False)
        products = products.search(
            [
                ("default_code", "in", list(spellings)),
                ("company_id", "in", (False, self.env.company.id)),
            ],
            order="id",
        )
        groups = products.grouped(lambda product: product.default_code.casefold())
        return {key: group.with_prefetch(products._prefetch_ids) for key, group in groups.items()}

    def _take_product(self, row, found):
        """The one product of a row's article, refusing the row when it cannot be used.

        :return: product.product record, empty for a new article
        """
        products = found.get(row.article.casefold(), self.env["product.product"])
        active = products.filtered("active")
        if products and not active:
            row.refuse("product_archived", article=row.article)
        elif len(active) > 1:
            row.refuse("product_ambiguous", article=row.article)
        return active[:1].with_prefetch(products._prefetch_ids)

    def _find_categories(self):
        """Categories by name in small letters; of equal names the upper and older one."""
        categories = self.env["product.category"].search_fetch([], ["name", "parent_path"])
        result = {}
        for category in categories.sorted(lambda c: ((c.parent_path or "").count("/"), c.id)):
            result.setdefault(to_text(category.name).casefold(), category)
        return result

    def _find_units(self):
        """Units by spelling: those of files, then the units' own names."""
        result = {}
        for xml_id, spellings in UNITS.items():
            unit = self.env.ref(xml_id, raise_if_not_found=False)
            if unit:
                result.update(dict.fromkeys(spellings, unit))
        for unit in self.env["uom.uom"].search_fetch([], ["name"]):
            result.setdefault(normalize_heading(unit.name), unit)
        return result

    def _take_unit(self, row, text, product, units):
        """Unit of a row: the file's, else the product's, else pieces."""
        unit = units.get(normalize_heading(text)) if text else product.uom_id
        unit = unit or (not text and self.env.ref("uom.product_uom_unit"))
        if not unit:
            row.refuse("unit_unknown", unit=text)
        elif product and product.uom_id != unit:
            row.refuse("unit_differs", old=product.uom_id.name, new=unit.name)
        return unit

    def _differs(self, old, new):
        """Tell whether a price of the file is another than the one kept, as prices are rounded."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return float_compare(old, new, precision_digits=digits) != 0

    def _add_price(self, row, key, old, new):
        """Sentence part for a price; True when it changes."""
        if old is None:
            row.tell(f"{key}_set", new=format_price(new))
            return True
        if self._differs(old, new):
            row.add_change(f"{key}_changed", old=format_price(old), new=format_price(new))
            return True
        return False

    def _was_received(self, products):
        """Products that were ever received into stock: their cost is not the price list's any more.

        Hook: without stock nothing was.

        :param products: product.product records
        :return: product.product records among them
        """
        return products.browse()
