from odoo import fields, models

from odoo.addons.mail.tools.discuss import Store

from ..tools.call_dates import move_to_day


class MailActivity(models.Model):
    """The place of a planned call in Odoo's bell, activity views and calendar."""

    _inherit = "mail.activity"

    smarthome_call_id = fields.Many2one(
        comodel_name="smarthome.call",
        string="Planned Call",
        index="btree_not_null",
        ondelete="cascade",
    )

    def _smarthome_planned_calls(self):
        """Return the planned calls of activities, unless the calls themselves are at work."""
        if self.env.context.get("smarthome_call_sync"):
            return self.env["smarthome.call"]
        calls = self.sudo().smarthome_call_id
        return calls.filtered(lambda call: call.state == "planned")

    def write(self, vals):
        """Move the call with its activity, keeping the hour; another person's diary likewise."""
        result = super().write(vals)
        if {"date_deadline", "user_id", "active"} & vals.keys():
            self._smarthome_move_calls(vals)
        return result

    def _smarthome_move_calls(self, vals):
        calls = self._smarthome_planned_calls()
        if vals.get("date_deadline"):
            day = fields.Date.to_date(vals["date_deadline"])
            by_moment = calls.grouped(
                lambda call: move_to_day(
                    call.date, day, call.company_id._smarthome_zone(call.user_id)
                )
            )
            for moment, at_moment in by_moment.items():
                at_moment.write({"date": moment})
        if vals.get("user_id"):
            calls.write({"user_id": vals["user_id"]})
        if vals.get("active") is False:
            calls._sync_activities()

    def unlink(self):
        """A deleted activity comes back while its call is planned."""
        calls = self._smarthome_planned_calls()
        result = super().unlink()
        calls.exists()._sync_activities()
        return result

    def action_done(self):
        """«Done» of a planned call opens the form that asks for the answer."""
        calls = self._smarthome_planned_calls()
        if len(self) == 1 and calls:
            return calls.sudo(False).action_open_answer()
        return super().action_done()

    def _action_done(self, feedback=False, attachment_ids=None):
        """What marks an activity done without the form answers the call, so nothing is lost."""
        calls = self._smarthome_planned_calls()
        quiet = self.with_context(smarthome_call_sync=True) if calls else self
        result = super(MailActivity, quiet)._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )
        for call in calls:
            call._answer_by_settings(feedback)
        return result

    def _to_store_defaults(self, target):
        """Tell the web client which activities are answered by the form of calls."""
        planned_call = Store.Attr(
            "smarthome_call_id", lambda activity: activity._smarthome_planned_calls().id
        )
        return super()._to_store_defaults(target) + [planned_call]
