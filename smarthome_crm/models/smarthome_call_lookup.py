from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.phone import digits_of, readable, to_e164

#: digits from which a number is recognised by its end while it is typed
MIN_RECOGNISED = 7


class SmarthomeCall(models.Model):
    """Who is calling: recognised by the number, as far as the reader may know."""

    _inherit = "smarthome.call"

    @api.model
    def lookup_number(self, phone):
        """Tell who calls from a number, as much as the user may know.

        Of another manager's client a manager learns only whose he is.

        :param str phone: as typed, in whatever notation
        :return: dict with ``status`` unknown / own / other, the readable ``number``, and of a
            known caller ``manager`` and ``manager_id``; of one's own also ``name``,
            ``partner_id``, ``object``, ``object_id``, ``last_answer`` and ``next_date``
        :raise AccessError: for whoever takes no calls
        """
        if not self.env.su and not self.env.user._smarthome_has_role("secretary", "manager"):
            raise AccessError(self.env._("Only secretaries and managers look up callers."))
        digits = digits_of(phone)
        e164 = to_e164(phone, self.env.company.country_id.code)
        result = {"status": "unknown", "number": readable(e164), "valid": bool(e164)}
        if not e164 and len(digits) < MIN_RECOGNISED:
            return result
        known = self._recognise(e164, digits)
        if known["partner"] or known["call"]:
            result.update(self._prepare_lookup(known))
        return result

    def _prepare_lookup(self, known):
        """Return what the user may know about a recognised caller."""
        manager, partner, last = known["manager"], known["partner"], known["call"]
        is_head = self.env.su or self.env.user._smarthome_has_role("head")
        is_own = is_head or not manager or manager == self.env.user
        result = {
            "status": "own" if is_own else "other",
            "manager": manager.name or "",
            "manager_id": manager.id,
        }
        if is_own or self.env.user._smarthome_has_role("secretary"):
            result["name"] = partner.name or last.name or ""
        if is_own:
            result["partner_id"] = partner.id
            result["partner_name"] = partner.display_name or ""
        if is_own and (is_head or self.env.user._smarthome_has_role("manager")):
            result.update(self._prepare_lookup_object(known["object"], last))
        return result

    def _prepare_lookup_object(self, found, last):
        next_date = fields.Datetime.to_string(found.next_call_date) if found else False
        return {
            "object_id": found.id,
            "object": found.display_name if found else "",
            "last_answer": (found.last_answer if found else last.answer) or "",
            "next_date": next_date,
        }

    @api.model
    def _recognise(self, e164, digits=""):
        """Find whose number it is, in sudo.

        :return: dict of ``partner``, ``object``, ``call`` (the last one), ``manager``
        """
        calls = self.sudo().with_context(active_test=False)
        partner = self._find_partner(e164).sudo()
        domain = self._get_number_domain(e164 or digits)
        others = domain & Domain("id", "not in", self.ids)
        last = calls.search(others, order="date desc, id desc", limit=1)
        partner = partner or last.partner_id
        found = self._find_object(partner) if partner else last.object_id
        manager = found.user_id or partner.user_id or last.user_id
        if not found and not manager._smarthome_is_manager():
            manager = manager.browse()
        return {"partner": partner, "object": found, "call": last, "manager": manager}

    @api.model
    def _find_partner(self, e164):
        """Return the contact with a number, one that objects name first."""
        partners = self.env["res.partner"]
        if not e164:
            return partners
        found = partners.sudo().search([("phone_sanitized", "=", e164)], order="id", limit=20)
        clients = (
            self.env["smarthome.object"]
            .sudo()
            ._read_group([("partner_id", "in", found.ids)], ["partner_id"])
        )
        chosen = clients[0][0] if clients else found[:1]
        return chosen.sudo(self.env.su)

    @api.model
    def _find_object(self, partner):
        """Return the object a client most likely rings about: the open one with the next call."""
        domain = Domain("partner_id", "=", partner.id) | Domain(
            "contact_ids.partner_id", "=", partner.id
        )
        objects = self.env["smarthome.object"].sudo().search(domain, order="id desc", limit=20)
        open_objects = objects.filtered(lambda record: record.stage not in ("closed", "refused"))
        planned = open_objects.filtered("next_call_date").sorted("next_call_date")
        return (planned or open_objects or objects)[:1]
