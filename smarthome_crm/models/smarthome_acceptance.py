from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: of a document in the folder Акты: what tells whether it is the act, or a photo
FIELDS_OF_CLOSING = {"folder_id", "active", "raw", "datas", "mimetype", "is_signed_act"}


class SmarthomeAcceptance(models.Model):
    """The act of acceptance, filled and signed on the telephone of the engineer.

    The client signs by his finger; the signed act becomes a document in the folder Акты, and the
    photos of the working equipment lie beside it.
    """

    _name = "smarthome.acceptance"
    _description = "Act of Acceptance"
    _inherit = ["smarthome.reach.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _reach_fields = ("object_id",)
    _kept_fields = ("signed_on", "document_id")

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="object_id.company_id", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Handed over by",
        required=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    client_name = fields.Char(
        string="Accepted by",
        compute="_compute_client_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    work_ids = fields.One2many(related="object_id.work_line_ids", string="Works")
    goods_ids = fields.One2many(related="object_id.goods_line_ids", string="Goods")
    remarks = fields.Text(help="What the client found wrong, or wants to be done yet.")
    signature = fields.Binary(string="Client's Signature", attachment=True, copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)
    document_id = fields.Many2one(
        comodel_name="smarthome.document",
        string="Signed Act",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    photo_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Photos of the Working Equipment",
        copy=False,
        bypass_search_access=True,
    )

    @api.depends("object_id")
    def _compute_client_name(self):
        for act in self:
            act.client_name = act.object_id.sudo().partner_id.name

    @api.depends("object_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for act in self:
            number, date = act.object_id.number or "", format_date(self.env, act.date)
            act.display_name = self.env._("Act %(object)s %(date)s", object=number, date=date)

    @api.model_create_multi
    def create(self, vals_list):
        acts = super().create(vals_list)
        acts._put_photos_into_folder()
        return acts

    def write(self, vals):
        """A signed act is not changed; photos may still be added."""
        if not self.env.su and vals.keys() - {"photo_ids"} and self.filtered("signed_on"):
            raise UserError(self.env._("The act is signed; make another one instead."))
        if {"document_id", "signed_on"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("An act is signed by its button."))
        result = super().write(vals)
        if "photo_ids" in vals:
            self._put_photos_into_folder()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if self.filtered("signed_on"):
            raise UserError(self.env._("A signed act stays."))

    def action_sign(self):
        """Finish the act: print it with the signature into the folder Акты.

        :raise UserError: the client has not signed yet
        """
        self.check_access("write")
        for act in self.filtered(lambda act: not act.signed_on):
            if not act.signature:
                raise UserError(self.env._("Let the client sign first: tap the signature."))
            act.sudo().signed_on = fields.Datetime.now()
            act.sudo().document_id = act._create_document()
            act.object_id.message_post(
                body=self.env._("The act is signed by %(client)s.", client=act.client_name)
            )
        return True

    def _get_printable(self):
        """The acts in sudo, for their report: it names the client, whom the engineer may not open.

        :raise AccessError: the acts are of no object of the user's, whatever way he came
        """
        self.check_access("read")
        return self.sudo()

    def _create_document(self):
        """The printed act, as a document of the object.

        :return: smarthome.document
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        content, _type = reports._render_qweb_pdf(
            "smarthome_crm.smarthome_acceptance_report", self.ids
        )
        return (
            self.env["smarthome.document"]
            .sudo()
            .create(
                {
                    "folder_id": self._get_folder().id,
                    "name": f"{self.display_name.replace('/', '-')}.pdf",
                    "raw": content,
                    "is_signed_act": True,
                }
            )
        )

    def _get_folder(self):
        """The folder Акты of the object."""
        folders = self.object_id.sudo().folder_ids
        return folders.filtered(lambda folder: folder.code == "acts")

    def _put_photos_into_folder(self):
        """Make the photos that came in documents of the folder Акты."""
        Document = self.env["smarthome.document"].sudo()
        for act in self:
            photos = act.photo_ids.sudo()
            known = Document.with_context(active_test=False).search(
                [("attachment_id", "in", photos.ids)]
            )
            for photo in photos - known.attachment_id:
                act._check_photo(photo)
                photo.write({"res_model": False, "res_id": False})
                Document.create({"folder_id": act._get_folder().id, "attachment_id": photo.id})

    def _check_photo(self, photo):
        """Refuse what is no photo, and files of others."""
        is_own = photo.create_uid == self.env.user and not photo.res_field
        is_here = photo.res_model in (False, self._name) and photo.res_id in (0, self.id)
        if not is_own or not is_here:
            raise UserError(self.env._("Take the photos on the spot, or choose files of yours."))
        if not (photo.mimetype or "").startswith("image/"):
            raise UserError(self.env._("“%s” is no photo.", photo.name))


class SmarthomeDocument(models.Model):
    _inherit = "smarthome.document"

    is_signed_act = fields.Boolean(
        string="Signed Act",
        copy=False,
        help="A scanned act with the client's signature, put into the folder by hand.",
    )

    def write(self, vals):
        """What the closing of an object stands on is not taken away behind its back."""
        if vals.keys() & FIELDS_OF_CLOSING:
            self._check_acts_still_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_closed(self):
        if not (self.env.su and self.env.context.get("smarthome_with_object")):
            self._check_acts_still_open()

    def _check_acts_still_open(self):
        """Refuse to take acts and photos away from a closed object, or while it is closing.

        :raise UserError: a head has to reopen the object first
        """
        in_acts = self.sudo().filtered(lambda document: document.folder_id.code == "acts")
        in_acts.object_id._check_still_open()


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    acceptance_ids = fields.One2many(
        comodel_name="smarthome.acceptance",
        inverse_name="object_id",
        string="Acts of Acceptance",
    )

    def action_acceptance(self):
        """Open the act that is begun, or begin one."""
        self.ensure_one()
        begun = self.acceptance_ids.filtered(lambda act: not act.signed_on)[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Act of acceptance"),
            "res_model": "smarthome.acceptance",
            "res_id": begun.id,
            "views": [(False, "form")],
            "context": {"default_object_id": self.id},
        }

    def action_open_acts(self):
        """Open the documents of the folder Акты, to mark a scanned act as signed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smarthome_crm.smarthome_document_action"
        )
        action["domain"] = [("object_id", "=", self.id), ("folder_id.code", "=", "acts")]
        return action

    def _get_act_obstacles(self):
        """The signed act and a photo of the working equipment, both in the folder Акты."""
        folder = self.folder_ids.filtered(lambda folder: folder.code == "acts")
        documents = folder.document_ids
        obstacles = super()._get_act_obstacles()
        acts = documents.filtered("is_signed_act")
        if not acts:
            message = self.env._("The act of acceptance is not signed.")
            obstacles.append(self._prepare_obstacle("act", message, documents))
        photos = (documents - acts).filtered(
            lambda document: (document.mimetype or "").startswith("image/")
        )
        if not photos:
            message = self.env._("No photo of the working equipment lies in the folder Акты.")
            obstacles.append(self._prepare_obstacle("photo", message, documents))
        return obstacles
