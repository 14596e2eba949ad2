from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.call_dates import add_working_days, at_hour, to_local

#: how far away each proposal lies
PROPOSALS = {
    "tomorrow": relativedelta(days=1),
    "three_days": relativedelta(days=3),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "refuse": relativedelta(years=1),
}


class SmarthomeCallAnswer(models.TransientModel):
    """What was said, and when the next call is."""

    _name = "smarthome.call.answer"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Answer of a Call"

    _reach_fields = ("call_id",)

    call_id = fields.Many2one(comodel_name="smarthome.call", required=True, ondelete="cascade")
    object_id = fields.Many2one(related="call_id.object_id")
    state = fields.Selection(related="call_id.state")
    phone = fields.Char(related="call_id.phone_readable", string="Telephone")
    caller = fields.Char(related="call_id.name", string="Who")
    need = fields.Text(related="call_id.need")
    last_answer = fields.Text(related="call_id.object_id.last_answer", string="Last Answer")
    has_source = fields.Boolean(compute="_compute_has_source")
    source_id = fields.Many2one(comodel_name="utm.source", string="How He Found Us")
    answer = fields.Text()
    choice = fields.Selection(
        selection=[
            ("tomorrow", "Tomorrow"),
            ("three_days", "In 3 Days"),
            ("week", "In a Week"),
            ("month", "In a Month"),
            ("date", "Date…"),
            ("refuse", "Refused: In a Year"),
        ],
        string="Next Call",
    )
    next_date = fields.Datetime(
        string="When",
        compute="_compute_next_date",
        store=True,
        readonly=False,
    )
    kind = fields.Selection(
        selection=lambda self: (
            self.env["smarthome.call"]._fields["kind"]._description_selection(self.env)
        ),
        string="Kind of the Next Call",
        default="control",
        required=True,
    )
    reason_id = fields.Many2one(
        comodel_name="smarthome.refusal.reason",
        string="Reason of Refusal",
    )
    day_count = fields.Integer(string="Calls of That Day", compute="_compute_day_count")

    @api.depends("call_id")
    def _compute_has_source(self):
        for wizard in self:
            wizard.has_source = not wizard.call_id or not wizard.call_id._lacks_source()

    @api.depends("choice")
    def _compute_next_date(self):
        for wizard in self:
            if not wizard.choice:
                wizard.next_date = False
            elif wizard.choice in PROPOSALS:
                wizard.next_date = wizard._propose(PROPOSALS[wizard.choice])
            elif wizard.choice == "date" and not wizard.next_date:
                wizard.next_date = wizard._propose(PROPOSALS["tomorrow"])

    def _propose(self, delta):
        """Return the working day after a while, at the company's hour."""
        call = self.call_id
        company = call.company_id or self.env.company
        zone = company._smarthome_zone(call.user_id or self.env.user)
        day = to_local(fields.Datetime.now(), zone).date() + delta
        return at_hour(add_working_days(day, 0), company.smarthome_call_hour, zone)

    @api.depends("next_date", "call_id")
    def _compute_day_count(self):
        for wizard in self:
            user = wizard.call_id.user_id or self.env.user
            wizard.day_count = (
                self.env["smarthome.call"]._count_planned(wizard.next_date, user, wizard.call_id)
                if wizard.next_date
                else 0
            )

    def action_save(self):
        """Write the answer and plan the next call."""
        self.ensure_one()
        call = self.call_id
        if self.source_id and not self.has_source:
            call.source_id = self.source_id
        if self.choice == "refuse":
            self._refuse()
        elif call.state == "planned" or self.answer:
            call.action_answer(self._get_answer(), self.next_date, kind=self.kind)
        else:
            call.action_plan_call_back(self.next_date, kind=self.kind)
        return {"type": "ir.actions.act_window_close"}

    def action_save_next(self):
        """Save, then open the next planned call of the day."""
        self.action_save()
        following = self.call_id._find_next_of_day()
        if following:
            return following.action_open_answer()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("That was the last call of today."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_answer(self):
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write what was said; one word is enough."))
        return self.answer

    def _refuse(self):
        """Refuse the object of the call for the chosen reason."""
        if not self.object_id:
            raise UserError(self.env._("Only an object can be refused; choose a day instead."))
        if not self.reason_id:
            raise UserError(self.env._("Choose the reason of the refusal."))
        self.object_id._refuse(self.reason_id, self.next_date, self.call_id, self.answer)
