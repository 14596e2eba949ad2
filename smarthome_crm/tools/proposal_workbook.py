"""A proposal as an Excel workbook that the client likes to get, without the ORM.

Every sum is a formula with its value stored beside it, so that a preview shows figures and an
edited quantity moves the total. Text is always written as text, whatever it begins with.

>>> from io import BytesIO
>>> from openpyxl import load_workbook
>>> lamp = Line(1, "L-1", "=Lamp", "pcs", 3, 10.55, 5.0, 30.07)
>>> document = Document("Proposal 7", "7", ["Company"], "USD", total=30.07, grand_total=36.08)
>>> document.blocks = [Block("Goods", "Goods, total", [Group(rows=[lamp])])]
>>> document.taxes = [Tax("VAT 20%", 6.01, 20)]
>>> content = build_workbook(document)
>>> sheet = load_workbook(BytesIO(content)).active
>>> rows = [row for row in sheet.iter_rows(values_only=True) if row[7] is not None]
>>> rows[1]
(1, 'L-1', '=Lamp', 'pcs', 3, 10.55, 5, '=ROUND(E7*F7*(1-G7/100),2)')
>>> [row[7] for row in rows[2:]]
['=SUM(H7:H7)', '=SUM(H8)', '=ROUND(H10*20/100,2)', '=SUM(H10:H11)']
>>> [row[7] for row in load_workbook(BytesIO(content), data_only=True).active.values][-4:]
[30.07, 6.01, 36.08, None]
"""

import re
from decimal import Decimal
from io import BytesIO

from .money_formula import (
    amount_of,
    decimals_of,
    matching_price,
    round_formula,
    rounded,
    sum_formula,
)
from .proposal_cells import CellWriter
from .proposal_document import Block, Document, Group, Line, Tax, Text  # noqa: F401
from .proposal_style import COLUMNS, OFFICE_COLUMNS, text_height

NUMBER, ARTICLE, NAME, UNIT, QUANTITY, PRICE, DISCOUNT, AMOUNT = range(8)
UNIT_COST, COST, PAY, PROFIT, PERCENT = range(8, 13)
LOGO_BOX = (210, 62)
A4 = 9
#: what XML refuses; in cells the library escapes it
_CONTROLS = re.compile(r"[\x00-\x1f]")


def build_workbook(document):
    """Make the workbook.

    :param document: ``Document``
    :return: content of the .xlsx file
    """
    return _ProposalSheet(document).build()


class _ProposalSheet(CellWriter):
    """The one sheet of the workbook, written from top to bottom."""

    def __init__(self, document):
        self.document = document
        self.labels = document.labels
        self.last = PERCENT if document.for_office else AMOUNT
        self.coefficient_cell = None
        super().__init__(document.sheet, document.decimals)

    def build(self):
        properties = self.document.properties.items()
        self.book.set_properties({name: _CONTROLS.sub(" ", text) for name, text in properties})
        self._write_head()
        self._write_header_row()
        self._write_totals([self._write_block(block) for block in self.document.blocks])
        self._write_options()
        self._write_terms()
        self._set_up_page()
        return self.close()

    # === ABOVE THE TABLE === #

    def _write_head(self):
        self._insert_logo()
        first = UNIT if self.document.logo else NUMBER
        suffix = "_right" if self.document.logo else ""
        for position, text in enumerate(self.document.company):
            style = "company" if not position else "company_detail"
            self._merged(first, self.last, text, style + suffix)
            self._next_row(22 if not position else 14)
        if self.document.logo:
            while self.row < 3:
                self._next_row(14)
        self._next_row(6)
        self._merged(NUMBER, self.last, self.document.title, "title")
        self._next_row(30)
        self._write_facts()
        self._next_row(6)

    def _insert_logo(self):
        logo = self.document.logo
        if logo:
            scale = min(LOGO_BOX[0] / logo.width, LOGO_BOX[1] / logo.height)
            options = {
                "image_data": BytesIO(logo.content),
                "x_scale": scale,
                "y_scale": scale,
                "object_position": 3,
                "description": self.document.company[0],
            }
            self.sheet.insert_image(0, 0, "logo", options)

    def _write_facts(self):
        left, right = self.document.facts
        for position in range(max(len(left), len(right))):
            height = 15
            for facts, first in ((left, NUMBER), (right, UNIT)):
                if position < len(facts):
                    label, text = facts[position]
                    self._merged(first, first + 1, label, "fact_label")
                    last = NAME if first == NUMBER else self.last
                    self._merged(first + 2, last, text, "fact")
                    width = sum(COLUMNS[first + 2 : last + 1])
                    height = max(height, text_height(text, width))
            self._next_row(height)
        if self.document.for_office:
            self._write_coefficient()

    def _write_coefficient(self):
        self._merged(NUMBER, ARTICLE, self.labels.coefficient, "fact_label")
        self.coefficient_cell = f"${self._cell(NAME).replace('C', 'C$')}"
        coefficient = self.document.coefficient
        self.sheet.write_number(self.row, NAME, coefficient, self.styles.get("coefficient"))
        self._next_row(15)

    def _write_header_row(self):
        names = ["number", "article", "name", "unit", "quantity", "price", "discount", "amount"]
        if self.document.for_office:
            names += ["unit_cost", "cost", "pay", "profit", "percent"]
        for column, name in enumerate(names):
            label = getattr(self.labels, name)
            if name in ("price", "amount", "cost", "pay", "profit"):
                label = f"{label}, {self.document.currency}"
            style = "header_left" if column in (ARTICLE, NAME) else "header"
            self._text(column, label, "header_right" if column > UNIT else style)
        self.header_row = self.row
        self._next_row(30)

    # === THE TABLE === #

    def _write_block(self, block):
        """Write a block and return the row of its total with its figures."""
        self._merged(NUMBER, self.last, block.title, "block")
        self._next_row(23)
        is_one_of_many = len(block.groups) > 1
        parts, figures = [], [Decimal()] * 3
        for group in block.groups:
            of_group = self._figures(group.lines)
            parts.append(self._write_group(group, is_one_of_many, of_group))
            figures = _add(figures, of_group)
        row = self._write_sums(block.total_label, parts, figures, "total")
        return row, figures

    def _write_group(self, group, is_one_of_many, figures):
        """Write a group and return the rows that sum it up: (first, last)."""
        if group.title:
            self._merged(NUMBER, self.last, group.title, "group")
            self._next_row(text_height(group.title, 90, 17))
        first = self.row
        for row in group.rows:
            if isinstance(row, Text):
                self._write_text_row(row)
            else:
                self._write_line(row, group.hides_prices)
        rows = (first, self.row - 1)
        if (group.title and is_one_of_many) or group.hides_prices:
            label = self.labels.subtotal % group.title
            parts = None if group.hides_prices else [rows]
            row = self._write_sums(label, parts, figures, "subtotal")
            rows = (row, row)
        return rows

    def _write_text_row(self, row):
        self._merged(NUMBER, self.last, row.text, "heading" if row.is_heading else "note")
        self._next_row(text_height(row.text, 100))

    def _write_line(self, line, hides_price):
        self.sheet.write_number(self.row, NUMBER, line.number, self.styles.get("line_number"))
        self._text(ARTICLE, line.article, "line_text")
        self._text(NAME, line.name, "line_name")
        self._text(UNIT, line.unit, "line_unit")
        quantity = self.styles.number("line", decimals_of(line.quantity))
        self.sheet.write_number(self.row, QUANTITY, line.quantity, quantity)
        if hides_price:
            for column in (PRICE, DISCOUNT, AMOUNT):
                self.sheet.write_blank(self.row, column, None, self.styles.get("line_unit"))
        else:
            self._write_price(line)
        if line.costs:
            self._write_costs(line)
        name = text_height(line.name, COLUMNS[NAME])
        self._next_row(max(name, text_height(line.article, COLUMNS[ARTICLE])))

    def _write_price(self, line):
        rounding = self.document.rounding
        price = matching_price(line.quantity, line.price, line.discount, line.amount, rounding)
        shown = line.price if price is None else price
        style = self.styles.number("line", decimals_of(shown, self.document.decimals))
        self.sheet.write_number(self.row, PRICE, shown, style)
        self._write_discount(line.discount)
        expression = str(line.amount)
        if price is not None:
            quantity, price, discount = map(self._cell, (QUANTITY, PRICE, DISCOUNT))
            expression = f"{quantity}*{price}*(1-{discount}/100)"
        self._formula(AMOUNT, round_formula(expression, rounding), line.amount, "line_money")

    def _write_discount(self, discount):
        if discount:
            style = self.styles.number("line", decimals_of(discount))
            self.sheet.write_number(self.row, DISCOUNT, discount, style)
        else:
            self.sheet.write_blank(self.row, DISCOUNT, None, self.styles.get("line_unit"))

    def _write_costs(self, line):
        costs, rounding = line.costs, self.document.rounding
        style = self.styles.number("line", decimals_of(costs.unit_cost, self.document.decimals))
        self.sheet.write_number(self.row, UNIT_COST, costs.unit_cost, style)
        column, other, value = (COST, PAY, costs.cost)
        expression = f"{self._cell(QUANTITY)}*{self._cell(UNIT_COST)}"
        factor = 1
        if costs.is_work:
            column, other, value = (PAY, COST, costs.pay)
            factor = Decimal(str(self.document.coefficient))
            expression += f"*{self.coefficient_cell}"
        exact = amount_of(line.quantity, Decimal(str(costs.unit_cost)) * factor, 0, rounding)
        if exact != rounded(str(value), rounding):
            expression = str(value)
        self._formula(column, round_formula(expression, rounding), value, "line_money")
        self.sheet.write_blank(self.row, other, None, self.styles.get("line_unit"))
        self._write_profit(self._figures([line]), "line_money", "line_percent")

    # === TOTALS === #

    def _figures(self, lines):
        """Exact figures of lines: amount, cost, pay."""
        amount = sum((Decimal(str(line.amount)) for line in lines), Decimal())
        costs = [line.costs for line in lines if line.costs]
        cost = sum((Decimal(str(each.cost)) for each in costs), Decimal())
        return [amount, cost, sum((Decimal(str(each.pay)) for each in costs), Decimal())]

    def _write_sums(self, label, parts, figures, style):
        """Write a row of totals over rows (first, last), or of plain values without any."""
        self._merged(NUMBER, DISCOUNT, label, f"{style}_label")
        columns = (AMOUNT, COST, PAY) if self.document.for_office else (AMOUNT,)
        for column, value in zip(columns, figures, strict=False):
            if parts is None:
                self.sheet.write_number(self.row, column, value, self.styles.get(style))
            else:
                self._formula(column, self._sum_rows(column, parts), value, style)
        if self.document.for_office:
            self.sheet.write_blank(self.row, UNIT_COST, None, self.styles.get(style))
            self._write_profit(figures, style, f"{style}_percent")
        row = self.row
        self._next_row(text_height(label, 90, 18))
        return row

    def _sum_rows(self, column, parts):
        cells = []
        for first, last in parts:
            start = self._cell(column, first)
            is_total = first == last and len(parts) > 1
            cells.append(start if is_total else f"{start}:{self._cell(column, last)}")
        return sum_formula(cells)

    def _write_profit(self, figures, style, percent_style):
        amount, cost, pay = figures
        profit = amount - cost - pay
        amount_cell, cost_cell, pay_cell = map(self._cell, (AMOUNT, COST, PAY))
        self._formula(PROFIT, f"{amount_cell}-{cost_cell}-{pay_cell}", profit, style)
        percent = rounded(100 * profit / amount, "0.01") if amount else 0
        formula = f"IF({amount_cell}=0,0,ROUND(100*{self._cell(PROFIT)}/{amount_cell},2))"
        self._formula(PERCENT, formula, percent, percent_style)

    def _write_totals(self, written):
        """Write the total of the blocks, Odoo's rounding, the taxes and the grand total."""
        document = self.document
        self._next_row(6)
        rows, figures = [row for row, __ in written], [Decimal()] * 3
        for __, of_block in written:
            figures = _add(figures, of_block)
        difference = Decimal(str(document.total)) - figures[0]
        if difference:
            self._write_total(self.labels.rounding, str(difference), difference, "tax")
            rows = [*rows, self.row - 1]
        amount = sum_formula(self._cell(AMOUNT, row) for row in rows)
        if not document.taxes:
            self._write_office_totals(rows, figures, "grand")
            self._write_total(document.grand_label, amount, document.grand_total, "grand")
        else:
            self._write_office_totals(rows, figures, "total")
            self._write_total(self.labels.total, amount, document.total, "total")
            self._write_taxes()
        self._merged(NUMBER, AMOUNT, document.words, "words")
        self._next_row(text_height(document.words, 100, 18))

    def _write_taxes(self):
        document, total_row = self.document, self.row - 1
        for tax in document.taxes:
            expression = str(tax.amount)
            if tax.percent is not None:
                total = self._cell(AMOUNT, total_row)
                expression = round_formula(f"{total}*{tax.percent:g}/100", document.rounding)
            self._write_total(tax.label, expression, tax.amount, "tax")
        first, last = self._cell(AMOUNT, total_row), self._cell(AMOUNT, self.row - 1)
        self._write_total(
            document.grand_label, f"SUM({first}:{last})", document.grand_total, "grand"
        )

    def _write_total(self, label, expression, value, style):
        self._merged(NUMBER, DISCOUNT, label, f"{style}_label")
        self._formula(AMOUNT, expression, value, style)
        self._next_row(22 if style == "grand" else 17)

    def _write_office_totals(self, rows, figures, style):
        if not self.document.for_office:
            return
        self.sheet.write_blank(self.row, UNIT_COST, None, self.styles.get(style))
        for column, value in ((COST, figures[1]), (PAY, figures[2])):
            expression = sum_formula(self._cell(column, row) for row in rows)
            self._formula(column, expression, value, style)
        figures = [Decimal(str(self.document.total)), *figures[1:]]
        self._write_profit(figures, style, f"{style}_percent")

    # === BELOW THE TABLE === #

    def _write_options(self):
        if not self.document.options:
            return
        self._next_row(8)
        self._merged(NUMBER, AMOUNT, self.labels.options, "group")
        self._next_row(17)
        for line in self.document.options:
            self._text(NUMBER, "", "line_text")
            self._text(ARTICLE, line.article, "line_text")
            self._text(NAME, line.name, "line_name")
            self._text(UNIT, line.unit, "line_unit")
            self.sheet.write_blank(self.row, QUANTITY, None, self.styles.get("line_unit"))
            style = self.styles.number("line", decimals_of(line.price, self.document.decimals))
            self.sheet.write_number(self.row, PRICE, line.price, style)
            for column in (DISCOUNT, AMOUNT):
                self.sheet.write_blank(self.row, column, None, self.styles.get("line_unit"))
            self._next_row(text_height(line.name, COLUMNS[NAME]))

    def _write_terms(self):
        self._next_row(10)
        for label, text in self.document.terms:
            self._merged(NUMBER, ARTICLE, label, "fact_label")
            self._merged(NAME, AMOUNT, text, "term")
            self._next_row(text_height(text, sum(COLUMNS[NAME:])))

    def _set_up_page(self):
        sheet, columns = self.sheet, list(COLUMNS)
        if self.document.for_office:
            columns += OFFICE_COLUMNS
            sheet.set_landscape()
        for column, width in enumerate(columns):
            sheet.set_column(column, column, width)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.7)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.repeat_rows(self.header_row)
        sheet.freeze_panes(self.header_row + 1, 0)
        sheet.print_area(0, 0, max(self.row - 1, 0), self.last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:M{self.row + 1}"})
        page = self.labels.page % {"page": "&P", "pages": "&N"}
        left = _CONTROLS.sub(" ", self.document.footer)[:80].replace("&", "&&")
        sheet.set_footer(f'&L&"Arial,Regular"&8{left}&R&"Arial,Regular"&8{page}')


def _add(figures, others):
    return [one + other for one, other in zip(figures, others, strict=True)]
