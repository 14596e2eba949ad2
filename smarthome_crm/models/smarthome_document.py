from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

from ..tools.file_policy import clean_name, refused_type, unique_names

#: what people say about a document; the rest of the attachment belongs to Odoo
OPEN_FIELDS = {
    "name",
    "description",
    "raw",
    "datas",
    "mimetype",
    "folder_id",
    "attachment_id",
    "sequence",
    "active",
    "is_signed_act",
}
MEGABYTE = 1024 * 1024


class SmarthomeDocument(models.Model):
    """A file in a folder of an object.

    The attachment below points back at the document, so that Odoo asks the document, and the
    document's rules ask the object, whoever reads the file by whatever way; it also goes when the
    document goes.
    """

    _name = "smarthome.document"
    _description = "Document of an Object"
    _inherit = ["smarthome.reach.mixin"]
    _inherits = {"ir.attachment": "attachment_id"}
    _order = "sequence, id desc"

    _reach_fields = ("folder_id",)

    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        required=True,
        ondelete="restrict",
        readonly=True,
    )
    folder_id = fields.Many2one(
        comodel_name="smarthome.folder",
        string="Folder",
        required=True,
        ondelete="cascade",
        index=True,
    )
    object_id = fields.Many2one(
        related="folder_id.object_id",
        string="Object",
        store=True,
        index=True,
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Documents in the trash are not active.")

    _attachment_uniq = models.Constraint(
        "UNIQUE(attachment_id)", "This file lies in a folder already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean_values(vals) for vals in vals_list]
        folders = self.env["smarthome.folder"].browse(vals["folder_id"] for vals in vals_list)
        folders.object_id.check_access("write")
        for vals, folder in zip(vals_list, folders, strict=True):
            if vals.get("attachment_id"):
                attachment = self.env["ir.attachment"].browse(vals["attachment_id"])
                self._check_taken_over(attachment, folder)
            else:
                self._check_values(vals, folder.object_id.company_id)
        documents = super(SmarthomeDocument, self.with_context(image_no_postprocess=True)).create(
            vals_list
        )
        for document in documents.sudo():
            document.attachment_id.write(document._prepare_link_values())
        return documents.with_env(self.env)

    def write(self, vals):
        vals = self._clean_values(vals)
        if "attachment_id" in vals:
            raise UserError(self.env._("Put the other file into the folder as a new document."))
        if vals.keys() & {"name", "raw", "datas"}:
            for document in self:
                document._check_values(
                    {"name": document.name, **vals}, document.object_id.company_id
                )
        return super(SmarthomeDocument, self.with_context(image_no_postprocess=True)).write(vals)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        names = OPEN_FIELDS - {"attachment_id", "datas"}
        return [
            {
                **{name: value for name, value in vals.items() if name in names},
                "raw": document.raw,
            }
            for document, vals in zip(self, vals_list, strict=True)
        ]

    @api.model
    def _clean_values(self, vals):
        """Values with a clean name; the workings of the attachment are out of reach."""
        foreign = vals.keys() - OPEN_FIELDS
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "This part of a document is not changed: %s.", ", ".join(sorted(foreign))
                )
            )
        return {**vals, "name": clean_name(vals["name"])} if vals.get("name") else dict(vals)

    @api.model
    def _check_values(self, vals, company):
        """Check a file that comes in.

        :param dict vals: with name, and content in ``raw`` or ``datas``
        :param company: whose settings count
        :raise UserError: one clear sentence
        """
        content = vals.get("raw") or b""
        if isinstance(content, str):
            content = content.encode()
        if not content and vals.get("datas"):
            content = b64decode(vals["datas"])
        self._check_file(vals.get("name"), content, len(content), company)

    @api.model
    def _check_file(self, name, content, size, company):
        company = company.sudo() or self.env.company.sudo()
        if size > company.smarthome_file_limit * MEGABYTE:
            raise UserError(
                self.env._(
                    "“%(name)s” is larger than %(limit)s MB; make it smaller or keep a link to it.",
                    name=name,
                    limit=company.smarthome_file_limit,
                )
            )
        refused = refused_type(
            name,
            content,
            company._smarthome_get_refused_types(),
            guess_mimetype(content) if content else None,
        )
        if refused:
            raise UserError(
                self.env._(
                    "“%(name)s” is a file of the type “%(type)s”; such files are not taken here.",
                    name=name,
                    type=refused,
                )
            )

    @api.model
    def _check_taken_over(self, attachment, folder):
        """Check a file that exists already: it comes from the messages of the same object.

        :param attachment: ir.attachment that shall become a document
        """
        attachment.check_access("write")
        file = attachment.sudo()
        is_of_object = (file.res_model, file.res_id) == (
            folder.object_id._name,
            folder.object_id.id,
        )
        is_draft = not file.res_id and file.create_uid == self.env.user
        if file.res_field or file.type != "binary" or not (is_of_object or is_draft):
            raise UserError(
                self.env._(
                    "Only files from the messages of this object are moved into its folders."
                )
            )
        content = file.raw or b""
        self._check_file(file.name, content, len(content), folder.object_id.company_id)

    def _prepare_link_values(self):
        """Values by which the attachment asks this document about access."""
        return {
            "name": clean_name(self.name),
            "res_model": self._name,
            "res_id": self.id,
            "public": False,
            "access_token": False,
            "company_id": self.object_id.company_id.id,
        }

    def _get_zip_entries(self, with_folders=False):
        """Entries of a ZIP with the documents, see ``stream_zip``.

        :param bool with_folders: put the documents into their folders
        :return: list of (name, path or bytes, time)
        """
        entries = []
        for folder, documents in self.grouped("folder_id").items():
            prefix = f"{clean_name(folder.name)}/" if with_folders else ""
            names = unique_names([clean_name(document.name) for document in documents])
            for document, name in zip(documents, names, strict=True):
                file = document.attachment_id
                source = file._full_path(file.store_fname) if file.store_fname else file.raw or b""
                moment = fields.Datetime.context_timestamp(document, document.create_date)
                entries.append((prefix + name, source, moment.timetuple()))
        return entries

    def _to_client(self):
        """What the screen of documents shows of each file.

        :return: list of dict
        """
        return [
            {
                "id": document.id,
                "attachment_id": document.attachment_id.id,
                "name": document.name,
                "mimetype": document.mimetype,
                "size": document.file_size,
                "checksum": document.checksum,
                "date": fields.Datetime.to_string(document.create_date),
                "author": document.create_uid.sudo().name,
                "folder_id": document.folder_id.id,
            }
            for document in self
        ]
