from odoo import fields, models
from odoo.exceptions import UserError


class SmarthomeCall(models.Model):
    """What becomes of a call besides an object: rung back, handed over, no client."""

    _inherit = "smarthome.call"

    def action_hand_over(self, user_id=None):
        """Give a call to another manager, who finds it among his calls to make.

        :param user_id: the manager; without it a form asks for him, proposing the client's own
        :return: action that leads back to the calls
        """
        self.ensure_one()
        if not user_id:
            return self._open_wizard("smarthome.call.hand.over", self.env._("Hand Over"))
        self._lock_row()
        user = self.env["res.users"].browse(user_id)
        if not user._smarthome_is_manager():
            raise UserError(self.env._("Calls are handed over to managers; choose one of them."))
        if self.user_id == user and self.outcome == "handed_over":
            return self._open_calls()
        self._hand_over(user)
        return self._open_calls()

    def _hand_over(self, user):
        """Move the call to a manager; what is not planned yet becomes a call to make now."""
        call = self.sudo()
        if call.state == "planned":
            call.write({"user_id": user.id})
        else:
            call.with_context(smarthome_source_later=True).write(
                {"user_id": user.id, "outcome": "handed_over"}
            )
            values = call._prepare_next_call_values(fields.Datetime.now())
            call = call.create(values)
        call._find_activities().with_context(mail_activity_quick_update=False).action_notify()

    def action_call_back(self):
        """Plan a call to the number, by the form that asks for the date."""
        self.ensure_one()
        return self._open_wizard(
            "smarthome.call.answer", self.env._("Ring Back"), choice="tomorrow"
        )

    def action_spam(self):
        """Finish a call that nobody needs."""
        self.write({"outcome": "spam"})
        return self._open_calls()

    def action_wrong_number(self):
        """Finish a call that was meant for somebody else."""
        self.write({"outcome": "wrong_number"})
        return self._open_calls()

    def action_open_answer(self):
        """Open the form that asks for the answer and the next date."""
        self.ensure_one()
        return self._open_wizard("smarthome.call.answer", self.env._("Answer"))

    def action_open_object(self):
        """Open the object of the call."""
        self.ensure_one()
        return self._open_object()

    def action_cancel(self):
        """Cancel planned calls that are needed no more."""
        self.filtered(lambda call: call.state == "planned").write({"state": "cancelled"})

    def _open_wizard(self, model, name, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_call_id": self.id,
                **{f"default_{key}": value for key, value in defaults.items()},
            },
        }

    def _open_calls(self):
        action = self.env["ir.actions.actions"]._for_xml_id("smarthome_crm.smarthome_call_action")
        return {**action, "target": "main"}
