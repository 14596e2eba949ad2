from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.call_dates import at_hour, to_local

#: length of a date without an hour, as integrations send it
DATE_LENGTH = 10


class SmarthomeCall(models.Model):
    """The plan of calls: each planned call has its activity, each answer the next call."""

    _inherit = "smarthome.call"

    # === Answer ===

    def action_answer(self, answer, next_date=None, kind="control", outcome=None):
        """Write the answer of a call and plan the next one.

        :param str answer: what was said
        :param next_date: datetime, or date (then at the company's hour); without it only where
            the object needs no next call
        :param str kind: kind of the next call
        :param str outcome: of an incoming call
        :return: the next planned call, empty without a next date
        """
        self.ensure_one()
        self._lock_row()
        if self.state != "planned" and self.answer == answer:
            return self._get_planned_next()
        if self.state in ("done", "cancelled") and self.answer:
            raise UserError(self.env._("This call is answered already; record a new one."))
        self._ask_source()
        moment = self._to_moment(next_date)
        if moment and moment < self._get_start_of_today():
            raise UserError(self.env._("The next call lies in the past; choose a day to come."))
        values = {"answer": answer, "next_date": moment}
        if self.state == "planned":
            values["state"] = "done"
        if outcome:
            values["outcome"] = outcome
        self.with_context(smarthome_next_kind=kind).write(values)
        return self._get_planned_next()

    def _get_start_of_today(self):
        """Return when the manager's own day began, as naive UTC."""
        zone = (self.company_id or self.env.company)._smarthome_zone(self.user_id)
        return at_hour(to_local(fields.Datetime.now(), zone).date(), 0, zone)

    def _answer_by_settings(self, answer):
        """Write an answer that came without a next date; the settings propose one."""
        self.ensure_one()
        target = self.object_id
        values = {"answer": answer or self.env._("Done"), "state": "done"}
        if target and target._is_to_be_called():
            days = self.company_id.smarthome_next_call_days
            values["next_date"] = self.company_id._smarthome_propose_call(self.user_id, days)
        self.with_context(smarthome_call_sync=False).write(values)

    def _to_moment(self, value):
        """Return what was given as a next date as naive UTC."""
        if not value:
            return False
        has_hour = isinstance(value, datetime) or (
            isinstance(value, str) and len(value) > DATE_LENGTH
        )
        if has_hour:
            return fields.Datetime.to_datetime(value)
        day = value if isinstance(value, date) else fields.Date.to_date(value)
        company = self.company_id or self.env.company
        return at_hour(day, company.smarthome_call_hour, company._smarthome_zone(self.user_id))

    def _plan_next(self):
        """Plan the next call of answered calls by their next date."""
        kind = self.env.context.get("smarthome_next_kind", "control")
        for call in self:
            if call.object_id:
                call.object_id.sudo()._plan_call(call.next_date, kind, previous_call_id=call.id)
            else:
                values = call._prepare_next_call_values(call.next_date, kind)
                self.sudo().create(values)

    def _prepare_next_call_values(self, moment, kind="other"):
        """Return the values of a planned call to the same person, without an object."""
        self.ensure_one()
        return {
            "state": "planned",
            "direction": "out",
            "kind": kind,
            "date": moment,
            "name": self.name,
            "phone": self.phone,
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id,
            "company_id": self.company_id.id,
            "need": self.need,
            "previous_call_id": self.id,
        }

    def action_plan_call_back(self, next_date=None, kind="other"):
        """Plan to ring the caller back; the call at hand says so.

        :param next_date: datetime or date; by the settings without it
        :return: the planned call
        """
        self.ensure_one()
        self._lock_row()
        planned = self._get_planned_next()
        if planned and self.outcome == "callback":
            return planned
        moment = self._to_moment(next_date) or self.company_id._smarthome_propose_call(self.user_id)
        later = self.with_context(smarthome_source_later=True, smarthome_next_kind=kind)
        later.write({"outcome": "callback", "next_date": moment})
        return self._get_planned_next()

    def _get_planned_next(self):
        """Return the planned call that follows this one."""
        planned = self.next_call_ids.filtered(lambda call: call.state == "planned")
        return (planned or self.object_id.sudo().next_call_id.sudo(self.env.su))[:1]

    def _lock_row(self):
        """Wait for whoever works on the same call at this moment."""
        self.check_access("write")
        self.flush_recordset()
        query = SQL("UPDATE smarthome_call SET id = id WHERE id IN %s", tuple(self.ids))
        self.env.cr.execute(query, log_exceptions=False)
        self.invalidate_recordset()

    # === Activities ===

    def _find_activities(self):
        """Return the activities of planned calls that are still to do, in sudo."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .with_context(smarthome_call_sync=True, mail_activity_quick_update=True)
        )
        return activities.search([("smarthome_call_id", "in", self.ids)])

    def _create_activities(self):
        """Put planned calls into the diaries of their managers, in one go."""
        planned = self.sudo().filtered(lambda call: call.state == "planned")
        if not planned:
            return
        planned.object_id.mapped("display_name")
        activities = (
            self.env["mail.activity"]
            .sudo()
            .with_context(smarthome_call_sync=True, mail_activity_quick_update=True)
        )
        activities.create([call._prepare_activity_values() for call in planned])

    def _prepare_activity_values(self):
        """Return the values of the activity of a planned call."""
        self.ensure_one()
        zone = self.company_id._smarthome_zone(self.user_id)
        local = to_local(self.date, zone)
        document = self.object_id or self
        reader = self.with_context(lang=self.user_id.lang or self.env.lang)
        kinds = dict(self._fields["kind"]._description_selection(reader.env))
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "smarthome_crm.mail_activity_type_call"
            ),
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "user_id": self.user_id.id,
            "date_deadline": local.date(),
            "summary": f"{local:%H:%M} {kinds.get(self.kind, '')}",
            "smarthome_call_id": self.id,
            "automated": True,
        }

    def _sync_activities(self):
        """Make the activities say what the planned calls say; lost ones come back."""
        planned = self.sudo().filtered(lambda call: call.state == "planned")
        by_call = planned._find_activities().grouped("smarthome_call_id")
        missing = planned.filtered(lambda call: call not in by_call)
        missing._create_activities()
        changes = {}
        for call in planned - missing:
            activity = by_call[call][:1]
            values = call._get_changed_values(activity)
            if values:
                changes.setdefault(tuple(values.items()), activity.browse())
                changes[tuple(values.items())] |= activity
            (by_call[call] - activity).unlink()
        for items, activities in changes.items():
            activities.write(dict(items))

    def _get_changed_values(self, activity):
        wanted = self._prepare_activity_values()
        current = {
            name: activity[name].id if name.endswith("_id") and name != "res_id" else activity[name]
            for name in wanted
        }
        return {name: value for name, value in wanted.items() if current[name] != value}

    def _close_activities(self):
        """Finish the activities of calls that are planned no more, found by set."""
        if not self or self.env.context.get("smarthome_call_sync"):
            return
        activities = self._find_activities()
        for call, found in activities.grouped("smarthome_call_id").items():
            if call.state == "done":
                activities -= found
                found._action_done(feedback=call.answer or False)
        activities.unlink()

    # === The plan of a day ===

    @api.model
    def _count_planned(self, moment, user, without=None):
        """Return how many planned calls a manager has on the local day of a moment.

        :param without: a call that is not counted
        """
        zone = self.env.company._smarthome_zone(user)
        day = to_local(moment, zone).date()
        domain = [
            ("user_id", "=", user.id),
            ("state", "=", "planned"),
            ("date", ">=", at_hour(day, 0, zone)),
            ("date", "<", at_hour(day + timedelta(days=1), 0, zone)),
            ("id", "not in", without.ids if without else []),
        ]
        return self.sudo().search_count(domain)

    def _find_next_of_day(self):
        """Return the user's next planned call that is overdue or of today."""
        user = self.env.user
        zone = self.env.company._smarthome_zone(user)
        tomorrow = to_local(fields.Datetime.now(), zone).date() + timedelta(days=1)
        domain = [
            ("user_id", "=", user.id),
            ("state", "=", "planned"),
            ("date", "<", at_hour(tomorrow, 0, zone)),
            ("id", "not in", self.ids),
        ]
        return self.search(domain, order="date, id", limit=1)
