from odoo import http
from odoo.http import content_disposition

from odoo.addons.sale.controllers.portal import CustomerPortal


class SmarthomeCustomerPortal(CustomerPortal):
    """Pages of a client's proposal."""

    @http.route()
    def portal_my_sale_order_download_edi(self, order_id=None, access_token=None, **kw):
        """Encode the file's name: Odoo's answer breaks off at the Cyrillic of «КП-12»."""
        response = super().portal_my_sale_order_download_edi(order_id, access_token, **kw)
        disposition = response.headers.get("Content-Disposition", "")
        _kind, is_file, name = disposition.partition("filename=")
        if is_file:
            response.headers["Content-Disposition"] = content_disposition(name)
        return response
