from odoo import models
from odoo.exceptions import UserError


class SmarthomeObject(models.Model):
    """An object that is refused is rung again in a year, and can be opened anew."""

    _inherit = "smarthome.object"

    def write(self, vals):
        """An object that is open again is rung soon, not in a year."""
        reopened = self.browse()
        if vals.get("stage", "refused") != "refused":
            reopened = self.filtered(lambda record: record.stage == "refused")
        result = super().write(vals)
        reopened.filtered(lambda record: record._is_to_be_called())._plan_call(kind=None)
        return result

    def action_refuse(self, reason_id=None, next_date=None):
        """Refuse the object.

        :param reason_id: the reason; without it a form asks for it
        :param next_date: when the client is rung again; in a year without it
        :return: action of the form, or True
        """
        self.ensure_one()
        if not reason_id:
            return self._open_refusal()
        reason = self.env["smarthome.refusal.reason"].browse(reason_id)
        call = self.env["smarthome.call"]
        return self._refuse(reason, call._to_moment(next_date))

    def _open_refusal(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "smarthome.refuse",
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {"default_object_id": self.id},
        }

    def _refuse(self, reason, next_date=None, call=None, answer=None):
        """Move the object aside, answer the call at hand and plan the one in a year.

        :param reason: smarthome.refusal.reason
        :param next_date: datetime; in a year without it
        :param call: the planned call that brought the refusal; the next one without it
        :param answer: what was said; the reason without it
        """
        self.ensure_one()
        if not reason:
            raise UserError(self.env._("Choose the reason of the refusal."))
        self.write({"stage": "refused", "refusal_reason_id": reason.id})
        moment = next_date or self.company_id._smarthome_propose_in_a_year(self.user_id)
        call = call or self.next_call_id
        said = answer or self.env._("Refused: %(reason)s", reason=reason.name)
        if call and (answer or call.state == "planned"):
            call.action_answer(said, moment)
        else:
            self._plan_call(moment)
        return True

    def action_reopen(self):
        """Open refused objects anew; the settings propose the next call."""
        for record in self.filtered(lambda record: record.stage == "refused"):
            record.stage = "negotiation" if record.order_ids else "new"
        return True
