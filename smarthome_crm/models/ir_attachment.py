from odoo import api, models
from odoo.exceptions import AccessError

DOCUMENT = "smarthome.document"


class IrAttachment(models.Model):
    """Files of documents change through their documents, which check name, size and type."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("res_model") == DOCUMENT for vals in vals_list):
            raise AccessError(self._smarthome_get_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._smarthome_check_document_files(vals)
        return super().write(vals)

    def _smarthome_check_document_files(self, vals):
        """Files of documents stay where they are, private and within the limits.

        :raise AccessError: the values would take a file out of its document's rules
        """
        if vals.get("res_model") == DOCUMENT:
            raise AccessError(self._smarthome_get_refusal())
        files = self.sudo().filtered(lambda file: file.res_model == DOCUMENT)
        if not files:
            return
        if vals.keys() - {"name", "description", "raw", "datas", "mimetype", "access_token"}:
            raise AccessError(self._smarthome_get_refusal())
        documents = self.env[DOCUMENT].browse(files.mapped("res_id")).sudo()
        if vals.keys() & {"raw", "datas", "mimetype"}:
            documents._check_acts_still_open()
        if vals.keys() & {"name", "raw", "datas"}:
            for document in documents:
                document._check_values(
                    {"name": document.name, **vals}, document.object_id.company_id
                )

    def _smarthome_get_refusal(self):
        return self.env._("Documents of an object are changed in its folders.")
