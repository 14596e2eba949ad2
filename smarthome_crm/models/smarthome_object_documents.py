from odoo import api, fields, models
from odoo.fields import Domain


class SmarthomeObject(models.Model):
    """Folders and documents of an object."""

    _inherit = "smarthome.object"

    folder_ids = fields.One2many(
        comodel_name="smarthome.folder",
        inverse_name="object_id",
        string="Folders",
    )
    document_count = fields.Integer(
        string="Number of Documents",
        compute="_compute_document_count",
    )

    def _compute_document_count(self):
        groups = self.env["smarthome.document"]._read_group(
            [("object_id", "in", self.ids)], ["object_id"], ["__count"]
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.document_count = counts.get(record._origin.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        objects = super().create(vals_list)
        self.env["smarthome.folder"]._create_default_folders(
            objects.filtered(lambda record: not record.folder_ids)
        )
        return objects

    def unlink(self):
        """The files go with their object."""
        Document = self.env["smarthome.document"].with_context(
            active_test=False, smarthome_with_object=True
        )
        self.check_access("unlink")
        Document.sudo().search([("object_id", "in", self.ids)]).unlink()
        return super().unlink()

    def action_open_documents(self):
        """Open all documents of the object in one list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smarthome_crm.smarthome_document_action"
        )
        action["domain"] = [("object_id", "=", self.id)]
        action["context"] = {"search_default_group_folder": 1, "of_object": True}
        return action

    @api.readonly
    def get_documents(self):
        """What the tab of documents shows: folders, files, files of messages, limits.

        :return: dict
        """
        self.ensure_one()
        self.check_access("read")
        documents = (
            self.env["smarthome.document"]
            .with_context(active_test=False)
            .search([("object_id", "=", self.id)])
        )
        return {
            "folders": self.folder_ids.read(["name", "code"]),
            "documents": documents.filtered("active")._to_client(),
            "trash": documents.filtered(lambda document: not document.active)._to_client(),
            "messages": self._get_message_files(),
            "can_write": self.has_access("write"),
            "limit": self.company_id.sudo().smarthome_file_limit,
        }

    def _get_message_files(self):
        """Files of the object's messages that lie in no folder yet.

        :return: list of dict
        """
        files = self.env["ir.attachment"].search(self._get_message_files_domain(), order="id desc")
        return [
            {
                "attachment_id": file.id,
                "name": file.name,
                "mimetype": file.mimetype,
                "size": file.file_size,
                "checksum": file.checksum,
                "date": fields.Datetime.to_string(file.create_date),
                "author": file.create_uid.sudo().name,
            }
            for file in files
        ]

    def _get_message_files_domain(self):
        return Domain(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", False),
                ("type", "=", "binary"),
            ]
        )
