from odoo import http
from odoo.http import content_disposition, request

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ProposalExport(http.Controller):
    @http.route(
        "/smarthome/proposal/<int:order_id>/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export_xlsx(self, order_id, variant="client"):
        """Stream a proposal as an Excel file; nothing is stored.

        :param variant: ``client``, or ``office`` with cost, pay and profit
        """
        order = request.env["sale.order"].browse(order_id).exists()
        if not order or variant not in ("client", "office"):
            raise request.not_found()
        filename, content = order._get_proposal_xlsx(variant)
        headers = [
            ("Content-Type", XLSX_TYPE),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)
