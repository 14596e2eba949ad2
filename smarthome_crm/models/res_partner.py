from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class ResPartner(models.Model):
    """Clients are seen by the managers and lead engineers of their objects only."""

    _inherit = "res.partner"

    #: Odoo searches by these whoever asks, and by its own functions
    credit = fields.Monetary(search="_search_credit")
    debit = fields.Monetary(search="_search_debit")
    smarthome_is_client = fields.Boolean(
        string="Is a Client",
        compute="_compute_smarthome_is_client",
        store=True,
        readonly=False,
        index=True,
        help="Clients are seen by their own manager, the lead engineers of their objects, heads "
        "and accountants. Once a client, always a client.",
    )
    smarthome_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="smarthome_client_user_rel",
        column1="partner_id",
        column2="user_id",
        string="Who Works with the Client",
        compute="_compute_smarthome_user_ids",
        store=True,
    )
    smarthome_family_object_ids = fields.One2many(
        comodel_name="smarthome.object",
        inverse_name="commercial_partner_id",
        export_string_translation=False,
        context={"active_test": False},
    )
    smarthome_family_contact_ids = fields.One2many(
        comodel_name="smarthome.object.contact",
        inverse_name="commercial_partner_id",
        export_string_translation=False,
    )

    @api.depends(
        "partner_share",
        "commercial_partner_id.smarthome_family_object_ids",
        "commercial_partner_id.smarthome_family_contact_ids",
    )
    def _compute_smarthome_is_client(self):
        for partner in self:
            family = partner.commercial_partner_id
            of_object = family.smarthome_family_object_ids or family.smarthome_family_contact_ids
            partner.smarthome_is_client = partner.partner_share and (
                partner.smarthome_is_client or bool(of_object)
            )

    @api.depends(
        "user_id",
        "commercial_partner_id.user_id",
        "commercial_partner_id.smarthome_family_object_ids.user_id",
        "commercial_partner_id.smarthome_family_object_ids.engineer_id",
        "commercial_partner_id.smarthome_family_contact_ids.object_id.user_id",
        "commercial_partner_id.smarthome_family_contact_ids.object_id.engineer_id",
    )
    def _compute_smarthome_user_ids(self):
        for partner in self:
            family = partner.commercial_partner_id
            objects = family.smarthome_family_object_ids
            objects |= family.smarthome_family_contact_ids.object_id
            users = partner.user_id | family.user_id | objects.user_id | objects.engineer_id
            if users != partner.smarthome_user_ids:
                partner.smarthome_user_ids = [Command.set(users.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever a manager enters is his client, until somebody says otherwise."""
        user = self.env.user
        if not self.env.su and self._smarthome_enters_clients(user):
            for vals in vals_list:
                vals.setdefault("smarthome_is_client", True)
                if not vals.get("parent_id"):
                    vals.setdefault("user_id", user.id)
        return super().create(vals_list)

    def write(self, vals):
        """Once a client, always a client: no manager shows him to everybody."""
        if not self.env.su and not vals.get("smarthome_is_client", True):
            self._check_stays_client()
        return super().write(vals)

    def _check_stays_client(self):
        """Refuse to make clients contacts that everybody sees.

        :raise AccessError: the user is no head, and some of them are clients
        """
        if self.env.user._smarthome_has_role("head"):
            return
        if self.sudo().filtered("smarthome_is_client"):
            raise AccessError(
                self.env._("Once a client, always a client; ask the head of department.")
            )

    @api.model
    def _search_credit(self, operator, operand):
        self._check_field_access(self._fields["credit"], "read")
        return self._credit_search(operator, operand)

    @api.model
    def _search_debit(self, operator, operand):
        self._check_field_access(self._fields["debit"], "read")
        return self._debit_search(operator, operand)

    @api.model
    def _smarthome_enters_clients(self, user):
        """Tell whether the contacts that a user enters are clients of his own."""
        return user._smarthome_has_role("manager") and not user._smarthome_has_role(
            "head", "purchasing", "accountant"
        )
