from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SmarthomeCall(models.Model):
    """From a call to an object in one step."""

    _inherit = "smarthome.call"

    def action_create_object(self):
        """Make the object of a call, with all that the call knows, and open it.

        A second press, or somebody else's at the same moment, opens the object already made.

        :return: action that opens the object's form
        """
        self.ensure_one()
        self._lock_row()
        if not self.object_id:
            if self.env.context.get("smarthome_ask_source"):
                self._ask_source()
            self._create_object()
        return self._open_object()

    def _create_object(self):
        """Create the object and finish the call with it."""
        self._check_not_of_another()
        partner = self.partner_id or self._find_client() or self._create_client()
        created = self.env["smarthome.object"].create(self._prepare_object_values(partner))
        self.with_context(smarthome_source_later=True).write(
            {
                "object_id": created.id,
                "partner_id": partner.id,
                "outcome": "object",
                **({"state": "done"} if self.state == "planned" else {}),
            }
        )
        created.next_call_id.sudo().previous_call_id = self
        return created

    def _prepare_object_values(self, partner):
        """Return the values of the object that a call makes.

        :param partner: the client
        """
        self.ensure_one()
        object_type = self.object_type_id or self.env["smarthome.object.type"].search([], limit=1)
        client = partner.sudo().name
        proposed = ", ".join(filter(None, (object_type.name, self.address or client)))
        user = self._get_object_manager()
        return {
            "name": self.object_name or proposed,
            "type_id": object_type.id,
            "partner_id": partner.id,
            "contact_ids": [Command.create({"partner_id": partner.id, "part": "owner"})],
            "address": self.address or partner.sudo().contact_address_inline or False,
            "user_id": user.id,
            "source_id": self.source_id.id,
            "company_id": self.company_id.id,
            "previous_object_id": self._find_closed_object(partner).id,
            "next_call_date": self._get_first_control_date(user),
        }

    def _get_first_control_date(self, user):
        """Return the date of the first control call, proposed by settings, never in the past."""
        wanted = self.first_control_date
        if wanted and wanted > fields.Datetime.now():
            return wanted
        return self.company_id._smarthome_propose_call(user)

    def _get_object_manager(self):
        """Return who leads the object: the call's manager, or whoever makes it."""
        user = self.user_id or self.env.user
        if user._smarthome_has_role("manager") or user._is_superuser():
            return user
        return self.env.user

    def _find_client(self):
        """Return the contact with the number of the call, the one of a client first."""
        self.ensure_one()
        return self._find_partner(self.phone_sanitized)

    def _create_client(self):
        """Return a new contact of the caller."""
        name = self.name or self.phone_readable or self.env._("Client without a name")
        manager = self._get_object_manager()
        values = {
            "name": name,
            "phone": self.phone_readable or self.phone,
            "lang": manager.lang or self.env.lang,
            "user_id": manager.id,
            "company_id": self.company_id.id,
        }
        return self.env["res.partner"].sudo().create(values).sudo(self.env.su)

    def _find_closed_object(self, partner):
        """Return the last closed object of a client who came back."""
        domain = [("partner_id", "=", partner.id), ("stage", "=", "closed")]
        return self.env["smarthome.object"].search(domain, order="id desc", limit=1)

    def _check_not_of_another(self):
        """Refuse to take another manager's client: the call is handed over to him."""
        if self.env.su or self.env.user._smarthome_has_role("head"):
            return
        known = self._recognise(self.phone_sanitized)
        manager = known["manager"]
        if manager and manager != self.env.user:
            raise UserError(
                self.env._(
                    "This is a client of %(manager)s: hand the call over to him.",
                    manager=manager.name,
                )
            )

    def _open_object(self):
        """Return the action that opens the form of the call's object."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "smarthome.object",
            "res_id": self.object_id.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "current",
        }
