from odoo import fields, models
from odoo.exceptions import UserError

ACTIVITY = "mail.mail_activity_data_todo"


class PurchaseRequest(models.Model):
    """Approval of a request: sent, approved or returned with a remark, told to purchasing."""

    _inherit = "purchase.request"

    def button_to_approve(self):
        """Send the requests to those who approve; each gets an activity."""
        self.check_access("read")
        for site in self.sudo().smarthome_object_id:
            if not site.engineer_id and not self.env.user._smarthome_has_role("head"):
                raise UserError(
                    self.env._(
                        "Choose the lead engineer of %(object)s first: he approves the request.",
                        object=site.display_name,
                    )
                )
        self._check_not_empty()
        result = super().button_to_approve()
        for request in self.filtered("smarthome_object_id"):
            request.sudo()._ask_approver(request._get_approver())
        return result

    def _check_not_empty(self):
        for request in self:
            if not request.to_approve_allowed and request.state == "draft":
                raise UserError(self.env._("Nothing is asked for in %s.", request.display_name))

    def _ask_approver(self, approver):
        """Let the approver know, or the heads where the only one is who asks himself."""
        self.write({"assigned_to": approver.id, "smarthome_remark": False})
        if not approver:
            self._tell("head", self.env._("%s waits for approval.", self.name))
            return
        self.activity_schedule(
            ACTIVITY,
            user_id=approver.id,
            date_deadline=fields.Date.context_today(self),
            summary=self.with_context(lang=approver.lang).env._(
                "Approve the request to purchasing: %s", self.smarthome_for_whom
            ),
        )

    def button_approved(self):
        """Approve; purchasing is told."""
        result = super().button_approved()
        self.sudo().write(
            {
                "smarthome_approver_id": self.env.uid,
                "smarthome_approved_on": fields.Datetime.now(),
                "smarthome_remark": False,
            }
        )
        for request in self:
            request.sudo()._finish_activities()
            request._tell_purchasing()
        return result

    def _finish_activities(self):
        """Nobody has to decide any more."""
        self.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        ).unlink()

    def _tell_purchasing(self):
        """Those who buy hear of an approved request."""
        date = fields.Date.to_string(self.smarthome_needed_date) or "—"
        body = self.env._(
            "%(request)s is approved; needed by %(date)s.", request=self.name, date=date
        )
        self._tell("purchasing", body)

    def _tell(self, role, body):
        """A notice for everybody of a role, in the bell and by their own settings by mail."""
        group = self.env.ref(f"smarthome_base.group_smarthome_{role}")
        people = group.sudo().all_user_ids.filtered("active") - self.env.user
        if people:
            subject = self.env._("Request to purchasing: %s", self.smarthome_for_whom or self.name)
            self.message_notify(partner_ids=people.partner_id.ids, subject=subject, body=body)

    def action_smarthome_ask_return(self):
        """Ask for the remark with which the request goes back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return with a Remark"),
            "res_model": "smarthome.request.return",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "dialog_size": "medium"},
        }

    def action_smarthome_return(self, remark):
        """Give a request back to whoever asked, with what is to be changed.

        :param str remark: kept on the request and in its chatter
        """
        self.ensure_one()
        remark = (remark or "").strip()
        if not remark:
            raise UserError(self.env._("Write what is to be changed."))
        self.button_draft()
        self.sudo()._keep_remark(remark)
        self.message_post(body=self.env._("Returned: %s", remark))

    def _keep_remark(self, remark):
        self._finish_activities()
        self.smarthome_remark = remark
        self.activity_schedule(
            ACTIVITY,
            user_id=self.requested_by.id,
            date_deadline=fields.Date.context_today(self),
            summary=self.with_context(lang=self.requested_by.lang).env._(
                "The request came back: %s", self.smarthome_for_whom or self.name
            ),
            note=remark,
        )

    def button_draft(self):
        """Open the requests to changes; cancelled lines come back."""
        self._check_step("draft")
        self.line_ids.filtered("cancelled").sudo().do_uncancel()
        return self.write({"state": "draft"})

    def button_rejected(self):
        """Refuse the requests; nobody waits for them any more."""
        result = super().button_rejected()
        for request in self.sudo():
            request._finish_activities()
        return result
