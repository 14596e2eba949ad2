"""What the rows of a vendor's price list say, without the ORM.

>>> from odoo.addons.smarthome_crm.tools.workbook_cells import Row
>>> rows = [
...     Row(1, {0: "Артикул", 1: "Наименование", 2: "Цена"}),
...     Row(2, {0: "IR-GW", 1: "ИК-шлюз", 2: "31,50"}),
...     Row(3, {0: "IR-GX", 1: "ИК-шлюз"}),
... ]
>>> [(row.article, row.price, row.problem) for row in read_vendor_prices([("Прайс", rows)])]
[('IR-GW', 31.5, None), ('IR-GX', None, ('no_price', {}))]
"""

from odoo.addons.smarthome_crm.tools.price_list import (
    ARTICLE,
    GOODS_HEADINGS,
    NAME,
    UNIT,
    ImportedRow,
    find_tables,
    refuse_repeated,
)
from odoo.addons.smarthome_crm.tools.workbook_cells import get_single_text, is_formula
from odoo.addons.smarthome_crm.tools.workbook_guard import WorkbookRefused

VENDOR_HEADINGS = {
    "article": ARTICLE,
    "name": NAME,
    "unit": UNIT,
    "purchase": (*GOODS_HEADINGS["purchase"], "цена", "цена без ндс", "новая цена", "price"),
    "currency": ("валюта", "вал", "currency"),
}


def read_vendor_prices(sheets):
    """Rows of a vendor's price list; rows with one filled cell name groups and are left out.

    :raise WorkbookRefused: no header with article and price is found
    """
    tables = find_tables(sheets, VENDOR_HEADINGS, {"article", "purchase"})
    if not tables:
        raise WorkbookRefused("no_vendor_header")
    result = [
        _read_row(table, row)
        for table in tables
        for row in table.rows
        if not get_single_text(row) and any(not is_formula(cell) for cell in row.cells.values())
    ]
    refuse_repeated(result)
    return result


def _read_row(table, row):
    result = ImportedRow(table.title, row.number)
    result.article = table.text(row, "article", result)
    if not result.article:
        result.refuse("no_article")
    price = table.number(row, "purchase", result)
    result.values = {
        "price": price,
        "unit": table.text(row, "unit", result),
        "currency": table.text(row, "currency", result),
    }
    if price is None:
        result.refuse("no_price")
    elif price == 0:
        result.refuse("price_zero")
    return result
