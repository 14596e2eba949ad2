"""Opening a workbook that a stranger made: what is refused before anything is read from it.

>>> try:
...     guard_workbook(b"code;name")
... except WorkbookRefused as refusal:
...     refusal.code
'not_workbook'
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

#: bytes of the file, bytes of its unpacked XML, parts in it
MAX_FILE = 20 * 1024 * 1024
MAX_UNPACKED = 48 * 1024 * 1024
MAX_PARTS = 1000
#: how many times a part above a megabyte may have been packed
MAX_RATIO = 300
#: rows with anything in them, cells in one row, elements in a part that is no sheet
MAX_ROWS = 20_000
MAX_CELLS = 1_000
MAX_ELEMENTS = 400_000
MAX_DEPTH = 64

_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEDIA = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|bin|vml|fntdata|ttf)$", re.I)
_PROGRAMS = re.compile(r"^xl/(vbaproject|macrosheets/|dialogsheets/|activex/|embeddings/)", re.I)
_OUTSIDE = re.compile(r"^xl/(externallinks/|connections\.|querytables/)", re.I)


class WorkbookRefused(Exception):
    """The file is not read; ``code`` says why and ``values`` fill the sentence."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def guard_workbook(data):
    """Check a file and give back a clean archive that holds its checked parts only.

    Bounded in time and memory whatever the file says of itself: sizes are those the unpacking
    stops at, every part is read through once by a parser that knows no entities.

    :param bytes data: the file
    :return: ``io.BytesIO`` for openpyxl
    :raise WorkbookRefused: with one reason
    """
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _get_parts(archive)
            return _copy_checked(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError):
        raise WorkbookRefused("damaged") from None


def _check_kind(data):
    if not data:
        raise WorkbookRefused("empty_file")
    if len(data) > MAX_FILE:
        raise WorkbookRefused("file_too_big", limit=MAX_FILE // 1024**2)
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise WorkbookRefused("password" if locked else "old_excel")
    if not data.startswith(b"PK"):
        raise WorkbookRefused("not_workbook")
    if data.count(b"PK\x01\x02") > MAX_PARTS:
        raise WorkbookRefused("bomb")


def _get_parts(archive):
    """Parts worth reading, after what their names and sizes tell."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    lower = {name.lower() for name in names}
    if "[content_types].xml" not in lower or not any(name.startswith("xl/") for name in lower):
        raise WorkbookRefused("not_workbook")
    if len(lower) != len(names) or any(info.flag_bits & 1 for info in infos):
        raise WorkbookRefused("password" if len(lower) == len(names) else "damaged")
    if any(_PROGRAMS.match(name) for name in names):
        raise WorkbookRefused("macros")
    if any(_OUTSIDE.match(name) for name in names):
        raise WorkbookRefused("outside")
    if "xl/workbook.xml" not in lower:
        raise WorkbookRefused("not_workbook")
    parts = [info for info in infos if not info.is_dir() and not _MEDIA.search(info.filename)]
    for info in parts:
        packed = max(info.compress_size, 1)
        if info.file_size > 1024**2 and info.file_size / packed > MAX_RATIO:
            raise WorkbookRefused("bomb")
    if sum(info.file_size for info in parts) > MAX_UNPACKED:
        raise WorkbookRefused("unpacked_too_big", limit=MAX_UNPACKED // 1024**2)
    return parts


def _copy_checked(archive, parts):
    """Read every part through a parser into an archive of its own."""
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as target:
        for info in parts:
            is_sheet = info.filename.lower().startswith("xl/worksheets/")
            check = _PartCheck(is_sheet)
            content = bytearray()
            with archive.open(info) as source:
                while chunk := source.read(_CHUNK):
                    check.feed(chunk)
                    content += chunk
            check.close()
            if b"macroEnabled" in content and info.filename.lower() == "[content_types].xml":
                raise WorkbookRefused("macros")
            target.writestr(info.filename, bytes(content))
    clean.seek(0)
    return clean


class _PartCheck:
    """One pass over the XML of a part: well formed, no document type, no flood of elements."""

    def __init__(self, is_sheet):
        self.is_sheet = is_sheet
        self.elements = self.rows = self.cells = self.depth = 0
        self.is_row_filled = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk):
        try:
            self.parser.Parse(chunk, False)
        except expat.ExpatError:
            raise WorkbookRefused("broken_xml") from None

    def close(self):
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError:
            raise WorkbookRefused("broken_xml") from None

    def _refuse_doctype(self, *args):
        raise WorkbookRefused("entities")

    def _start(self, name, attributes):
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise WorkbookRefused("broken_xml")
        if not self.is_sheet:
            if self.elements > MAX_ELEMENTS:
                raise WorkbookRefused("bomb")
            return
        name = name.rpartition(":")[2]
        if name == "c":
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise WorkbookRefused("too_many_columns", limit=MAX_CELLS)
        elif name == "row":
            self.cells, self.is_row_filled = 0, False
        elif name in ("v", "is") and not self.is_row_filled:
            self.is_row_filled = True
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise WorkbookRefused("too_many_rows", limit=MAX_ROWS)
        if self.elements > 4 * MAX_ELEMENTS:
            raise WorkbookRefused("too_many_rows", limit=MAX_ROWS)

    def _end(self, name):
        self.depth -= 1
