import io

import xlsxwriter

from odoo import models


class SmarthomeImport(models.TransientModel):
    _inherit = "smarthome.import"

    def _get_report_xlsx(self):
        """Rows of the import with their sentences, as a workbook without a single formula.

        :return: tuple (file name, bytes)
        """
        self.ensure_one()
        self.check_access("read")
        names = ("sheet", "row", "article", "level", "action", "applied", "message")
        lines = self.line_ids
        described = lines.fields_get(names, ["string", "selection"])
        words = {name: dict(described[name].get("selection", ())) for name in names}
        output = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(output, options) as book:
            sheet = book.add_worksheet(self.env._("Import"))
            bold = book.add_format({"bold": True, "bottom": 1})
            sheet.set_column(0, 5, 14)
            sheet.set_column(6, 6, 100)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(names):
                sheet.write_string(0, column, described[name]["string"], bold)
            for position, line in enumerate(lines, 1):
                self._write_report_row(sheet, position, line, words)
        return self.env._("Import report.xlsx"), output.getvalue()

    def _write_report_row(self, sheet, position, line, words):
        sheet.write_string(position, 0, line.sheet or "")
        sheet.write_number(position, 1, line.row)
        sheet.write_string(position, 2, line.article or "")
        sheet.write_string(position, 3, words["level"].get(line.level, ""))
        sheet.write_string(position, 4, words["action"].get(line.action, ""))
        sheet.write_string(position, 5, self.env._("yes") if line.applied else self.env._("no"))
        sheet.write_string(position, 6, line.message or "")
