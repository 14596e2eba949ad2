import base64
from datetime import datetime, time, timedelta

import pytz
from markupsafe import Markup, escape

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.call_dates import at_hour, to_local

WAYS = [
    ("email", "By e-mail"),
    ("fax", "By fax"),
    ("messenger", "By messenger"),
    ("hand", "By hand"),
]
#: stages of an object that a sent proposal leaves behind
STAGES_BEFORE_SENDING = ("new", "survey", "proposal")
#: how far a working day is looked for in the company's calendar
CALENDAR_DAYS = 60


class SaleOrder(models.Model):
    """Sending the proposal of an object, in whatever way, and what follows from it."""

    _inherit = "sale.order"

    smarthome_sent_way = fields.Selection(
        selection=WAYS,
        string="Sent",
        readonly=True,
        copy=False,
    )
    smarthome_sent_date = fields.Datetime(
        string="Sent on",
        readonly=True,
        copy=False,
    )

    def _check_can_be_sent(self):
        """Hook: raise when a proposal must not be sent yet.

        Called before the composer opens and again before anything is marked as sent.
        """

    # === BY E-MAIL === #

    def action_quotation_send(self):
        """Open the composer; each proposal has its own letter, file and delivery check.

        :raise UserError: several proposals at once, or one that must not be sent yet
        """
        if len(self) > 1 and self.smarthome_object_id:
            raise UserError(self.env._("Send proposals one by one: each has a letter of its own."))
        self.filtered(lambda order: order._is_proposal_to_send())._check_can_be_sent()
        return super().action_quotation_send()

    def _find_mail_template(self):
        """Proposals of objects have a template of their own."""
        self.ensure_one()
        if self._is_proposal_to_send() and not self.env.context.get("proforma"):
            template = self._get_proposal_template()
            if template:
                return template
        return super()._find_mail_template()

    def _get_proposal_template(self):
        xmlid = "smarthome_crm.mail_template_proposal"
        return self.env.ref(xmlid, raise_if_not_found=False)

    def _process_attachments_for_template_post(self, mail_template):
        """Attach the client's Excel file to mails by the template of proposals."""
        result = super()._process_attachments_for_template_post(mail_template) or {}
        if mail_template == self._get_proposal_template():
            self.filtered(lambda order: order._is_proposal_to_send())._check_can_be_sent()
            for order in self:
                filename, content = order._get_proposal_xlsx()
                attachments = result.setdefault(order.id, {}).setdefault("attachments", [])
                attachments.append((filename, base64.b64encode(content)))
        return result

    def message_post(self, **kwargs):
        """A mail from the composer of proposals is a sending."""
        if not self.env.context.get("mark_so_as_sent"):
            return super().message_post(**kwargs)
        proposals = self.filtered(lambda order: order._is_proposal_to_send())
        proposals._check_can_be_sent()
        message = super().message_post(**kwargs)
        proposals.with_context(mark_so_as_sent=False)._register_sending("email")
        return message

    # === IN OTHER WAYS === #

    def action_quotation_sent(self):
        """Odoo's «Mark as sent» counts as handed over."""
        proposals = self.filtered("smarthome_object_id")
        proposals._check_can_be_sent()
        result = super().action_quotation_sent()
        proposals._register_sending("hand")
        return result

    def action_smarthome_open_mark_sent(self):
        """Open the small form that marks the proposal as sent otherwise than by e-mail."""
        self.ensure_one()
        self._check_may_mark_sent()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark as Sent"),
            "res_model": "smarthome.proposal.mark.sent",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id, "dialog_size": "medium"},
        }

    def action_smarthome_mark_sent(self, way, note=None):
        """Mark proposals as sent and keep the file that the client got in the chatter.

        :param str way: ``fax``, ``messenger``, ``hand`` or ``email`` (from a mailbox of one's own)
        :param str note: to whom and how, if worth remembering
        :raise UserError: the proposal is signed or cancelled, or must not be sent yet
        """
        if way not in dict(WAYS):
            raise UserError(self.env._("Choose how the proposal was sent."))
        self._check_may_mark_sent()
        for order in self:
            attachment = order._get_proposal_xlsx()
            if order.state == "draft":
                order.write({"state": "sent"})
            order.message_post(
                body=order._get_sent_body(way, note),
                attachments=[attachment],
                subtype_xmlid="mail.mt_note",
            )
            order._register_sending(way)
        return True

    def _check_may_mark_sent(self):
        self.check_access("write")
        for order in self:
            if order.state not in ("draft", "sent"):
                raise UserError(
                    self.env._(
                        "%(name)s is signed or cancelled: only open proposals are sent.",
                        name=order.name,
                    )
                )
        self._check_can_be_sent()

    def _get_sent_body(self, way, note):
        ways = dict(self._fields["smarthome_sent_way"]._description_selection(self.env))
        body = escape(self.env._("The proposal is sent. %(way)s", way=ways[way]))
        if note and note.strip():
            body += Markup("<br/>") + escape(note.strip())
        return body

    # === WHAT FOLLOWS === #

    def _is_proposal_to_send(self):
        self.ensure_one()
        return bool(self.smarthome_object_id) and self.state in ("draft", "sent")

    def _register_sending(self, way):
        """Remember the sending, move the object on and plan the call that checks delivery.

        :param str way: one of ``WAYS``
        """
        for order in self.sudo():
            order.write({"smarthome_sent_way": way, "smarthome_sent_date": fields.Datetime.now()})
            site = order.smarthome_object_id
            if site.stage in STAGES_BEFORE_SENDING:
                site.stage = "negotiation"
            if site:
                site._plan_call(order._get_delivery_check_date(), kind="delivery")

    def _get_delivery_check_date(self):
        """Next working day of the company, at its call hour in the manager's time zone.

        :return: naive UTC datetime
        """
        self.ensure_one()
        company = self.company_id
        zone = company._smarthome_zone(self.smarthome_object_id.user_id or self.user_id)
        today = to_local(fields.Datetime.now(), zone).date()
        day = company._get_next_working_day(today)
        return at_hour(day, company.smarthome_call_hour, zone)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_next_working_day(self, day):
        """First day after a day on which the company works, by its calendar with its leaves."""
        self.ensure_one()
        calendar = self.resource_calendar_id
        tomorrow = day + timedelta(days=1)
        zone = pytz.timezone(calendar.tz or "UTC")
        start = zone.localize(datetime.combine(tomorrow, time.min))
        end = start + timedelta(days=CALENDAR_DAYS)
        unusual = calendar._get_unusual_days(start, end, self)
        working = (name for name, is_unusual in sorted(unusual.items()) if not is_unusual)
        return fields.Date.to_date(next(working, None)) or tomorrow
