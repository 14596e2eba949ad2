from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.timeline import move_spans

#: fields that a bar of the timeline tells of
BAR_FIELDS = (
    "number",
    "name",
    "address",
    "stage",
    "engineer_id",
    "user_id",
    "work_date_start",
    "work_date_end",
    "done_percent",
)
#: more bars than a person can look through
BAR_LIMIT = 500


class SmarthomeObject(models.Model):
    """The timeline of objects in work: a bar from the start of installation to the hand-over."""

    _inherit = "smarthome.object"

    @api.model
    def get_timeline(self, domain):
        """Bars of the objects that the user may see, read by one query.

        :param domain: of the search above the timeline
        :return: dict with ``bars``, whether the user ``may_move`` them, and whether the timeline
            ``is_cut`` because there are too many
        """
        records = self.search_fetch(
            domain, BAR_FIELDS, order="work_date_start, work_date_end, id", limit=BAR_LIMIT + 1
        )
        stages = dict(self._fields["stage"]._description_selection(self.env))
        return {
            "bars": [record._prepare_bar(stages) for record in records[:BAR_LIMIT]],
            "may_move": self.env.user._smarthome_has_role("head"),
            "is_cut": len(records) > BAR_LIMIT,
        }

    def _prepare_bar(self, stages):
        """What the timeline shows of the object.

        :param stages: titles of the stages
        """
        engineer, manager = self.engineer_id.sudo(), self.user_id.sudo()
        return {
            "id": self.id,
            "number": self.number or "",
            "name": self.name,
            "address": self.address or "",
            "engineer": [engineer.id, engineer.name] if engineer else False,
            "manager": [manager.id, manager.name] if manager else False,
            "stage": [self.stage, stages[self.stage]],
            "start": fields.Date.to_string(self.work_date_start) or False,
            "end": fields.Date.to_string(self.work_date_end) or False,
            "done": self.done_percent,
            "days_left": self.days_left,
            "is_closed": self.stage == "closed",
        }

    def action_move_dates(self, date_start, date_end):
        """Let a head move the object on the timeline: the dates of its contracts follow.

        They are written as by hand, so the crew hears of it as of every change.

        :param date_start: new start of installation
        :param date_end: new expected hand-over
        :raise AccessError: the user is no head
        :raise UserError: the dates are not in order, or there is nothing to move
        """
        self.ensure_one()
        if not self.env.user._smarthome_has_role("head"):
            raise AccessError(
                self.env._("Only the head of department moves objects on the timeline; ask him.")
            )
        self.check_access("write")
        start, end = fields.Date.to_date(date_start), fields.Date.to_date(date_end)
        contracts = self._get_contracts_to_move(start, end)
        spans = [(order.smarthome_date_start, order.smarthome_date_end) for order in contracts]
        for order, span, was in zip(contracts, move_spans(spans, start, end), spans, strict=True):
            if span != was:
                order.write({"smarthome_date_start": span[0], "smarthome_date_end": span[1]})
        return True

    def _get_contracts_to_move(self, start, end):
        """Contracts of the object that have dates.

        :raise UserError: one sentence that says why nothing can be moved
        """
        if self.stage == "closed":
            raise UserError(self.env._("%s is closed: a head reopens it first.", self.display_name))
        if not start or not end or end < start:
            raise UserError(
                self.env._("The hand-over cannot come before the start of installation.")
            )
        contracts = self.order_ids.filtered(
            lambda order: (
                order.state == "sale" and order.smarthome_date_start and order.smarthome_date_end
            )
        )
        if not contracts:
            raise UserError(
                self.env._(
                    "%s has no contract with dates yet: write them in its contract.",
                    self.display_name,
                )
            )
        return contracts
