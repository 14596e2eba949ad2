from odoo import http
from odoo.http import content_disposition, request

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SmarthomeImportReport(http.Controller):
    @http.route(
        "/smarthome/import/<int:import_id>/report",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def report(self, import_id):
        """Stream the rows of one's own import with their sentences as an Excel file."""
        record = request.env["smarthome.import"].browse(import_id).exists()
        if not record or not record.has_access("read"):
            raise request.not_found()
        filename, content = record._get_report_xlsx()
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)
