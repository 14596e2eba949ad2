"""The Excel file of a proposal of 500 lines, against xlsxwriter alone writing the same cells."""

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402
import openpyxl  # noqa: E402
import xlsxwriter  # noqa: E402
from bench_generate import LOGIN, make_order  # noqa: E402


def run(env):
    """Measure both in turns."""
    own = measure.as_user(env, LOGIN)
    site = own["smarthome.object"].search([("user_id", "=", own.uid)], limit=1)
    order = make_order(own, 500, smarthome_object_id=site.id)
    order.action_generate_works()
    env.flush_all()
    _name, content = order._get_proposal_xlsx()
    cells = read_cells(content)
    samples = [
        measure.Sample(own, order._get_proposal_xlsx),
        measure.Sample(own, lambda: write_cells(cells)),
    ]
    measure.take_turns(samples, 11)
    ours, bare = samples
    yield measure.number("cells of the Excel file", len(cells), "cells")
    yield measure.number("Excel file of 500 lines", ours.seconds * 1000, "ms")
    yield measure.number("bare xlsxwriter", bare.seconds * 1000, "ms")
    yield measure.number("Excel against bare xlsxwriter", ours.seconds / bare.seconds, "x", 3)


def read_cells(content):
    """Every cell of the first sheet, empty ones with a format included: (row, column, value, value shown)."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    return [
        (cell.row - 1, cell.column - 1, cell.value, shown[cell.coordinate].value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    ]


def write_cells(cells):
    """The same cells by xlsxwriter alone, formulas with their values."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet, style = workbook.add_worksheet(), workbook.add_format({"border": 1})
    for row, column, value, shown in cells:
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, column, value, style, shown)
        elif value is None:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write(row, column, value, style)
    workbook.close()
    return output.getvalue()
