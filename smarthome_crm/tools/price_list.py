"""What the rows of a price list, of works with their norms and of a brief say, without the ORM.

Every reader gives plain rows; ``problem`` is the first thing that makes a row unusable, as
(code, values) of a sentence.

>>> rows = [
...     Row(1, {0: "Артикул", 1: "Наименование", 2: "Розница", 3: "Закупка"}),
...     Row(2, {0: "Климат"}),
...     Row(3, {0: " IR-GW ", 1: "ИК-шлюз", 2: "57,00", 3: "тридцать"}),
... ]
>>> row, = read_goods([("Прайс", rows)])
>>> row.article, row.group, row.retail, row.problem
('IR-GW', 'Климат', 57.0, ('purchase_not_number', {'value': 'тридцать'}))
"""

import datetime
from dataclasses import dataclass, field

from .workbook_cells import (
    Formula,
    Row,
    find_columns,
    get_single_text,
    is_formula,
    is_total,
    to_number,
    to_text,
)
from .workbook_guard import WorkbookRefused

ARTICLE = ("артикул", "арт", "article", "sku", "код товара", "код", "part number")
NAME = ("наименование", "название", "товар", "номенклатура", "name", "product")
UNIT = ("ед изм", "ед", "единица измерения", "единица", "изм", "unit", "uom")
GOODS_HEADINGS = {
    "article": ARTICLE,
    "name": NAME,
    "unit": UNIT,
    "purchase": (
        "закупка",
        "закупочная",
        "цена закупки",
        "цена закупочная",
        "закуп",
        "вход",
        "purchase",
        "cost",
    ),
    "retail": ("розница", "розничная", "цена розничная", "ррц", "цена", "retail", "price"),
    "note": ("примечание", "комментарий", "note", "comment"),
}
WORKS_HEADINGS = {
    "article": ("код", "артикул", "код работы", "code"),
    "name": ("наименование работы", *NAME, "работа", "work"),
    "unit": UNIT,
    "retail": ("цена клиенту", "цена", "price"),
    "rate": ("оплата монтажнику", "монтажнику", "оплата", "rate", "pay"),
    "hours": ("часы", "нормо часы", "время", "hours"),
}
NORMS_HEADINGS = {
    "where": ("где", "where"),
    "what": ("что", "what"),
    "work": ("работа", "код работы", "work"),
    "quantity": ("количество", "кол во", "quantity"),
    "basis": ("база", "basis"),
    "own_only": ("вместо норм группы", "instead"),
    "except_groups": ("кроме групп", "except"),
}
BRIEF_HEADINGS = {
    "room": ("помещение", "комната", "зона", "room"),
    "article": ARTICLE,
    "wish": ("что нужно", "пожелание", "описание", "что", *NAME),
    "quantity": ("кол во", "количество", "quantity", "qty"),
}
MAX_TEXT = {"article": 64, "name": 500}


@dataclass
class ImportedRow:
    """A row of data: where it stands, what it says, and what is wrong with it."""

    sheet: str
    row: int
    article: str = ""
    problem: tuple | None = None
    values: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def refuse(self, code, **values):
        if self.problem is None:
            self.problem = (code, values)


class Table:
    """Rows of data under the header of one sheet."""

    def __init__(self, title, rows, headings, required):
        found = find_columns(rows, headings, required)
        self.title, self.columns, self.rows = title, {}, []
        if found:
            position, self.columns = found
            self.rows = [row for row in rows[position + 1 :] if not self._is_total(row)]
        self.is_found = bool(found)

    def _is_total(self, row):
        """A sum has no article, unless the word itself stands in its column."""
        article = self.get(row, "article" if self.has("article") else "work")
        return is_total(row) and (article is None or is_total(Row(0, {0: article})))

    def has(self, key):
        return key in self.columns

    def get(self, row, key):
        column = self.columns.get(key)
        return None if column is None else row.get(column)

    def text(self, row, key, imported):
        """Text of a cell; a formula or an overlong text makes the row unusable."""
        value = self.get(row, key)
        if is_formula(value):
            imported.refuse(f"{key}_formula" if key in ("article", "name") else "text_formula")
            return ""
        if key == "article" and isinstance(value, datetime.date | datetime.time | bool):
            imported.refuse("article_not_text", value=to_text(value))
            return ""
        text = to_text(value)
        limit = MAX_TEXT.get(key, 2000)
        if len(text) > limit:
            imported.refuse("text_too_long", limit=limit)
        return text[:limit]

    def number(self, row, key, imported, minimum=0.0):
        """Number of a cell, None when empty; anything else makes the row unusable."""
        value = self.get(row, key)
        if isinstance(value, Formula) and value.value is None:
            imported.refuse(f"{key}_formula")
            return None
        if to_text(value) == "":
            return None
        try:
            number = to_number(value)
        except ValueError as error:
            imported.refuse(f"{key}_not_number", value=str(error)[:40])
            return None
        if number < minimum:
            imported.refuse(f"{key}_negative", value=to_text(number))
        return number


def find_tables(sheets, headings, required, title=None):
    """Tables of the workbook that have the headings, of the sheet so titled first."""
    tables = [Table(name, rows, headings, required) for name, rows in sheets]
    tables = [table for table in tables if table.is_found]
    named = [table for table in tables if title and table.title.strip().casefold() == title]
    return named or tables


def read_goods(sheets):
    """Rows of a price list; a row with one filled cell names the group of those below.

    :raise WorkbookRefused: no header with article and name is found
    """
    tables = find_tables(sheets, GOODS_HEADINGS, {"article", "name"})
    tables = [table for table in tables if table.has("purchase") or table.has("retail")]
    if not tables:
        raise WorkbookRefused("no_goods_header")
    result = []
    for table in tables:
        group = ""
        for row in table.rows:
            single = get_single_text(row)
            if single:
                group = single
            elif any(not is_formula(value) for value in row.cells.values()):
                result.append(_read_goods_row(table, row, group))
    refuse_repeated(result)
    return result


def _read_goods_row(table, row, group):
    result = ImportedRow(table.title, row.number)
    result.article = table.text(row, "article", result)
    if not result.article:
        result.refuse("no_article")
    result.values = {
        "group": group[:200],
        "name": table.text(row, "name", result),
        "unit": table.text(row, "unit", result),
        "purchase": table.number(row, "purchase", result),
        "retail": table.number(row, "retail", result),
        "note": table.text(row, "note", result),
        "has_note": table.has("note"),
    }
    return result


def refuse_repeated(rows):
    """Refuse every row whose article stands in the file more than once."""
    by_article = {}
    for row in rows:
        if row.article:
            by_article.setdefault(row.article.casefold(), []).append(row)
    for same in by_article.values():
        if len(same) > 1:
            numbers = ", ".join(str(row.row) for row in same)
            for row in same:
                row.problem = ("article_twice", {"article": row.article, "rows": numbers})


def read_works(sheets):
    """Works, their norms and the goods that ask for none.

    :return: tuple of lists of ``ImportedRow``: works, norms, goods without works
    :raise WorkbookRefused: neither works nor norms are found
    """
    works = find_tables(sheets, WORKS_HEADINGS, {"article", "name", "retail", "rate"}, "работы")
    norms = find_tables(sheets, NORMS_HEADINGS, {"where", "work", "quantity"}, "нормы")
    without = [(name, rows) for name, rows in sheets if name.strip().casefold() == "без работ"]
    bare = find_tables(without, {"article": ARTICLE}, {"article"})
    if not works and not norms and not bare:
        raise WorkbookRefused("no_works_header")
    work_rows = [_read_work(table, row) for table in works for row in table.rows]
    refuse_repeated(work_rows)
    norm_rows = [_read_norm(table, row) for table in norms for row in table.rows]
    bare_rows = []
    for table in bare:
        for row in table.rows:
            bare_row = ImportedRow(table.title, row.number)
            bare_row.article = table.text(row, "article", bare_row)
            if not bare_row.article:
                bare_row.refuse("no_article")
            bare_rows.append(bare_row)
    return work_rows, norm_rows, bare_rows


def _read_work(table, row):
    result = ImportedRow(table.title, row.number)
    result.article = table.text(row, "article", result)
    if not result.article:
        result.refuse("no_article")
    result.values = {
        "name": table.text(row, "name", result),
        "unit": table.text(row, "unit", result),
        "retail": table.number(row, "retail", result),
        "rate": table.number(row, "rate", result),
        "hours": table.number(row, "hours", result),
    }
    return result


def _read_norm(table, row):
    result = ImportedRow(table.title, row.number)
    texts = ("where", "what", "work", "basis", "own_only", "except_groups")
    result.values = {key: table.text(row, key, result) for key in texts}
    result.article = result.values["what"]
    result.values["quantity"] = table.number(row, "quantity", result)
    result.values["has_own_only"] = table.has("own_only")
    if not result.values["quantity"]:
        result.refuse("norm_no_quantity")
    return result


def read_brief(sheets):
    """Rows of a client's brief; an empty room means the room above.

    A row with one filled cell, in the column of rooms or before the articles, names the room.

    :raise WorkbookRefused: no header with article and quantity is found
    """
    tables = find_tables(sheets, BRIEF_HEADINGS, {"article", "quantity"})
    if not tables:
        raise WorkbookRefused("no_brief_header")
    result = []
    for table in tables:
        room = ""
        for row in table.rows:
            single = get_single_text(row)
            if single and min(row.cells) <= table.columns.get("room", 0):
                room = single
                continue
            imported = _read_brief_row(table, row)
            room = imported.values["room"] = imported.values["room"] or room
            result.append(imported)
    return result


def _read_brief_row(table, row):
    result = ImportedRow(table.title, row.number)
    result.values = {"room": table.text(row, "room", result)[:200]}
    result.article = table.text(row, "article", result)
    if not result.article:
        result.refuse("no_article")
    result.values["wish"] = table.text(row, "wish", result)
    result.values["quantity"] = table.number(row, "quantity", result)
    if result.quantity is None:
        result.refuse("no_quantity")
    elif result.quantity <= 0:
        result.problem = result.problem or (
            "quantity_negative",
            {"value": to_text(result.quantity)},
        )
    return result
