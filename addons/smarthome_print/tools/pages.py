"""The HTML that is printed: bodies without their scripts, and sheets of headers and footers.

Odoo gives wkhtmltopdf the body of each record as a page of its own, and one page with the headers (one
with the footers) of all records, whose script picks the right one and writes the numbers of pages. Here
bodies are printed first; when it is known how many pages each takes, all their headers and footers are
printed as one more document, to be laid over.
"""

import copy

import lxml.html
from lxml import etree

HEADERS = "minimal_layout_report_headers"
FOOTERS = "minimal_layout_report_footers"
FORBIDDEN = "//script | //base | //iframe | //object | //embed | //meta[@http-equiv]"
SPAN = "descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
PAGE_STYLE = """
@page {{ size: {width}mm {height}mm; margin: {margins}; }}
html, body {{
    -webkit-print-color-adjust: exact; print-color-adjust: exact;
    background: transparent !important; height: auto !important;
}}
body {{ overflow: visible !important; max-width: none !important; }}
"""
SHEET_STYLE = """
body {{ margin: 0 !important; padding: 0 !important; }}
.smarthome_sheet {{
    position: relative; height: {paper.height}mm; overflow: hidden; break-after: page;
}}
.smarthome_sheet:last-child {{ break-after: auto; }}
.smarthome_sheet > div {{ position: absolute; left: {paper.left}mm; right: {paper.right}mm; }}
.smarthome_head {{ top: {paper.head}mm; {line} }}
.smarthome_foot {{ bottom: 0; height: {paper.bottom}mm; }}
.smarthome_sheet > div > div {{ zoom: {paper.zoom}; max-width: none !important; }}
"""


def body_page(html, paper):
    """Return the page to print of one record, in UTF-8."""
    root = lxml.html.document_fromstring(html)
    margins = f"{paper.top}mm {paper.right}mm {paper.bottom}mm {paper.left}mm"
    return _page(root, _page_style(paper, margins) + f"body {{ zoom: {paper.zoom}; }}")


def parts(html, ident):
    """Return what each record has in the page of headers (or footers).

    >>> html = '<div id="minimal_layout_report_headers"><div>1</div><div>2</div></div>'
    >>> [part.text for part in parts(html, HEADERS)]
    ['1', '2']
    >>> parts(None, HEADERS)
    []
    """
    if not html:
        return []
    holder = lxml.html.document_fromstring(html).get_element_by_id(ident, None)
    return [] if holder is None else list(holder)


def sheets_page(frame, paper, sheets):
    """Return the page with the headers and footers of all sheets, in UTF-8.

    :param str frame: a page of Odoo's, for its stylesheets and the class of its body
    :param list sheets: of (header or None, footer or None, page, number of pages)
    """
    root = lxml.html.document_fromstring(frame)
    inner_class = root.body.get("class", "")
    for child in list(root.body):
        root.body.remove(child)
    root.body.attrib.pop("class", None)
    for header, footer, page, count in sheets:
        sheet = etree.SubElement(root.body, "div", {"class": "smarthome_sheet"})
        for name, part in (("smarthome_head", header), ("smarthome_foot", footer)):
            box = etree.SubElement(sheet, "div", {"class": name})
            inner = etree.SubElement(box, "div", {"class": inner_class})
            if part is not None:
                inner.append(_numbered(part, page, count))
    line = "border-bottom: 1px solid black;" if paper.line else ""
    return _page(root, _page_style(paper, "0") + SHEET_STYLE.format(paper=paper, line=line))


def _numbered(part, page, count):
    """Return a copy of a header or footer with its numbers of pages written."""
    part = copy.deepcopy(part)
    part.tail = None
    for name, number in (("page", page), ("topage", count)):
        for node in part.xpath(SPAN.format(name)):
            for child in list(node):
                node.remove(child)
            node.text = str(number)
    return part


def _page_style(paper, margins):
    return PAGE_STYLE.format(width=paper.width, height=paper.height, margins=margins)


def _page(root, css):
    """Return a page as bytes, with a style added and all that is not to be printed left out."""
    for node in root.xpath(FORBIDDEN):
        node.drop_tree()
    for node in root.xpath("//*[@onload]"):
        del node.attrib["onload"]
    for node in root.xpath("//img[@loading]"):  # a lazy image may come too late for the paper
        del node.attrib["loading"]
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    etree.SubElement(head, "style").text = css
    return b"<!DOCTYPE html>" + lxml.html.tostring(root, encoding="utf-8")
