"""Reading a proposal's spreadsheet back, formulas included, as a spreadsheet would."""

import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

_TOKEN = re.compile(
    r"(?P<range>\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)|(?P<cell>\$?[A-Z]+\$?\d+)"
    r"|(?P<name>[A-Z]+\()|(?P<number>\d+(?:\.\d+)?)|(?P<equal>=)"
)


class SheetReader:
    """The one sheet of a workbook: stored values, formulas, and formulas evaluated anew."""

    def __init__(self, content):
        self.book = load_workbook(BytesIO(content))
        self.sheet = self.book.active
        self.stored = load_workbook(BytesIO(content), data_only=True).active

    def evaluate(self, cell):
        """Value of a cell by its formula, exact."""
        value = self.sheet[cell].value
        if value is None:
            return Decimal()
        if isinstance(value, str) and self.sheet[cell].data_type == "f":
            functions = {
                "Decimal": Decimal,
                "cell": self.evaluate,
                "cells": self._evaluate_range,
                "ROUND": _round,
                "SUM": _sum,
                "IF": lambda test, yes, no: yes if test else no,
            }
            return eval(_TOKEN.sub(_translate, value[1:]), {"__builtins__": {}}, functions)
        return Decimal(str(value)) if isinstance(value, (int, float)) else value

    def formulas(self):
        """Coordinates of all formulas."""
        return [
            cell.coordinate
            for row in self.sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]

    def lines(self, columns=8):
        """Rows of the table that have a number, as stored values."""
        rows = self.stored.iter_rows(max_col=columns, values_only=True)
        return [row for row in rows if isinstance(row[0], int)]

    def labelled(self, label, column=8):
        """Stored figures of the rows whose label begins so."""
        return [
            row[column - 1]
            for row in self.stored.iter_rows(max_col=column, values_only=True)
            if isinstance(row[0], str) and row[0].startswith(label)
        ]

    def texts(self):
        """All texts of the sheet."""
        values = (cell for row in self.stored.iter_rows(values_only=True) for cell in row)
        return [value for value in values if isinstance(value, str)]

    def _evaluate_range(self, name):
        first, top, last, bottom = range_boundaries(name.replace("$", ""))
        rows = self.sheet.iter_rows(top, bottom, first, last)
        return [self.evaluate(cell.coordinate) for row in rows for cell in row]


def _translate(match):
    if match["range"]:
        return f'cells("{match["range"]}")'
    if match["cell"]:
        return f'cell("{match["cell"].replace("$", "")}")'
    if match["number"]:
        return f'Decimal("{match["number"]}")'
    return "==" if match["equal"] else match[0]


def _round(value, digits):
    return Decimal(value).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)


def _sum(*values):
    flat = []
    for value in values:
        flat += value if isinstance(value, list) else [value]
    return sum((value for value in flat if not isinstance(value, str)), Decimal())
