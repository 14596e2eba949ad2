from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..const import STAGES_WITHOUT_CALL


class SmarthomeObject(models.Model):
    """The calls of an object: an open object always has a next date."""

    _inherit = "smarthome.object"

    call_ids = fields.One2many(
        comodel_name="smarthome.call",
        inverse_name="object_id",
        string="Calls",
    )
    next_call_id = fields.Many2one(
        comodel_name="smarthome.call",
        string="Planned Call",
        compute="_compute_next_call_id",
        store=True,
        index="btree_not_null",
        copy=False,
    )
    next_call_date = fields.Datetime(
        string="Next Call",
        compute="_compute_next_call_date",
        inverse="_inverse_next_call_date",
        store=True,
        index=True,
        copy=False,
    )
    last_answer = fields.Text(
        compute="_compute_last_answer",
        store=True,
        copy=False,
    )

    # === Computes ===

    @api.depends("call_ids.state", "call_ids.date")
    def _compute_next_call_id(self):
        for record, call_id in self._get_next_call_ids().items():
            record.next_call_id = call_id

    @api.depends("next_call_id.date")
    def _compute_next_call_date(self):
        for record in self:
            record.next_call_date = record.next_call_id.date

    def _get_next_call_ids(self):
        """Return {object: id of the earliest planned call or False}."""
        saved = self.filtered(lambda record: isinstance(record.id, int))
        found = saved._select_calls(SQL("state = 'planned'"), SQL("date, id"))
        result = {record: found.get(record.id, False) for record in saved}
        for record in self - saved:
            planned = record.call_ids.filtered(lambda call: call.state == "planned")
            result[record] = planned.sorted("date")[:1].id
        return result

    def _select_calls(self, condition, order):
        """Return {object id: id of the first call by the order}, in one query."""
        if not self:
            return {}
        calls = self.env["smarthome.call"]
        calls.flush_model(["object_id", "state", "date", "answer"])
        query = SQL(
            "SELECT DISTINCT ON (object_id) object_id, id FROM smarthome_call"
            " WHERE object_id IN %s AND %s ORDER BY object_id, %s",
            tuple(self.ids),
            condition,
            order,
        )
        return dict(self.env.execute_query(query))

    @api.depends("call_ids.answer", "call_ids.state", "call_ids.date")
    def _compute_last_answer(self):
        saved = self.filtered(lambda record: isinstance(record.id, int))
        found = saved._select_calls(
            SQL("state = 'done' AND answer <> ''"), SQL("date DESC, id DESC")
        )
        calls = self.env["smarthome.call"].sudo().browse(found.values()).grouped("object_id")
        for record in self:
            record.last_answer = calls[record._origin].answer if record._origin in calls else False

    def _inverse_next_call_date(self):
        for record in self.filtered("next_call_date"):
            record._plan_call(record.next_call_date, kind=None)

    # === Create and write ===

    @api.model_create_multi
    def create(self, vals_list):
        """Every open object begins with a planned first control call.

        It is planned when the object is there: its activity subscribes the manager, whom Odoo
        subscribes too while it creates the object.
        """
        dates = [vals.get("next_call_date") for vals in vals_list]
        objects = super().create(
            [{key: vals[key] for key in vals if key != "next_call_date"} for vals in vals_list]
        )
        for record, date in zip(objects, dates, strict=True):
            if date:
                record._plan_call(fields.Datetime.to_datetime(date), kind=None)
        objects._plan_missing_calls()
        return objects

    def write(self, vals):
        """Move the planned calls along with the manager; plan one where it came to be missing."""
        result = super().write(vals)
        if {"user_id", "partner_id"} & vals.keys():
            self._move_planned_calls(vals)
        if "stage" in vals:
            self._plan_missing_calls()
        return result

    def _move_planned_calls(self, vals):
        """Give the planned calls the object's new manager and client."""
        calls = self.env["smarthome.call"].sudo()
        planned = calls.search([("object_id", "in", self.ids), ("state", "=", "planned")])
        if vals.get("user_id"):
            planned.write({"user_id": vals["user_id"]})
        if "partner_id" in vals:
            for partner, of_client in planned.grouped(
                lambda call: call.object_id.partner_id
            ).items():
                of_client.write(self._prepare_called_values(partner))

    # === Business ===

    def _is_to_be_called(self):
        """Tell whether the rule «an open object always has a next date» holds here."""
        self.ensure_one()
        return self.stage not in STAGES_WITHOUT_CALL

    def _plan_call(self, date=None, kind="control", **values):
        """Make or move the one planned call of each object.

        :param date: naive UTC datetime; by the company's settings without it
        :param str kind: of the call; ``None`` leaves that of a call that is moved
        :param values: further values of the call
        :return: the planned calls
        """
        self.check_access("write")
        calls = self.env["smarthome.call"].sudo()
        to_create = []
        for record in self.sudo():
            moment = date or record._propose_call_date()
            wanted = {"date": moment, **({"kind": kind} if kind else {}), **values}
            if record.next_call_id:
                record.next_call_id.write(wanted)
                calls |= record.next_call_id
            else:
                to_create.append({**record._prepare_planned_call_values(), **wanted})
        return (calls | calls.create(to_create)).sudo(self.env.su)

    def _plan_missing_calls(self):
        """Plan a call of every open object that has none."""
        missing = self.filtered(
            lambda record: record._is_to_be_called() and not record.next_call_id
        )
        if missing:
            missing.sudo()._plan_call()

    def _cancel_planned_calls(self):
        """Cancel the planned calls, by set; they stay in the table of calls.

        :return: the calls that were cancelled
        """
        domain = [("object_id", "in", self.ids), ("state", "=", "planned")]
        planned = self.env["smarthome.call"].sudo().search(domain)
        planned.write({"state": "cancelled"})
        return planned

    def _propose_call_date(self):
        """Return when the manager rings next, by the company's settings."""
        self.ensure_one()
        if self.stage == "refused":
            return self.company_id._smarthome_propose_in_a_year(self.user_id)
        return self.company_id._smarthome_propose_call(self.user_id)

    def _prepare_planned_call_values(self):
        """Return the values of a planned call of the object, without its date."""
        self.ensure_one()
        return {
            "state": "planned",
            "direction": "out",
            "kind": "control",
            "object_id": self.id,
            "user_id": self.user_id.id,
            "company_id": self.company_id.id,
            **self._prepare_called_values(self.partner_id),
        }

    @api.model
    def _prepare_called_values(self, partner):
        return {"partner_id": partner.id, "name": partner.name, "phone": partner.phone}

    def _check_next_call(self, without=None):
        """Refuse to leave an open object without its next date.

        :param without: calls that are about to be deleted
        """
        calls = self.env["smarthome.call"].sudo()
        domain = [("object_id", "in", self.ids), ("state", "=", "planned")]
        planned = calls.search(domain) - (without or calls)
        kept = planned.object_id
        for record in self - kept:
            if record._is_to_be_called():
                raise UserError(
                    self.env._(
                        "Choose the date of the next call: %(object)s is open and would be left "
                        "without one.",
                        object=record.display_name,
                    )
                )
