"""Looks of a proposal's spreadsheet: widths, colours and formats of its cells."""

import math

#: widths of the client's columns and of those the office has beside
COLUMNS = (5, 15, 46, 8, 10, 13, 10, 15)
OFFICE_COLUMNS = (12, 13, 13, 13, 9)

ACCENT, SHADE, LINE, MUTED = "#1F3A5F", "#E9EEF5", "#C9D2DE", "#5F6B7A"
#: letters of ten points that fit into one unit of a column's width
LETTERS_PER_WIDTH = 1.08
TEXT_MARKS = ("=", "+", "-", "@")

_TOP = {"valign": "top"}
_WRAPPED = {**_TOP, "text_wrap": True}
_RULED = {**_TOP, "bottom": 1, "bottom_color": LINE}
_RIGHT = {"align": "right"}
_STRONG = {"bold": True, "valign": "vcenter"}
_TOTAL = {**_STRONG, "top": 1, "top_color": ACCENT, "bg_color": SHADE}
_SUBTOTAL = {**_STRONG, "bottom": 1, "bottom_color": LINE}
_GRAND = {**_STRONG, "bg_color": ACCENT, "font_color": "white", "font_size": 12}
_MONEY = {**_RIGHT, "money": True}
_PERCENT = {**_RIGHT, "num_format": "0.00_)"}

_PROPERTIES = {
    "company": {"bold": True, "font_size": 14, "font_color": ACCENT, "valign": "vcenter"},
    "company_detail": {"font_size": 9, "font_color": MUTED},
    "title": {
        "bold": True,
        "font_size": 16,
        "font_color": ACCENT,
        "top": 2,
        "top_color": ACCENT,
        "valign": "vcenter",
    },
    "fact_label": {**_TOP, "font_color": MUTED},
    "fact": _WRAPPED,
    "term": _WRAPPED,
    "coefficient": {**_TOP, "align": "left", "num_format": "0.####"},
    "header": {
        "bold": True,
        "font_color": "white",
        "bg_color": ACCENT,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "block": {"bold": True, "font_size": 12, "font_color": ACCENT, "valign": "bottom"},
    "group": {"bold": True, "bg_color": SHADE, "valign": "vcenter", "text_wrap": True, "indent": 1},
    "heading": {**_WRAPPED, "italic": True, "bold": True, "indent": 1},
    "note": {**_WRAPPED, "italic": True, "font_color": MUTED, "indent": 1},
    "line": {**_RULED, **_RIGHT},
    "line_number": {**_RULED, "align": "center", "font_color": MUTED},
    "line_text": {**_RULED, "text_wrap": True},
    "line_name": {**_RULED, "text_wrap": True},
    "line_unit": {**_RULED, "align": "center"},
    "line_money": {**_RULED, **_MONEY},
    "line_percent": {**_RULED, **_PERCENT},
    "subtotal": {**_SUBTOTAL, **_MONEY},
    "subtotal_label": {**_SUBTOTAL, **_RIGHT, "text_wrap": True},
    "subtotal_percent": {**_SUBTOTAL, **_PERCENT},
    "total": {**_TOTAL, **_MONEY},
    "total_label": {**_TOTAL, **_RIGHT},
    "total_percent": {**_TOTAL, **_PERCENT},
    "tax": {"valign": "vcenter", **_MONEY},
    "tax_label": {"valign": "vcenter", **_RIGHT},
    "grand": {**_GRAND, **_MONEY},
    "grand_label": {**_GRAND, **_RIGHT},
    "grand_percent": {**_GRAND, **_PERCENT},
    "words": {"italic": True, "text_wrap": True, "valign": "vcenter", **_RIGHT},
}
for _name in ("company", "company_detail"):
    _PROPERTIES[f"{_name}_right"] = {**_PROPERTIES[_name], "align": "right"}
_PROPERTIES["header_left"] = {**_PROPERTIES["header"], "align": "left"}
_PROPERTIES["header_right"] = {**_PROPERTIES["header"], **_RIGHT}


class Styles:
    """Formats of a workbook by name, each made once."""

    def __init__(self, book, decimals):
        self.book = book
        self.money = number_format(decimals)
        self.made = {}
        self.numbers = {}

    def get(self, name):
        """Format by its name."""
        return self.made.get((name,)) or self._make(name, {})

    def of_text(self, name, text):
        """Format of a text cell; what looks like a formula is marked as text for good."""
        if text.startswith(TEXT_MARKS):
            return self._make(name, {"quote_prefix": True})
        return self.get(name)

    def number(self, name, decimals):
        """Format of a number with so many decimals."""
        key = (name, decimals)
        if key not in self.numbers:
            self.numbers[key] = self._make(name, {"num_format": number_format(decimals)})
        return self.numbers[key]

    def _make(self, name, extra):
        key = (name, *extra.values())
        if key not in self.made:
            properties = {"font_name": "Arial", "font_size": 10, **_PROPERTIES[name], **extra}
            if properties.pop("money", False):
                properties["num_format"] = self.money
            self.made[key] = self.book.add_format(properties)
        return self.made[key]


def number_format(decimals):
    """Excel's format of a number, negative ones with a minus in red.

    >>> number_format(0), number_format(2)
    ('#,##0_);[Red]-#,##0_)', '#,##0.00_);[Red]-#,##0.00_)')
    """
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{plain}_);[Red]-{plain}_)"


def text_height(text, width, least=15):
    """Height in points of a row for a text wrapped in a column so many characters wide.

    >>> text_height("short", 40), text_height("x" * 90, 40), text_height("two\\nlines", 40)
    (15, 41.0, 28.0)
    """
    letters = width * LETTERS_PER_WIDTH
    if len(text or "") <= letters and "\n" not in (text or ""):
        return least
    rows = sum(max(1, math.ceil(len(line) / letters)) for line in (text or "").split("\n"))
    return least if rows == 1 else max(least, min(13.0 * rows + 2, 400.0))
