import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

#: a word of a subject that may be a number: some letters, a dash, digits
NUMBER_WORD = re.compile(r"[^\W\d_]{1,10}[-–—]\d{1,12}")  # noqa: RUF001
#: how much of a mail's text stands in the call that it becomes
MAIL_TEXT = 2000


class SmarthomeObject(models.Model):
    """Mails to the company's one address find their object by the number in the subject.

    Replies to messages of an object come into its chatter by Odoo's References. A mail never
    makes an object: what finds none becomes a missed call, for a person to look at.
    """

    _inherit = "smarthome.object"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Return where a mail to the address of objects belongs.

        :return: the object named in the subject, when its sender has to do with it; otherwise a
            missed ``smarthome.call`` (with an activity of the head, when a stranger named it)
        """
        found = self.sudo()._find_by_subject(msg_dict.get("subject"))
        if found and found._is_correspondent(msg_dict):
            return found
        call = self.env["smarthome.call"].sudo().create(self._prepare_mail_call_values(msg_dict))
        if found:
            found._warn_head_of_stranger(call)
        return call

    @api.model
    def _find_by_subject(self, subject):
        """The object whose number stands in the subject, in whatever case or dash."""
        words = [re.sub("[–—]", "-", word).upper() for word in NUMBER_WORD.findall(subject or "")]  # noqa: RUF001
        if not words:
            return self.browse()
        return self.with_context(active_test=False).search([("number", "in", words)], limit=1)

    def _is_correspondent(self, msg_dict):
        """Tell whether the sender is the client, a contact, or an employee who may see the object.

        :param dict msg_dict: parsed mail, see ``message_parse``
        """
        self.ensure_one()
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or False)
        employees = author.user_ids.filtered(lambda user: user._is_internal())
        if employees:
            return any(self.with_user(user).has_access("read") for user in employees)
        partners = self.partner_id | self.contact_ids.partner_id
        return bool(author.commercial_partner_id & partners.commercial_partner_id)

    @api.model
    def _prepare_mail_call_values(self, msg_dict):
        """Values of the missed call that stands for a mail without an object."""
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or False)
        known = self.sudo().search(self._get_correspondence_domain(author), limit=1)
        text = html2plaintext(msg_dict.get("body") or "")[:MAIL_TEXT]
        return {
            "direction": "in",
            "state": "missed",
            "name": author.name or msg_dict.get("email_from"),
            "partner_id": author.id,
            "phone": author.phone,
            "user_id": known.user_id.id,
            "need": "\n".join(
                filter(None, (self.env._("E-mail: %s", msg_dict.get("subject") or ""), text))
            ),
            "company_id": (known.company_id or self.env.company).id,
        }

    @api.model
    def _get_correspondence_domain(self, partner):
        """Objects that a sender may mean."""
        if not partner:
            return Domain.FALSE
        family = partner.commercial_partner_id.id
        return Domain("commercial_partner_id", "=", family) | Domain(
            "contact_ids.commercial_partner_id", "=", family
        )

    def _warn_head_of_stranger(self, call):
        """Ask a head to look at a mail that names an object its sender has nothing to do with."""
        head = self._get_head()
        if head:
            call.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("A stranger wrote about %s", self.display_name),
                user_id=head.id,
            )

    def _get_head(self):
        """A head of the object's company, a person rather than the administrator."""
        heads = (
            self.env.ref("smarthome_base.group_smarthome_head")
            .sudo()
            .all_user_ids.filtered(lambda user: user.active and self.company_id in user.company_ids)
        )
        return (heads - self.env.ref("base.user_admin"))[:1] or heads[:1]
