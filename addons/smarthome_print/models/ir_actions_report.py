import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.report_paperformat import PAPER_SIZES

from ..tools.chromium import (
    Chromium,
    ChromiumError,
    ChromiumStartError,
    ChromiumTimeoutError,
    find_chromium,
)
from ..tools.merge import count_pages, merge
from ..tools.pages import FOOTERS, HEADERS, body_page, parts, sheets_page
from ..tools.paper import paper
from ..tools.slots import NoFreeSlotError

_logger = logging.getLogger(__name__)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        """Say that PDFs can be printed where Chromium is, whatever wkhtmltopdf would say.

        With ``smarthome_without_chromium`` in the context, say what wkhtmltopdf says.
        """
        if find_chromium() and not self.env.context.get("smarthome_without_chromium"):
            return "ok"
        return super().get_wkhtmltopdf_state()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Name what is missing: Odoo's own sentence knows of wkhtmltopdf only."""
        try:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        except UserError as error:
            if type(error) is UserError and self.get_wkhtmltopdf_state() == "install":
                raise UserError(self._get_missing_engine_message()) from error
            raise

    @api.model
    def _get_missing_engine_message(self):
        """Return the sentence about a machine without any program that prints."""
        return self.env._(
            "No PDF can be printed: this server has neither Chromium nor wkhtmltopdf. "
            "Ask the administrator to install Chromium (on Debian: apt install chromium)."
        )

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Print by Chromium; by wkhtmltopdf where there is no Chromium, or it does not start."""
        fallback_options = {
            "report_ref": report_ref,
            "header": header,
            "footer": footer,
            "landscape": landscape,
            "specific_paperformat_args": specific_paperformat_args,
            "set_viewport_size": set_viewport_size,
        }
        if not find_chromium():
            return super()._run_wkhtmltopdf(bodies, **fallback_options)
        report = self._get_report(report_ref) if report_ref else self
        sheet = self._get_paper(
            report.get_paperformat(), landscape, specific_paperformat_args or {}
        )
        try:
            return self._print_by_chromium(list(bodies), header, footer, sheet)
        except ChromiumStartError as error:
            other = self.with_context(smarthome_without_chromium=True)
            if other.get_wkhtmltopdf_state() != "ok":
                raise self._get_chromium_failure(error) from error
            _logger.warning("Printing by wkhtmltopdf, as Chromium does not start: %s", error)
            return super()._run_wkhtmltopdf(bodies, **fallback_options)
        except (ChromiumError, NoFreeSlotError) as error:
            raise self._get_chromium_failure(error) from error

    @api.model
    def _get_chromium_failure(self, error):
        """Return the exception that tells a person why nothing was printed, and log the details."""
        _logger.error("Chromium did not print: %s", error)
        if isinstance(error, NoFreeSlotError):
            return UserError(
                self.env._(
                    "Too many documents are being printed at the moment. Try again in a minute."
                )
            )
        if isinstance(error, ChromiumTimeoutError):
            return UserError(
                self.env._(
                    "Printing took too long and was given up. Print fewer documents at once."
                )
            )
        return UserError(
            self.env._(
                "The PDF could not be printed. The administrator finds the reason in the server's log."
            )
        )

    @api.model
    def _get_chromium_timeout(self, bodies):
        """Return for how many seconds a print may take, waiting for its turn included."""
        return 60 + 5 * len(bodies)

    @api.model
    def _get_paper(self, paperformat, landscape, specific):
        """Return the paper that a report is printed on.

        :param paperformat: ``report.paperformat`` record, or none
        :param bool landscape: turn the paper, whatever the format says
        :param dict specific: what the report's own template asks for (``data-report-…``)
        :rtype: Paper
        """

        def value(name):
            return float(specific.get(f"data-report-{name.replace('_', '-')}") or paperformat[name])

        turned = landscape or specific.get("data-report-landscape")
        margins = (
            value("margin_top"),
            paperformat.margin_right,
            value("margin_bottom"),
            paperformat.margin_left,
        )
        return paper(
            self._get_paper_size(paperformat),
            margins,
            landscape=bool(turned) or paperformat.orientation == "Landscape",
            dpi=value("dpi") or 90,
            spacing=value("header_spacing"),
            line=paperformat.header_line,
        )

    @api.model
    def _get_paper_size(self, paperformat):
        """Return width and height in mm of a paper format, zeros where it does not say."""
        for size in PAPER_SIZES:
            if size["key"] == paperformat.format and "width" in size:
                return size["width"], size["height"]
        return paperformat.page_width, paperformat.page_height

    @api.model
    def _print_by_chromium(self, bodies, header, footer, sheet):
        """Return one PDF of all bodies, with the header and footer of each on its pages.

        :param list bodies: HTML of each record
        :param str header: HTML with the headers of all records, or None
        :param str footer: HTML with the footers of all records, or None
        :param Paper sheet: what to print on
        """
        address = f"{self.get_base_url()}/report/pdf"
        fetch = self.env["smarthome.print.resource"]._get_answer
        with Chromium(fetch, timeout=self._get_chromium_timeout(bodies)) as browser:
            printed = [browser.pdf(body_page(body, sheet), address) for body in bodies]
            sheets = self._get_sheets(header, footer, [count_pages(pdf) for pdf in printed])
            overlay = None
            if sheets:
                frame = sheets_page(header or footer, sheet, sheets)
                overlay = browser.pdf(frame, address)
        return merge(printed, overlay, sheet.points)

    @api.model
    def _get_sheets(self, header, footer, counts):
        """Return header, footer, number and count of each page, or nothing without any of them."""
        headers, footers = parts(header, HEADERS), parts(footer, FOOTERS)
        if not headers and not footers:
            return []
        return [
            (
                headers[record] if record < len(headers) else None,
                footers[record] if record < len(footers) else None,
                page,
                count,
            )
            for record, count in enumerate(counts)
            for page in range(1, count + 1)
        ]
