import re
from collections import defaultdict

from odoo import models

from ..tools.workbook_cells import normalize_heading

TARGETS = {
    "category": ("группа", "категория", "group", "category"),
    "product": ("товар", "артикул", "product"),
    "order": ("предложение", "кп", "proposal"),
}
BASES = {
    "unit": ("на единицу", "единица", "за единицу", "per unit"),
    "line": ("на строку", "строка", "per line"),
    "order": ("на предложение", "предложение", "на кп", "per proposal"),
    "percent": ("процент от оборудования", "% от оборудования", "percent"),
}
YES = ("да", "yes", "y", "1", "true")


def _find_key(words, text):
    text = normalize_heading(text)
    return next((key for key, spellings in words.items() if text in spellings), None)


class SmarthomeImport(models.TransientModel):
    """The sheet «Нормы»."""

    _inherit = "smarthome.import"

    def _plan_norms(self, sources, found, planned):
        """Plan the norms.

        :param found: products by article
        :param planned: rows of the works of the same file by article
        """
        categories = self._find_categories()
        rows = [self._plan_norm_target(source, found, planned, categories) for source in sources]
        self._refuse_repeated_norms(rows)
        existing = self._find_norms()
        own_only = self._get_own_only(rows)
        for row in rows:
            if row.is_good:
                self._plan_norm_changes(row, existing, own_only)
        return rows

    def _plan_norm_target(self, source, found, planned, categories):
        """What the norm speaks of: goods or the proposal, the work, the basis."""
        row = self._start_row(source)
        if not row.is_good:
            return row
        target = _find_key(TARGETS, source.where)
        if not target:
            row.refuse("norm_where_unknown", where=source.where)
            return row
        basis = self._take_basis(row, source, target)
        of = row.is_good and self._take_target(row, source, target, found, categories)
        work = row.is_good and self._take_work(row, source, basis, found, planned)
        except_groups = self._take_groups(row, source, categories)
        row.payload = row.is_good and {
            "do": "norm",
            "target": target,
            "of": of,
            "basis": basis,
            "work": work,
            "work_article": source.work.casefold(),
            "quantity": source.quantity,
            "own_only": normalize_heading(source.own_only) in YES,
            "has_own_only": source.has_own_only,
            "except_groups": except_groups,
        }
        what = source.what or self._say("once_per_proposal", {})
        if row.is_good:
            row.head = ("norms", {"work": source.work, "what": what})
        return row

    def _take_basis(self, row, source, target):
        default = "order" if target == "order" else "unit"
        basis = _find_key(BASES, source.basis) if source.basis else default
        if not basis:
            row.refuse("norm_basis_unknown", basis=source.basis)
        elif basis != "order" and (target == "order") != (basis == "percent"):
            row.refuse("norm_basis_wrong", basis=source.basis or basis, where=source.where)
        return basis

    def _take_target(self, row, source, target, found, categories):
        """Category or product template of the norm; nothing for one once per proposal."""
        if target == "order":
            return self.env["product.template"]
        if target == "category":
            category = categories.get(source.what.casefold())
            if not category:
                row.refuse("category_unknown", group=source.what)
            return category
        product = self._take_product(row, found)
        if row.is_good and not product:
            row.refuse("product_unknown", article=source.what)
        elif row.is_good and product.product_tmpl_id._smarthome_kind() != "goods":
            row.refuse("product_not_goods", article=source.what)
        return product.product_tmpl_id

    def _take_work(self, row, source, basis, found, planned):
        """Work of the norm: a work of the same file or one that is here already."""
        article = source.work.casefold()
        in_file = planned.get(article)
        products = found.get(article, self.env["product.product"]).filtered("active")
        work = products.filtered("smarthome_is_work")[:1]
        if (in_file and not in_file.is_good) or not (in_file or work):
            row.refuse("work_unknown", work=source.work)
            return work
        is_percent = work.smarthome_is_percent
        if in_file:
            is_percent = in_file.payload.get("is_percent", is_percent)
        if is_percent != (basis == "percent"):
            row.refuse("norm_percent_wrong", work=source.work, basis=source.basis or basis)
        return work

    def _take_groups(self, row, source, categories):
        """Categories that the norm's column takes out of the equipment."""
        result = self.env["product.category"]
        names = [source.except_groups] if source.except_groups.casefold() in categories else None
        for name in names or re.split(r"[,;]", source.except_groups):
            name = name.strip()
            if name and name.casefold() not in categories:
                row.refuse("category_unknown", group=name)
            elif name:
                result |= categories[name.casefold()]
        return result

    def _refuse_repeated_norms(self, rows):
        by_key = defaultdict(list)
        for row in rows:
            if row.is_good:
                by_key[(*self._get_norm_key(row), row.payload["basis"])].append(row)
        for same in by_key.values():
            if len(same) > 1:
                numbers = ", ".join(str(row.row) for row in same)
                for row in same:
                    row.refuse("norm_twice", rows=numbers)

    def _get_norm_key(self, row):
        return (row.payload["target"], row.payload["of"].id, row.payload["work_article"])

    def _find_norms(self):
        """Norms in force by what they speak of."""
        norms = self.env["smarthome.work.norm"].search(
            [("company_id", "in", (False, self.env.company.id))], order="company_id desc, id"
        )
        result = defaultdict(list)
        for norm in norms:
            of = norm.category_id.id or norm.product_tmpl_id.id or False
            article = (norm.work_id.default_code or "").casefold()
            result[norm.target, of, article].append(norm)
        return result

    def _get_own_only(self, rows):
        """By template: does the file say «instead of the norms of the group» in any row."""
        result = {}
        for row in rows:
            if row.is_good and row.payload["target"] == "product" and row.payload["has_own_only"]:
                template = row.payload["of"]
                result[template] = result.get(template, False) or row.payload["own_only"]
        return result

    def _plan_norm_changes(self, row, existing, own_only):
        payload = row.payload
        norms = existing[self._get_norm_key(row)]
        norm = next((n for n in norms if n.basis == payload["basis"]), None)
        norm = norm or (norms[0] if len(norms) == 1 else None)
        payload["norm"] = norm
        if norm is None:
            row.action = "new"
            row.tell("quantity_set", new=f"{payload['quantity']:g}")
        else:
            norms.remove(norm)
            if abs(norm.quantity - payload["quantity"]) > 5e-5:
                values = {"old": f"{norm.quantity:g}", "new": f"{payload['quantity']:g}"}
                row.add_change("quantity_changed", **values)
            if norm.basis != payload["basis"]:
                row.add_change("basis_changed")
        template = payload["of"]
        payload["set_own_only"] = None
        if template in own_only and template.smarthome_own_norms_only != own_only[template]:
            payload["set_own_only"] = own_only[template]
            row.add_change("own_only_set" if own_only[template] else "own_only_ended")
        payload["except_groups"] = payload["except_groups"].filtered("smarthome_is_equipment")
        for category in payload["except_groups"]:
            row.add_change("not_equipment", group=category.name)

    # === WRITING === #

    def _apply_norms(self, rows, new_works):
        """Write norms; the works that the same file brought in are products by now.

        :param rows: planned rows of norms
        :param new_works: planned rows of the works just created
        """
        made = {row.article.casefold(): row.payload["product"] for row in new_works}
        missing = []
        for row in rows:
            payload = row.payload
            payload["work"] = payload["work"] or made[payload["work_article"]]
            if payload["norm"] is None:
                missing.append(self._prepare_norm_values(payload))
            else:
                payload["norm"].write({"quantity": payload["quantity"], "basis": payload["basis"]})
            if payload["set_own_only"] is not None:
                payload["of"].smarthome_own_norms_only = payload["set_own_only"]
            payload["except_groups"].smarthome_is_equipment = False
        self.env["smarthome.work.norm"].create(missing)

    def _prepare_norm_values(self, payload):
        """Values of a new norm."""
        values = {
            "target": payload["target"],
            "work_id": payload["work"].id,
            "quantity": payload["quantity"],
            "basis": payload["basis"],
            "company_id": self.env.company.id,
        }
        if payload["target"] == "category":
            values["category_id"] = payload["of"].id
        elif payload["target"] == "product":
            values["product_tmpl_id"] = payload["of"].id
        return values
