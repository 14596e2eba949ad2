import base64
import io
import json
from pathlib import Path

import openpyxl

from .common import SmarthomeCrmCommon

DATA = Path(__file__).parent / "data"


def make_workbook(rows, title="Sheet"):
    """Bytes of a workbook with the rows on one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


class ImportCommon(SmarthomeCrmCommon):
    """Files brought in by the person whose work it is, into an empty catalogue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls.env["product.product"].with_context(active_test=False)
        products.search([("default_code", "!=", False)]).default_code = False
        cls.env["smarthome.work.norm"].with_context(active_test=False).search([]).unlink()

    @classmethod
    def _read(cls, name):
        return (DATA / name).read_bytes()

    @classmethod
    def _expected(cls, name):
        return json.loads((DATA / name).read_text())

    @classmethod
    def _import(cls, kind, content, user=None, **values):
        values.update(kind=kind, file=base64.b64encode(content), filename="file.xlsx")
        return cls.env["smarthome.import"].with_user(user or cls.purchasing).create(values)

    @classmethod
    def _goods_file(cls, *rows):
        header = ("Артикул", "Наименование", "Ед. изм.", "Закупка", "Розница")
        return make_workbook([header, *rows])

    @classmethod
    def _import_catalogue(cls):
        """Goods and works of the company's own files."""
        for kind, name in (("goods", "price-list-goods.xlsx"), ("works", "works-and-norms.xlsx")):
            record = cls._import(kind, cls._read(name))
            record.action_apply()

    @classmethod
    def _product(cls, article):
        return cls.env["product.product"].search([("default_code", "=", article)])

    def _lines(self, record):
        return record.line_ids.sorted("position")
