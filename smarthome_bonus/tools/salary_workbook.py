"""The salaries of months as an Excel workbook: money as numbers, text as text only.

>>> from io import BytesIO
>>> from openpyxl import load_workbook
>>> row = Row("=Ivan", 500.0, 61.73, 0.0, 0.0, 561.73, "USD", 1797.54, "BYN", "Paid")
>>> labels = {name: name for name in Row._fields} | {"sum": "Total, %s"}
>>> content = build_workbook([Month("November: 2026", [row, row])], labels)
>>> book = load_workbook(BytesIO(content))
>>> book.sheetnames
['November_ 2026']
>>> sheet = book.active
>>> sheet["A2"].value, sheet["A2"].data_type, sheet["F2"].value
('=Ivan', 's', 561.73)
>>> [cell.value for cell in sheet[4]][:9]
['Total, BYN', None, None, None, None, None, None, 3595.08, 'BYN']
>>> [cell.value for cell in sheet[5]][:7]
['Total, USD', 1000, 123.46, 0, 0, 1123.46, 'USD']
"""

import re
from io import BytesIO
from typing import NamedTuple

import xlsxwriter

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
MONEY = ("fixed", "bonus", "carried_in", "carried_out", "total")
WIDTHS = (32, 14, 18, 18, 18, 14, 9, 16, 9, 14)
#: what the name of a sheet may not hold, and how long it may be
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
NAME_LENGTH = 31
A4 = 9


class Row(NamedTuple):
    """A statement; the fields are the columns."""

    employee: str
    fixed: float
    bonus: float
    carried_in: float
    carried_out: float
    total: float
    currency: str
    payment: float
    payment_currency: str
    state: str


class Month(NamedTuple):
    name: str
    rows: list


def build_workbook(months, labels):
    """Make the workbook, a sheet for each month.

    :param months: list of ``Month``
    :param dict labels: heads of the columns by field of ``Row``, and ``sum``
    :return: content of the .xlsx file
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        formats = {
            "head": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "text": book.add_format({}),
            "sum": book.add_format({"bold": True, "num_format": "#,##0.00"}),
            "word": book.add_format({"bold": True}),
        }
        for month in months:
            sheet = book.add_worksheet(_FORBIDDEN.sub("_", month.name)[:NAME_LENGTH])
            _write_month(sheet, month, labels, formats)
    return stream.getvalue()


def _write_month(sheet, month, labels, formats):
    for column, name in enumerate(Row._fields):
        sheet.set_column(column, column, WIDTHS[column])
        sheet.write_string(0, column, labels[name], formats["head"])
    for position, row in enumerate(month.rows, 1):
        _write_row(sheet, position, row._asdict(), formats["text"], formats["money"])
    for position, row in enumerate(_get_totals(month.rows, labels["sum"]), len(month.rows) + 1):
        _write_row(sheet, position, row, formats["word"], formats["sum"])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_row(sheet, position, values, text, money):
    for column, name in enumerate(Row._fields):
        value = values.get(name)
        if isinstance(value, str):
            sheet.write_string(position, column, value, text)
        elif value is not None:
            sheet.write_number(position, column, value, money)


def _get_totals(rows, word):
    """Sums by currency, of the salaries counted in it and of the payments made in it."""
    currencies = {row.currency for row in rows} | {row.payment_currency for row in rows}
    for currency in sorted(currencies):
        sums = {"employee": word % currency}
        ours = [row for row in rows if row.currency == currency]
        if ours:
            sums["currency"] = currency
            sums |= {name: round(sum(getattr(row, name) for row in ours), 2) for name in MONEY}
        paid = [row.payment for row in rows if row.payment_currency == currency]
        if paid:
            sums |= {"payment": round(sum(paid), 2), "payment_currency": currency}
        yield sums
