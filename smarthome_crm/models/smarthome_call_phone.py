from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.phone import MIN_DIGITS, digits_of, readable, reversed_digits, to_e164

#: operators by which a number is looked for in whatever notation
NUMBER_OPERATORS = ("=", "in", "like", "ilike", "=like", "=ilike")


class SmarthomeCall(models.Model):
    """The number of a call: kept as typed, found in whatever notation."""

    _inherit = "smarthome.call"

    phone = fields.Char(string="Number")
    phone_sanitized = fields.Char(
        string="Number (E.164)",
        compute="_compute_phone_sanitized",
        store=True,
    )
    phone_reversed = fields.Char(
        compute="_compute_phone_sanitized",
        store=True,
        export_string_translation=False,
        help="Digits from the last to the first: an end of the number is found by an index.",
    )
    phone_readable = fields.Char(string="Telephone", compute="_compute_phone_readable")

    _phone_sanitized_idx = models.Index("(phone_sanitized text_pattern_ops)")
    _phone_reversed_idx = models.Index("(phone_reversed text_pattern_ops)")

    @api.depends("phone", "company_id")
    def _compute_phone_sanitized(self):
        for call in self:
            number = to_e164(call.phone, call.company_id.country_id.code)
            call.phone_sanitized = number
            call.phone_reversed = reversed_digits(number or call.phone) or False

    @api.depends("phone_sanitized", "phone")
    def _compute_phone_readable(self):
        for call in self:
            call.phone_readable = readable(call.phone_sanitized) or call.phone

    @api.depends("phone_sanitized")
    def _compute_partner_id(self):
        """Recognise the client by the number; another manager's client is not named."""
        partners = self.env["res.partner"]
        if self.env.user._smarthome_has_role("secretary"):
            partners = partners.sudo()
        unknown = self.filtered(lambda call: call.phone_sanitized and not call.partner_id)
        numbers = list(set(unknown.mapped("phone_sanitized")))
        domain = Domain("phone_sanitized", "in", numbers)
        found = partners.search(domain, order="id").grouped("phone_sanitized") if numbers else {}
        for call in unknown:
            call.partner_id = found.get(call.phone_sanitized, partners)[:1]

    @api.depends("partner_id")
    def _compute_name(self):
        for call in self:
            call.name = call.name or call.partner_id.sudo().name

    @api.depends("phone_sanitized", "phone_reversed", "direction")
    def _compute_is_first_time(self):
        """The number stands neither in an earlier call nor at a client."""
        incoming = self.filtered(lambda call: call.direction == "in" and call.phone_reversed)
        (self - incoming).is_first_time = False
        earliest = self._get_earliest_calls(incoming.mapped("phone_reversed"))
        known = self._get_known_numbers(incoming.mapped("phone_sanitized"))
        for call in incoming:
            first = earliest.get(call.phone_reversed)
            is_earliest = not first or first == call._origin.id
            call.is_first_time = is_earliest and call.phone_sanitized not in known

    @api.model
    def _get_earliest_calls(self, numbers):
        """Return the id of the first recorded call of each number (digits reversed)."""
        domain = Domain("phone_reversed", "in", list(set(numbers)))
        groups = self.sudo()._read_group(domain, ["phone_reversed"], ["id:min"])
        return dict(groups)

    @api.model
    def _get_known_numbers(self, numbers):
        """Return those among E.164 numbers that a contact has."""
        domain = Domain("phone_sanitized", "in", list(filter(None, set(numbers))))
        partners = self.env["res.partner"].sudo().search_fetch(domain, ["phone_sanitized"])
        return set(partners.mapped("phone_sanitized"))

    @api.model
    def _get_number_domain(self, number):
        """Search calls by a number in whatever notation, or by the end or beginning of one.

        Every branch is answered by an index.

        :param str number: as typed
        :return: Domain; nothing is found by fewer than three digits
        """
        digits = digits_of(number)
        if len(digits) < MIN_DIGITS:
            return Domain.FALSE
        e164 = to_e164(number, self.env.company.country_id.code)
        if e164:
            return Domain("phone_sanitized", "=", e164)
        ends = Domain("phone_reversed", "=like", f"{digits[::-1]}%")
        return ends | Domain("phone_sanitized", "=like", f"+{digits}%")

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Let a search on the number find every notation of it."""
        return super()._search(
            Domain(domain).map_conditions(self._map_number_condition), *args, **kwargs
        )

    @api.model
    def _map_number_condition(self, condition):
        if condition.field_expr != "phone" or condition.operator not in NUMBER_OPERATORS:
            return condition
        values = condition.value
        values = [values] if isinstance(values, str) or not values else values
        if not all(isinstance(value, str) and digits_of(value) for value in values):
            return condition
        return Domain.OR(self._get_number_domain(value.strip("%")) for value in values)
