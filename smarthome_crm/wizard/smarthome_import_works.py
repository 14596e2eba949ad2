from odoo import models

from ..tools.price_list import read_works
from ..tools.workbook_cells import normalize_heading, to_text
from .smarthome_import_products import PERCENT_UNITS

#: money and hours of a work: key of the file, field of the product
WORK_FIGURES = {
    "retail": "list_price",
    "rate": "smarthome_installer_rate",
    "hours": "smarthome_planned_hours",
}


class SmarthomeImport(models.TransientModel):
    """Works with their norms: the sheets «Работы», «Нормы» and «Без работ»."""

    _inherit = "smarthome.import"

    def _plan_works(self, sheets):
        """Plan works, norms and goods without works.

        :return: list of ``PlannedRow``
        """
        works, norms, bare = read_works(sheets)
        articles = [row.article for row in works + norms + bare]
        articles += [row.work for row in norms]
        found = self._find_products(articles)
        units = self._find_units()
        rows = [
            self._plan_work_row(source, position, found, units)
            for position, source in enumerate(works, 1)
        ]
        planned = {row.article.casefold(): row for row in rows if row.article}
        rows += self._plan_norms(norms, found, planned)
        return rows + [self._plan_bare_row(source, found) for source in bare]

    def _plan_work_row(self, source, position, found, units):
        row = self._start_row(source)
        if not row.is_good:
            return row
        product = self._take_product(row, found)
        if row.is_good and product and not product.smarthome_is_work:
            row.refuse("product_not_work", article=row.article)
        if row.is_good and not product and not source.name:
            row.refuse("no_name", article=row.article)
        unit = row.is_good and self._take_unit(row, source.unit, product, units)
        if not row.is_good:
            return row
        row.head = ("works", {"name": source.name or product.name})
        row.payload = {"do": "work", "product": product, "values": {}}
        values = row.payload["values"]
        if not product:
            row.action = "new"
            values.update({"default_code": source.article, "uom_id": unit.id})
        if source.name and source.name != to_text(product.name):
            values["name"] = source.name
            if product:
                row.add_change("name_changed", old=product.name, new=source.name)
        self._plan_work_figures(row, source, product)
        if not product:
            row.tell("unit_set", new=unit.name)
        self._plan_work_place(row, source, product, position)
        return row

    def _plan_work_figures(self, row, source, product):
        """Price, pay and hours; a pay in force is told to those who may read it only."""
        values, template = row.payload["values"], product.product_tmpl_id
        for key, name in WORK_FIGURES.items():
            new = source.values[key]
            if new is None:
                if key == "retail" and not product:
                    row.warn("no_retail")
                continue
            old = template[name] if product else None
            if old is not None and not self._may_read_figure(name):
                if self._differs_figure(name, old, new):
                    row.add_change(f"{key}_set", new=f"{new:g}")
                    values[name] = new
            elif key == "retail":
                if self._add_price(row, key, old, new):
                    values[name] = new
            elif old is None or self._differs_figure(name, old, new):
                values[name] = new
                if old is None:
                    row.tell(f"{key}_set", new=f"{new:g}")
                else:
                    row.add_change(f"{key}_changed", old=f"{old:g}", new=f"{new:g}")

    def _may_read_figure(self, name):
        templates = self.env["product.template"].sudo(False)
        return templates._has_field_access(templates._fields[name], "read")

    def _differs_figure(self, name, old, new):
        if name == "list_price":
            return self._differs(old, new)
        return abs(round(old, 4) - round(new, 4)) > 1e-6

    def _plan_work_place(self, row, source, product, position):
        """Place in the works' own order, and whether the work is a percent of the equipment."""
        values = row.payload["values"]
        if product.sequence != 10 * position:
            values["sequence"] = 10 * position
            if product:
                row.add_change("order_changed", old=product.sequence, new=10 * position)
        if source.unit:
            is_percent = normalize_heading(source.unit) in PERCENT_UNITS
            row.payload["is_percent"] = is_percent
            if product.smarthome_is_percent != is_percent:
                values["smarthome_is_percent"] = is_percent
                if product:
                    row.add_change("percent_changed" if is_percent else "percent_ended")

    def _plan_bare_row(self, source, found):
        row = self._start_row(source)
        product = row.is_good and self._take_product(row, found)
        if row.is_good and not product:
            row.refuse("product_unknown", article=row.article)
        if row.is_good:
            row.head = ("bare", {"article": row.article})
            row.payload = {"do": "bare", "product": product}
            if not product.smarthome_no_works:
                row.action = "change"
        return row

    # === WRITING === #

    def _apply_works(self, rows):
        """Write works first, then the norms that speak of them."""
        works = [row for row in rows if row.payload["do"] == "work"]
        new = [row for row in works if row.action == "new"]
        products = self.env["product.product"].create([self._prepare_work(row) for row in new])
        for row, product in zip(new, products, strict=True):
            row.payload["product"] = product
        for row in works:
            if row.action == "change":
                row.payload["product"].product_tmpl_id.write(row.payload["values"])
        self._apply_norms([row for row in rows if row.payload["do"] == "norm"], new)
        bare = [row.payload["product"].id for row in rows if row.payload["do"] == "bare"]
        self.env["product.product"].browse(bare).product_tmpl_id.smarthome_no_works = True

    def _prepare_work(self, row):
        """Values of a new work."""
        return {
            "type": "service",
            "smarthome_is_work": True,
            "sale_ok": True,
            "purchase_ok": False,
            "service_tracking": "no",
            "invoice_policy": "order",
            **row.payload["values"],
        }
