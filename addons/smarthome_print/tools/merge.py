"""Putting printed parts together to one PDF, with the outline by which Odoo splits it again."""

import io

from odoo.tools.pdf import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfFileReader,
    PdfFileWriter,
    create_string_object,
)


def count_pages(pdf):
    """Return how many pages a PDF has."""
    return len(PdfFileReader(io.BytesIO(pdf)).pages)


def merge(bodies, overlay, size):
    """Return one PDF of several.

    :param list bodies: PDFs as bytes, each of one record
    :param overlay: PDF with one page for each page of the bodies, laid over it; or None
    :param tuple size: width and height of each page, in points
    """
    writer = PdfFileWriter()
    over = iter(PdfFileReader(io.BytesIO(overlay)).pages) if overlay else iter(())
    starts = []
    for body in bodies:
        starts.append(len(writer.pages))
        for source in PdfFileReader(io.BytesIO(body)).pages:
            page = writer.add_page(source)
            layer = next(over, None)
            if layer is not None:
                page.merge_page(layer)
                page.compress_content_streams()
            _resize(page, size)
    if len(bodies) > 1:
        _add_outline(writer, starts)
    if hasattr(writer, "compress_identical_objects"):  # only pypdf has it, PyPDF2 does not
        writer.compress_identical_objects(remove_identicals=False)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _resize(page, size):
    """Give a page its exact size: Chromium rounds to 1/96 inch (594.96 x 841.92 for A4)."""
    for key in ("/MediaBox", "/CropBox"):
        if key in page:
            page[NameObject(key)] = ArrayObject(NumberObject(side) for side in (0, 0, *size))


def _add_outline(writer, starts):
    """Add what wkhtmltopdf makes and Odoo splits a print by: top headings, each to a named page."""
    root = writer._root_object
    root[NameObject("/Dests")] = _dictionary(
        {f"/doc{number}": _destination(page) for number, page in enumerate(starts)}
    )
    nodes = [_heading(number) for number in range(len(starts))]
    references = [writer._add_object(node) for node in nodes]
    top = {
        "/Type": NameObject("/Outlines"),
        "/First": references[0],
        "/Last": references[-1],
        "/Count": NumberObject(len(references)),
    }
    parent = root[NameObject("/Outlines")] = writer._add_object(_dictionary(top))
    for number, node in enumerate(nodes):
        node[NameObject("/Parent")] = parent
        if number:
            node[NameObject("/Prev")] = references[number - 1]
        if number + 1 < len(nodes):
            node[NameObject("/Next")] = references[number + 1]


def _heading(number):
    title = create_string_object(str(number + 1))
    return _dictionary({"/Title": title, "/Dest": NameObject(f"/doc{number}")})


def _destination(page):
    return ArrayObject((NumberObject(page), NameObject("/Fit")))


def _dictionary(values):
    return DictionaryObject({NameObject(key): value for key, value in values.items()})
