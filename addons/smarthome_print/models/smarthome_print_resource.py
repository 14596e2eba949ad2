import base64
import mimetypes
from urllib.parse import parse_qsl, urlsplit

from psycopg2.errors import ReadOnlySqlTransaction
from werkzeug.exceptions import HTTPException

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import file_open, file_path
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.base.models.ir_binary import DEFAULT_PLACEHOLDER_PATH

from ..tools.addresses import match
from ..tools.chromium import Answer

REFUSED = (UserError, ValueError, LookupError, AttributeError, OSError)


def _typed(content):
    """Return an answer whose type is told by its content."""
    return Answer(content, guess_mimetype(content, default="application/octet-stream"))


class SmarthomePrintResource(models.AbstractModel):
    """What a report's page may refer to, answered without the network.

    The addresses are those of Odoo's own controllers, and so are the rules of access; nothing else is
    read, be it a file of this machine, an address of another or a request to this very server.
    """

    _name = "smarthome.print.resource"
    _description = "Resource of a printed page"

    @api.model
    def _get_answer(self, url):
        """Return what stands at an address, or None where it may not be read.

        :param str url: complete, as the page asks for it
        :rtype: Answer or None
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc not in self._get_hosts():
            return None
        try:
            kind, arguments = match(parts.path)
            arguments = {**dict(parse_qsl(parts.query)), **arguments}
            return getattr(self, f"_get_{kind}")(**arguments)
        except (HTTPException, TypeError, *REFUSED):
            return None

    @api.model
    def _get_hosts(self):
        """Return the names (with ports) under which this server is known to its own pages."""
        reports = self.env["ir.actions.report"]
        return {urlsplit(url).netloc for url in (reports.get_base_url(), reports._get_report_url())}

    @api.model
    def _get_reader(self):
        """Return the environment in which records are read: the reader's own rights, never more.

        A print without a person (a scheduled action) reads what is public: what its page refers to may
        have been written by anybody.
        """
        uid = self.env.uid
        if uid == SUPERUSER_ID:
            uid = self.env["ir.model.data"]._xmlid_to_res_id("base.public_user")
        return self.with_user(uid).with_context(bin_size=False).env

    # === KINDS OF RESOURCES === #

    @api.model
    def _get_static(self, module, resource, **_query):
        """Return a file that an addon publishes."""
        path = file_path(f"{module}/static/{resource}")
        with file_open(path, "rb") as file:
            return Answer(file.read(), mimetypes.guess_type(path)[0] or "application/octet-stream")

    @api.model
    def _get_asset(self, filename, unique, **_query):
        """Return a bundle of stylesheets, made now if nobody has asked for it before."""
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("public", "=", True),
                    ("url", "=", f"/web/assets/{unique}/{filename}"),
                    ("res_model", "=", "ir.ui.view"),
                    ("res_id", "=", 0),
                    ("create_uid", "=", SUPERUSER_ID),
                ],
                limit=1,
            )
        )
        if attachment:
            return Answer(attachment.raw, attachment.mimetype)
        return self._make_asset(filename)

    @api.model
    def _make_asset(self, filename):
        """Return a bundle of stylesheets that is not in the database yet, and save it there.

        :raise ReadOnlySqlTransaction: a request that may only read; Odoo begins it anew, and then
            it may write
        """
        if self.env.cr.readonly:
            raise ReadOnlySqlTransaction("a bundle of stylesheets has to be saved")
        name, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(filename, False)
        if kind != "css":
            raise ValueError(f"{filename} is no stylesheet")
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            name, css=True, js=False, rtl=rtl, autoprefix=autoprefix, assets_params={}
        )
        attachment = bundle.css().sudo()
        return Answer(attachment.raw, attachment.mimetype)

    @api.model
    def _get_barcode(self, barcode_type, value, **options):
        """Return the picture of a barcode."""
        picture = self.env["ir.actions.report"].barcode(barcode_type, value, **options)
        return Answer(picture, "image/png")

    @api.model
    def _get_logo(self, company=None, **_query):
        """Return the logo of a company, which is public."""
        companies = self.env["res.company"].sudo()
        record = companies.browse(int(company)).exists() if company else self.env.company.sudo()
        if not record.logo_web:
            return self._get_static("web", "img/nologo.png")
        return _typed(base64.b64decode(record.logo_web))

    @api.model
    def _get_content(self, **arguments):
        """Return a binary field of a record that the reader may read."""
        return self._read_record(**arguments)

    @api.model
    def _get_image(self, **arguments):
        """Return an image of a record, or the picture that stands for a missing one."""
        try:
            answer = self._read_record(**arguments)
        except REFUSED:
            answer = None
        if answer and answer.content and answer.mimetype.startswith("image/"):
            return answer
        with file_open(DEFAULT_PLACEHOLDER_PATH, "rb") as file:
            return Answer(file.read(), "image/png")

    # === RECORDS === #

    @api.model
    def _read_record(
        self, xmlid=None, model="ir.attachment", id=None, field="raw", access_token=None,
        width=0, height=0, crop=False, **_query,
    ):  # fmt: skip
        """Return the content of a field, as the controllers of Odoo name it."""
        record = self._get_reader()["ir.binary"]._find_record(
            xmlid, model, id and int(id), access_token, field=field
        )
        answer = self._read_field(record, field)
        if (int(width) or int(height)) and answer.mimetype.startswith("image/"):
            content = image_process(answer.content, (int(width), int(height)), crop=crop)
            answer = answer._replace(content=content)
        return answer

    @api.model
    def _read_field(self, record, name):
        """Return the content of a binary field of a record that may be read."""
        field = record._fields[name]
        if field.type != "binary":
            raise ValueError(f"{name} is no file")
        record._check_field_access(field, "read")
        if record._name != "ir.attachment":
            return _typed(base64.b64decode(record[name] or b""))
        if record.type == "url":
            return self._get_linked(record.url)
        return Answer(record.raw or b"", record.mimetype or "application/octet-stream")

    @api.model
    def _get_linked(self, url):
        """Return the published file that an attachment points to; other addresses are not followed."""
        kind, arguments = match(url or "")
        if kind != "static":
            raise ValueError(f"{url} is no file of an addon")
        return self._get_static(**arguments)
