from odoo import http
from odoo.http import content_disposition, request

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SalaryExport(http.Controller):
    @http.route(
        "/smarthome/salary/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export_xlsx(self, ids=""):
        """Stream statements as an Excel file; nothing is stored.

        :param str ids: identifiers with commas between them
        """
        numbers = [int(number) for number in ids.split(",") if number.isdecimal()]
        statements = request.env["smarthome.salary.statement"].browse(numbers).exists()
        if not statements:
            raise request.not_found()
        filename, content = statements._get_xlsx()
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)
