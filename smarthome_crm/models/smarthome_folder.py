from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import DEFAULT_FOLDERS

#: folders whose papers tell commercial prices: not for the crew
COMMERCIAL_FOLDERS = ("contract", "accounting")


class SmarthomeFolder(models.Model):
    """A folder of an object's documents.

    Whoever may see the object may see it, but for papers with prices, which the crew may not.
    """

    _name = "smarthome.folder"
    _description = "Folder of an Object"
    _inherit = ["smarthome.reach.mixin"]
    _order = "sequence, id"

    _reach_fields = ("object_id",)
    _kept_fields = ("code",)

    name = fields.Char(required=True)
    code = fields.Char(
        readonly=True,
        copy=False,
        help="Technical name of a folder that every object has.",
        export_string_translation=False,
    )
    sequence = fields.Integer(default=100)
    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        required=True,
        ondelete="cascade",
        index=True,
    )
    is_for_crew = fields.Boolean(
        string="Seen by the Lead Engineer",
        compute="_compute_is_for_crew",
        store=True,
        readonly=False,
        precompute=True,
        help="Contracts and accounting papers tell commercial prices, which the crew does not see.",
    )
    document_ids = fields.One2many(
        comodel_name="smarthome.document",
        inverse_name="folder_id",
        string="Documents",
    )

    _name_uniq = models.UniqueIndex(
        "(object_id, lower(name))", "The object has a folder with this name already."
    )
    _code_uniq = models.UniqueIndex(
        "(object_id, code) WHERE code IS NOT NULL", "The object has this folder already."
    )

    @api.depends("code")
    def _compute_is_for_crew(self):
        for folder in self:
            folder.is_for_crew = folder.code not in COMMERCIAL_FOLDERS

    def write(self, vals):
        if "object_id" in vals and not self.env.su:
            raise UserError(
                self.env._("A folder stays with its object; move the documents instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        for folder in self:
            if folder.code:
                raise UserError(
                    self.env._("Every object has the folder “%s”; it stays.", folder.name)
                )
            if folder.with_context(active_test=False).document_ids:
                raise UserError(
                    self.env._(
                        "The folder “%s” still holds documents, perhaps in the trash; move them to "
                        "another folder first.",
                        folder.name,
                    )
                )

    @api.model
    def _create_default_folders(self, objects):
        """Give new objects the folders of the regulation, all in one batch.

        :param objects: smarthome.object without folders
        """
        self.sudo().create(
            [
                {"object_id": record.id, "code": code, "name": name, "sequence": sequence}
                for record in objects
                for sequence, (code, name) in enumerate(DEFAULT_FOLDERS.items(), 1)
            ]
        )

    def _get_zip_entries(self):
        """Entries of a ZIP with the documents of the folders, see ``stream_zip``."""
        return self.document_ids._get_zip_entries()
