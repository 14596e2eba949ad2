import io
import random
import time
import tracemalloc
import zipfile

from odoo.tests import tagged

from .import_common import ImportCommon, make_workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rewrite(content, changes=None, add=None):
    """The workbook with parts replaced (by a function of their bytes) and added."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, changes[name](data) if name in (changes or {}) else data)
        for name, data in (add or {}).items():
            target.writestr(name, data)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestImportHostile(ImportCommon):
    def setUp(self):
        super().setUp()
        self.good = self._goods_file(("H-1", "One", "шт", 1, 2))

    def _assert_refused(self, content, words, seconds=10, megabytes=250):
        """One sentence, nothing written, in bounded time and memory."""
        products = self.env["product.product"].search_count([])
        record = self._import("goods", content)
        tracemalloc.start()
        begin = time.monotonic()
        try:
            record.action_apply()
        finally:
            spent, (_now, peak) = time.monotonic() - begin, tracemalloc.get_traced_memory()
            tracemalloc.stop()
        self.assertEqual(len(record.line_ids), 1)
        self.assertRecordValues(record.line_ids, [{"level": "error", "applied": False, "row": 0}])
        self.assertIn(words, record.line_ids.message)
        self.assertEqual(self.env["product.product"].search_count([]), products)
        self.assertLess(spent, seconds)
        self.assertLess(peak, megabytes * 1024**2)

    def _replaced_sheet(self, data):
        return rewrite(self.good, {SHEET: lambda _old: data})

    def test_zip_bomb(self):
        bomb = b" " * (40 * 1024**2)
        self._assert_refused(rewrite(self.good, add={"xl/styles2.xml": bomb}), "unpacks")
        many = {f"xl/part{n}.xml": b"<a/>" for n in range(1200)}
        self._assert_refused(rewrite(self.good, add=many), "unpacks")

    def test_flood_of_text(self):
        """Poorly packed megabytes are refused by their sum."""
        noise = bytes(97 + byte % 2 for byte in random.Random(1).randbytes(5 * 1024**2))
        parts = {f"xl/noise{n}.xml": b"<a>" + noise + b"</a>" for n in range(11)}
        self._assert_refused(rewrite(self.good, add=parts), "unpacks")

    def test_million_rows(self):
        rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 10**6 + 1))
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        self._assert_refused(self._replaced_sheet(sheet), "more than")

    def test_row_numbers_that_lie(self):
        sheet = (
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
            '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'
            "</sheetData></worksheet>"
        ).encode()
        self._assert_refused(self._replaced_sheet(sheet), "No price list")

    def test_million_cells_in_a_row(self):
        cells = "".join(f'<c r="A{n}"/>' for n in range(10**6))
        sheet = (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
        )
        self._assert_refused(self._replaced_sheet(sheet.encode()), "cells")

    def test_deep_and_broken_xml(self):
        self._assert_refused(self._replaced_sheet(b"<a>" * 10**5), "broken")
        self._assert_refused(self._replaced_sheet(b"<worksheet><sheetData>"), "broken")
        self._assert_refused(self._replaced_sheet(b"\x00\xff\xfe"), "broken")

    def test_entities(self):
        lol = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'
        self._assert_refused(self._replaced_sheet(lol), "entities")
        outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        self._assert_refused(self._replaced_sheet(outside), "entities")
        utf16 = lol.decode().encode("utf-16")
        self._assert_refused(self._replaced_sheet(utf16), "entities")

    def test_macros(self):
        self._assert_refused(rewrite(self.good, add={"xl/vbaProject.bin": b"x"}), "macros")
        types = {
            "[Content_Types].xml": lambda data: data.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        }
        self._assert_refused(rewrite(self.good, types), "macros")

    def test_external_links(self):
        links = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
        self._assert_refused(rewrite(self.good, add=links), "other files")

    def test_wrong_type(self):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
        locked = ole + "EncryptedPackage".encode("utf-16-le")
        cases = [
            (b"a;b\n1;2\n", "not an Excel workbook"),
            ("Артикул\tЦена".encode("cp1251"), "not an Excel workbook"),
            (ole, "old Excel"),
            (locked, "password"),
            (b"PK\x03\x04 cut off", "damaged"),
            (self.good[: len(self.good) // 2], "damaged"),
            (make_workbook([]), "no filled rows"),
            (make_workbook([["only", "text"]]), "No price list"),
        ]
        document = io.BytesIO()
        with zipfile.ZipFile(document, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<document/>")
        cases.append((document.getvalue(), "not an Excel workbook"))
        for content, words in cases:
            with self.subTest(words=words):
                self._assert_refused(content, words)

    def test_corrupted_anywhere(self):
        """Whatever byte is broken, the import ends with rows and sentences, never a crash."""
        for position in range(30, len(self.good), 211):
            content = bytearray(self.good)
            content[position] ^= 0xFF
            record = self._import("goods", bytes(content))
            record.action_check()
            self.assertTrue(record.line_ids)
