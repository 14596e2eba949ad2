"""Writing cells of a proposal's spreadsheet, row after row."""

from io import BytesIO

import xlsxwriter

from .proposal_style import Styles

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DEFAULT_HEIGHT = 15
#: a cell holds no more text
TEXT_LENGTH = 32000


class CellWriter:
    """A workbook of one sheet with a current row; text is written as text only."""

    def __init__(self, sheet_name, decimals):
        self.row = 0
        self.stream = BytesIO()
        self.book = xlsxwriter.Workbook(
            self.stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self.sheet = self.book.add_worksheet(sheet_name)
        self.styles = Styles(self.book, decimals)

    def close(self):
        """Finish the workbook and return its content."""
        self.book.close()
        return self.stream.getvalue()

    def _text(self, column, text, style, row=None):
        row = self.row if row is None else row
        text = (text or "")[:TEXT_LENGTH]
        if text:
            self.sheet.write_string(row, column, text, self.styles.of_text(style, text))
        else:
            self.sheet.write_blank(row, column, None, self.styles.get(style))

    def _merged(self, first, last, text, style):
        if last > first:
            merged = self.styles.get(style)
            self.sheet.merge_range(self.row, first, self.row, last, "", merged)
        self._text(first, text, style)

    def _formula(self, column, expression, value, style):
        self.sheet.write_formula(
            self.row, column, "=" + expression, self.styles.get(style), float(value)
        )

    def _cell(self, column, row=None):
        return f"{LETTERS[column]}{(self.row if row is None else row) + 1}"

    def _next_row(self, height=None):
        if height and height != DEFAULT_HEIGHT:
            self.sheet.set_row(self.row, height)
        self.row += 1
