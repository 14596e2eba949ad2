import base64
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO

from PIL import Image

from odoo import models
from odoo.tools.image import image_process

from ..tools.proposal_document import Block, Costs, Group, Line, Logo, Text

LOGO_SIZE = (800, 300)


class SaleOrder(models.Model):
    """The lines of a proposal, arranged for its Excel file."""

    _inherit = "sale.order"

    def _get_export_blocks(self, for_office):
        """Arrange the lines: goods, works and the rest, each by the proposal's sections.

        :param for_office: with costs, and with what sections hide from the client
        :return: (list of ``Block``, list of optional ``Line`` that the client has not chosen)
        """
        self.ensure_one()
        arranged = _Arrangement(self, for_office)
        lines = self._get_export_lines(for_office)
        for line in lines.sorted(lambda line: (line.sequence, line.id)):
            arranged.add(line)
        return arranged.get_blocks(), arranged.options

    def _get_export_lines(self, for_office):
        """Lines that the file shows; other addons leave out what the client should not see yet."""
        return self.order_line

    def _get_export_kinds(self):
        """Titles of the blocks by kind of line, in their order."""
        return {
            "goods": (self.env._("Equipment"), self.env._("Equipment, total")),
            "work": (self.env._("Works"), self.env._("Works, total")),
            "other": (self.env._("Other"), self.env._("Other, total")),
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _to_export_line(self, with_costs):
        """Give the line to the workbook as plain values."""
        product = self.product_id
        return Line(
            number=0,
            article=product.default_code or "",
            name=self._get_export_name(),
            unit=self.product_uom_id.name or "",
            quantity=self.product_uom_qty,
            price=self.price_unit,
            discount=self.discount,
            amount=self.price_subtotal,
            costs=self._get_export_costs() if with_costs else None,
        )

    def _get_export_name(self):
        """Description without the article, which has a column of its own."""
        name, code = (self.name or "").strip(), self.product_id.default_code
        if code and name.startswith(f"[{code}]"):
            name = name[len(code) + 2 :].strip()
        if "\n" in name:
            name = re.sub(r"\n\s*\n+", "\n", name)
        return name or self.product_id.name or ""

    def _get_export_costs(self):
        is_work = self.smarthome_kind == "work"
        return Costs(
            unit_cost=self.smarthome_rate if is_work else self.smarthome_purchase_price,
            cost=self.smarthome_cost,
            pay=self.smarthome_pay,
            is_work=is_work,
        )

    def _get_export_option(self):
        """An optional line not chosen: its price without tax, no quantity."""
        line = self._to_export_line(with_costs=False)
        price = self.price_unit * (1 - self.discount / 100)
        if any(self.tax_ids.flatten_taxes_hierarchy().mapped("price_include")):
            taxes = self.tax_ids.compute_all(price, self.currency_id, 1.0, self.product_id)
            price = taxes["total_excluded"]
        return replace(line, price=self.currency_id.round(price), discount=0.0)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_export_logo(self):
        """Logo of the company for spreadsheets, unless it is Odoo's placeholder or no bitmap."""
        if not self.logo or self.uses_default_logo:
            return None
        content = base64.b64decode(self.logo)
        if content[:1] == b"<":
            return None
        content = image_process(content, size=LOGO_SIZE, output_format="PNG")
        with Image.open(BytesIO(content)) as image:
            return Logo(content, image.width, image.height)


class _Arrangement:
    """Sorts the lines of one order into blocks and groups, as they come."""

    def __init__(self, order, for_office):
        self.order = order
        self.for_office = for_office
        self.nothing = order.order_line.browse()
        self.groups = {kind: {} for kind in order._get_export_kinds()}
        self.options = []
        self._enter(self.nothing, self.nothing)

    def _enter(self, section, subsection):
        """Go on in a section; what it hides is hidden from the client only."""
        self.section, self.subsection = section, subsection
        self.kind, self.waiting = None, []
        if subsection:
            self.waiting.append(Text(subsection.name or "", is_heading=True))
        self.is_optional = section.is_optional or subsection.is_optional
        self.hides_prices = section.collapse_prices or subsection.collapse_prices
        self.composition = section.filtered("collapse_composition")
        self.composition |= subsection.filtered("collapse_composition")
        if self.for_office:
            self.hides_prices, self.composition = False, self.nothing

    def add(self, line):
        if line.is_downpayment:
            return
        if line.display_type == "line_section":
            self._enter(line, self.nothing)
        elif line.display_type == "line_subsection":
            self._enter(self.section, line)
        elif line.display_type:
            self._add_note(Text(line.name or ""))
        elif self.is_optional and not line.product_uom_qty:
            self.options.append(line._get_export_option())
        else:
            self._add_line(line)

    def get_blocks(self):
        """Blocks that have lines, the lines numbered through."""
        blocks, number = [], 0
        for kind, (title, total_label) in self.order._get_export_kinds().items():
            groups = list(self.groups[kind].values())
            if not groups:
                continue
            if len(groups) == 1 and next(iter(self.groups[kind])).smarthome_is_works_section:
                groups[0].title = ""
            for group in groups:
                group.rows = [_composed(row) for row in group.rows]
                for position, row in enumerate(group.rows):
                    if isinstance(row, Line):
                        number += 1
                        group.rows[position] = replace(row, number=number)
            blocks.append(Block(title, total_label, groups))
        return blocks

    def _add_note(self, note):
        if self.composition:
            return
        if self.kind:
            self._get_group(self.kind).rows.append(note)
        else:
            self.waiting.append(note)

    def _add_line(self, line):
        self.kind = line.smarthome_kind or "other"
        group = self._get_group(self.kind)
        exported = line._to_export_line(self.for_office)
        if not self.composition:
            group.rows += self.waiting
            group.rows.append(exported)
        else:
            self._add_to_composition(group, exported)
        self.waiting = []

    def _add_to_composition(self, group, exported):
        last = group.rows[-1] if group.rows else None
        of = self.composition[0]
        if not isinstance(last, _Composition) or last.of != of:
            last = _Composition(of, of.name or "", [])
            group.rows.append(last)
        last.lines.append(exported)

    def _get_group(self, kind):
        groups, section = self.groups[kind], self.section
        is_foreign = kind == "other" or (kind == "goods" and section.smarthome_is_works_section)
        if is_foreign and not self.hides_prices:
            section = self.nothing
        if section not in groups:
            groups[section] = Group(title=section.name or "")
        if section:
            groups[section].hides_prices |= self.hides_prices
        return groups[section]


@dataclass
class _Composition:
    """Lines of a section or subsection that the client sees as one."""

    of: object
    name: str
    lines: list


def _composed(row):
    """Make one line of a composition, with the sum of its lines as its price."""
    if not isinstance(row, _Composition):
        return row
    amount = float(sum(Decimal(str(line.amount)) for line in row.lines))
    return Line(0, "", row.name, "", 1.0, amount, 0.0, amount)
