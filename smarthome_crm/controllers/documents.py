from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import content_disposition, request

from ..tools.file_policy import clean_name
from ..tools.zip_stream import stream_zip

MEGABYTE = 1024 * 1024


class DocumentsController(http.Controller):
    """Files into the folders of objects, and whole folders out."""

    @http.route("/smarthome/documents/upload", type="http", methods=["POST"], auth="user")
    def upload(self, folder_id, **_params):
        """Put the files of the request into a folder.

        :return: JSON: ``documents`` that were made, or ``error`` with ``message``, one sentence
        """
        folder = request.env["smarthome.folder"].browse(int(folder_id))
        try:
            folder.check_access("read")
            files = request.httprequest.files.getlist("ufile")
            with request.env.cr.savepoint():
                values = [self._prepare_document_values(folder, file) for file in files]
                documents = request.env["smarthome.document"].create(values)
            content = {"documents": documents._to_client()}
        except (AccessError, MissingError):
            content = {"error": {"message": request.env._("This folder is not yours to fill.")}}
        except (UserError, ValidationError) as error:
            content = {"error": {"message": str(error)}}
        return request.make_json_response(content)

    def _prepare_document_values(self, folder, file):
        """Values of a document for a file of the request, read only within the limit."""
        limit = folder.object_id.company_id.sudo().smarthome_file_limit * MEGABYTE
        return {
            "folder_id": folder.id,
            "name": file.filename,
            "raw": file.stream.read(limit + 1),
        }

    @http.route("/smarthome/folder/<int:folder_id>/zip", type="http", auth="user", readonly=True)
    def folder_zip(self, folder_id):
        """Send a folder as a ZIP, made while it is sent."""
        folder = self._get_readable("smarthome.folder", folder_id)
        name = f"{folder.object_id.display_name} - {folder.name}.zip"
        return self._stream(name, folder.document_ids._get_zip_entries())

    @http.route("/smarthome/object/<int:object_id>/zip", type="http", auth="user", readonly=True)
    def object_zip(self, object_id):
        """Send all folders of an object as a ZIP, made while it is sent."""
        record = self._get_readable("smarthome.object", object_id)
        documents = record.folder_ids.document_ids
        return self._stream(
            f"{record.display_name}.zip", documents._get_zip_entries(with_folders=True)
        )

    def _get_readable(self, model, record_id):
        """The record, or "not found" for those who may not read it."""
        record = request.env[model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            raise request.not_found()
        return record

    def _stream(self, name, entries):
        return request.make_response(
            stream_zip(entries),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(clean_name(name))),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
