"""Reading an untidy sheet: the header below titles, columns by heading, numbers typed as text.

>>> to_number("1 250,40"), to_number("48,00"), to_number("1 899,00 USD"), to_number(12.5)
(1250.4, 48.0, 1899.0, 12.5)
>>> to_number("десять")
Traceback (most recent call last):
...
ValueError: десять
>>> to_text("  WB-MDM3\\xa0"), to_text(1204.0), to_text(None)
('WB-MDM3', '1204', '')
"""

import datetime
import difflib
import math
import re
import warnings
import zipfile
from dataclasses import dataclass, field

import openpyxl

from .workbook_guard import MAX_ROWS, WorkbookRefused, guard_workbook

MAX_COLUMNS = 64
MAX_SHEETS = 20
_LAST_ROW = 1_048_576
_HEADER_WITHIN = 50
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200d\u202f\u2060\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|_x00[01][0-9A-Fa-f]_")
_CURRENCY = re.compile(r"(usd|eur|byn|rub|руб(лей|\.)?|р\.|\$|€|₽|br)", re.I)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_TOTALS = re.compile(r"^(итого|всего|total|subtotal)\b", re.I)


@dataclass(frozen=True)
class Formula:
    """A cell with a formula: what Excel stored as its value, None when nothing."""

    value: object = None


@dataclass
class Row:
    """Cells of a row that hold anything, by column from 0; ``number`` as Excel shows it."""

    number: int
    cells: dict = field(default_factory=dict)

    def get(self, column):
        return self.cells.get(column)


def read_sheets(data):
    """Read every sheet of a workbook made by a stranger.

    :param bytes data: the file
    :return: list of (title, list of ``Row`` that are not empty)
    :raise WorkbookRefused: the file is refused, with its reason
    """
    clean = guard_workbook(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = _read_clean(clean, data_only=False)
            if any(
                isinstance(v, Formula)
                for _t, rows in sheets
                for r in rows
                for v in r.cells.values()
            ):
                _add_stored_values(sheets, _read_clean(clean, data_only=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, SyntaxError):
        raise WorkbookRefused("damaged") from None
    except (zipfile.BadZipFile, OverflowError, RecursionError):
        raise WorkbookRefused("damaged") from None
    if not any(rows for _title, rows in sheets):
        raise WorkbookRefused("no_rows")
    return sheets


def _read_clean(clean, data_only):
    clean.seek(0)
    book = openpyxl.load_workbook(clean, read_only=True, data_only=data_only, keep_links=False)
    if len(book.worksheets) > MAX_SHEETS:
        raise WorkbookRefused("too_many_sheets", limit=MAX_SHEETS)
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            sheets.append((sheet.title, list(_iter_rows(sheet))))
    return sheets


def _iter_rows(sheet):
    """Rows that hold anything; a gap is one and the same empty row given again and again."""
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=_LAST_ROW)
    found, previous = 0, None
    for number, cells in enumerate(rows, 1):
        if cells is previous:
            continue
        previous = cells
        filled = {
            column: Formula() if cell.data_type == "f" else cell.value
            for column, cell in enumerate(cells)
            if cell.value not in (None, "")
        }
        if filled:
            found += 1
            if found > MAX_ROWS:
                raise WorkbookRefused("too_many_rows", limit=MAX_ROWS)
            yield Row(number, filled)


def _add_stored_values(sheets, stored):
    for (_title, rows), (_same, values) in zip(sheets, stored, strict=True):
        by_number = {row.number: row for row in values}
        for row in rows:
            for column, value in row.cells.items():
                if isinstance(value, Formula):
                    found = by_number.get(row.number)
                    row.cells[column] = Formula(found.get(column) if found else None)


# === CELLS === #


def to_text(value):
    """Text of a cell as one line: no control characters, single spaces."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _BLANKS.sub(" ", _CONTROLS.sub("", str(value))).strip()


def to_number(value):
    """Number of a cell, typed as a number or as a person writes it.

    :raise ValueError: no number stands there
    """
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, bool) or isinstance(value, datetime.date | datetime.time):
        raise ValueError(to_text(value))
    if not isinstance(value, int | float):
        value = _parse_number(to_text(value))
    if not math.isfinite(value) or abs(value) > 1e9:
        raise ValueError(to_text(value))
    return float(value)


def _parse_number(text):
    plain = _CURRENCY.sub("", text).replace(" ", "").replace("'", "").replace("−", "-")
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return float(plain)


def is_formula(value):
    """Tell whether a cell calculates, or is text that would when written anew."""
    return isinstance(value, Formula) or (isinstance(value, str) and value.strip().startswith("="))


def is_total(row):
    """Tell whether a row sums others up, so that it is no data.

    >>> is_total(Row(97, {2: "Итого позиций:", 4: Formula()}))
    True
    """
    return any(isinstance(v, str) and _TOTALS.match(v.strip()) for v in row.cells.values())


def get_single_text(row):
    """Text of a row in which one cell only is filled (merged ones included), or None."""
    if len(row.cells) == 1:
        (value,) = row.cells.values()
        if isinstance(value, str) and not is_formula(value):
            return to_text(value) or None
    return None


# === COLUMNS === #


def normalize_heading(value):
    """Heading for comparing: small letters, ё as е, words with single spaces.

    >>> normalize_heading("Ед. изм."), normalize_heading("Цена клиенту,\\nUSD")
    ('ед изм', 'цена клиенту usd')
    """
    text = to_text(value).casefold().replace("ё", "е")
    return " ".join(re.findall(r"\w+|%", text))


def find_columns(rows, headings, required):
    """Find the header row and the columns under it.

    :param rows: ``Row`` of a sheet
    :param dict headings: by key, the spellings of its heading, likeliest first
    :param required: keys without which a row is no header
    :return: (position of the header in ``rows``, {key: column}), or None
    """
    best = None
    for position, row in enumerate(rows[:_HEADER_WITHIN]):
        columns = match_headings(row, headings)
        if required <= columns.keys() and (best is None or len(columns) > len(best[1])):
            best = (position, columns)
    return best


def match_headings(row, headings):
    """Columns of a row by key of the heading: exact spellings first, then near ones."""
    names = {
        column: normalize_heading(value)
        for column, value in row.cells.items()
        if isinstance(value, str) and len(value) < 80
    }
    columns = {}
    for test in (_is_same, _is_longer, _is_near):
        for key, spellings in headings.items():
            if key in columns:
                continue
            for column, name in names.items():
                if column not in columns.values() and any(test(name, s) for s in spellings):
                    columns[key] = column
                    break
    return columns


def _is_same(name, spelling):
    return name == spelling


def _is_longer(name, spelling):
    return name.startswith(f"{spelling} ")


def _is_near(name, spelling):
    return len(spelling) > 5 and difflib.SequenceMatcher(None, name, spelling).ratio() >= 0.85
