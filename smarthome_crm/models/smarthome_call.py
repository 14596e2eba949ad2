from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError

#: outcomes of calls that come from nobody who could become a client
OUTCOMES_WITHOUT_CLIENT = ("spam", "wrong_number")
#: outcomes that hand the call on to later, without finishing the talk
OUTCOMES_GOING_ON = ("callback", "handed_over")
#: open calls come first by their date, the history follows, latest first
HISTORY_ORDER = 1e11


class SmarthomeCall(models.Model):
    """A telephone call, what was and what is planned (ЗВОНОК)."""

    _name = "smarthome.call"
    _description = "Call"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "diary_order, id desc"

    # === What was or will be ===
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("done", "Done"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    direction = fields.Selection(
        selection=[("in", "Incoming"), ("out", "Outgoing")],
        required=True,
        default="in",
    )
    kind = fields.Selection(
        selection=[
            ("control", "Control Call"),
            ("delivery", "Delivery Check"),
            ("decision", "Decision"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    date = fields.Datetime(string="When", default=fields.Datetime.now, index=True)
    is_open = fields.Boolean(
        string="To Do",
        compute="_compute_is_open",
        store=True,
        help="Planned, or recorded and not finished yet.",
    )
    situation = fields.Selection(
        selection=[
            ("overdue", "Overdue"),
            ("planned", "Planned"),
            ("to_finish", "To Finish"),
            ("done", "Done"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_situation",
    )
    diary_order = fields.Float(
        compute="_compute_diary_order",
        store=True,
        aggregator=None,
        export_string_translation=False,
    )

    # === Who ===
    name = fields.Char(
        string="Caller's Name",
        compute="_compute_name",
        store=True,
        readonly=False,
        index="trigram",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        compute="_compute_partner_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        default=lambda self: self.env.user,
        index=True,
    )
    rung_user_id = fields.Many2one(comodel_name="res.users", string="Who Was Rung")
    answered_by_id = fields.Many2one(comodel_name="res.users", string="Answered by")
    ring_seconds = fields.Integer(string="Seconds of Ringing", aggregator="avg")
    is_intercepted = fields.Boolean(
        string="Intercepted",
        compute="_compute_is_intercepted",
        store=True,
        readonly=False,
        help="Answered by another person than the one who was rung.",
    )

    # === What about ===
    is_first_time = fields.Boolean(
        string="First-Time Caller",
        compute="_compute_is_first_time",
        store=True,
        readonly=False,
        help="The number was not known before this call.",
    )
    source_id = fields.Many2one(
        comodel_name="utm.source",
        string="How He Found Us",
        help="Asked when the call of a first-time caller is finished.",
    )
    need = fields.Text(index="trigram")
    outcome = fields.Selection(
        selection=[
            ("object", "Object"),
            ("callback", "To Ring Back"),
            ("handed_over", "Handed Over"),
            ("information", "Information Given"),
            ("spam", "Spam"),
            ("wrong_number", "Wrong Number"),
            ("other", "Other"),
        ],
        copy=False,
    )
    answer = fields.Text(copy=False)
    told = fields.Text(
        string="What Was Said",
        compute="_compute_told",
        help="The answer; before there is one, what the caller needs or how the call ended.",
    )
    next_date = fields.Datetime(string="Next Call", copy=False)
    previous_call_id = fields.Many2one(
        comodel_name="smarthome.call",
        string="Follows",
        index="btree_not_null",
        copy=False,
    )
    next_call_ids = fields.One2many(
        comodel_name="smarthome.call",
        inverse_name="previous_call_id",
        string="Followed by",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )

    entry_key = fields.Char(
        copy=False,
        export_string_translation=False,
        help="Of the form in which a call is typed: what is sent twice is one call.",
    )

    # === The object, and what it is made of ===
    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    object_type_id = fields.Many2one(
        comodel_name="smarthome.object.type",
        string="Type of Object",
        compute="_compute_object_type_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    object_name = fields.Char(
        string="Name of the Object",
        compute="_compute_object_name",
        store=True,
        readonly=False,
    )
    address = fields.Char()
    first_control_date = fields.Datetime(
        string="First Control Call",
        compute="_compute_first_control_date",
        store=True,
        readonly=False,
        copy=False,
    )

    _entry_key_uniq = models.UniqueIndex(
        "(entry_key) WHERE entry_key IS NOT NULL",
        "This call is recorded already; it stands in the list of calls.",
    )
    _diary_order_idx = models.Index("(diary_order, id DESC)")
    _user_diary_idx = models.Index("(user_id, diary_order, id DESC)")
    _first_time_idx = models.Index("(diary_order, id DESC) WHERE is_first_time")
    _open_idx = models.Index("(user_id, date) WHERE is_open IS TRUE")
    _object_planned_idx = models.Index("(object_id, date, id) WHERE state = 'planned'")
    _user_planned_idx = models.Index("(user_id, date) WHERE state = 'planned'")

    # === Computes ===

    @api.depends("date")
    def _compute_state(self):
        """What lies ahead is planned, what a person records has happened."""
        ahead = fields.Datetime.now() + timedelta(minutes=1)
        for call in self:
            if not call.state or not call._origin:
                call.state = "planned" if call.date and call.date > ahead else "done"

    @api.depends(
        "state", "direction", "outcome", "answer", "object_id", "is_first_time", "source_id"
    )
    def _compute_is_open(self):
        for call in self:
            call.is_open = call.state == "planned" or (
                call.direction == "in"
                and call.state in ("done", "missed")
                and not call._is_finished()
            )

    def _is_finished(self):
        """Tell whether nothing more is asked about a call that was."""
        self.ensure_one()
        if self.state == "missed":
            return bool(self.outcome or self.answer)
        told = self.outcome or self.answer or self.object_id
        return bool(told) and not self._lacks_source()

    def _lacks_source(self):
        """Tell whether a real first-time caller was not asked how he found us."""
        self.ensure_one()
        return (
            self.direction == "in"
            and self.is_first_time
            and not self.source_id
            and self.outcome not in OUTCOMES_WITHOUT_CLIENT
        )

    @api.depends("answer", "need", "outcome")
    @api.depends_context("lang")
    def _compute_told(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        for call in self:
            call.told = call.answer or call.need or outcomes.get(call.outcome)

    @api.depends("state", "is_open", "date")
    def _compute_situation(self):
        now = fields.Datetime.now()
        for call in self:
            if call.state == "planned" and call.date and call.date < now:
                call.situation = "overdue"
            elif call.state == "done" and call.is_open:
                call.situation = "to_finish"
            else:
                call.situation = call.state

    @api.depends("is_open", "date")
    def _compute_diary_order(self):
        for call in self:
            moment = (call.date or call.create_date or fields.Datetime.now()).timestamp()
            call.diary_order = moment if call.is_open else HISTORY_ORDER - moment

    @api.depends("rung_user_id", "answered_by_id")
    def _compute_is_intercepted(self):
        for call in self:
            rung, answered = call.rung_user_id, call.answered_by_id
            call.is_intercepted = bool(rung and answered and rung != answered)

    @api.depends("direction")
    def _compute_object_type_id(self):
        """Propose the first type of all."""
        asking = self.filtered(lambda call: call.direction == "in" and not call.object_type_id)
        asking.object_type_id = asking and self.env["smarthome.object.type"].search([], limit=1)

    @api.depends("object_type_id", "address", "name", "partner_id", "phone_sanitized")
    def _compute_object_name(self):
        """Propose the type with the address, or with the client."""
        for call in self:
            if call.object_id or call.state == "planned" or call.direction == "out":
                continue
            client = call.partner_id.sudo().name or call.name
            call.object_name = ", ".join(
                filter(None, (call.object_type_id.name, call.address or client))
            )

    @api.depends("user_id", "company_id")
    def _compute_first_control_date(self):
        for call in self:
            if call.object_id or call.state == "planned" or call.direction == "out":
                continue
            call.first_control_date = call.company_id._smarthome_propose_call(call.user_id)

    @api.depends("name", "partner_id", "phone", "object_id")
    def _compute_display_name(self):
        for call in self:
            who = call.name or call.partner_id.sudo().name
            parts = (who, call.phone_readable or call.phone, call.object_id.sudo().display_name)
            call.display_name = ", ".join(filter(None, parts)) or self.env._("Call")

    # === Create, write, unlink ===

    @api.model_create_multi
    def create(self, vals_list):
        """Record calls; no field is asked for, the plan and the activities follow in one go."""
        if len(vals_list) == 1 and vals_list[0].get("entry_key"):
            entered = self.search([("entry_key", "=", vals_list[0]["entry_key"])])
            if entered:
                entered.write({key: value for key, value in vals_list[0].items() if value})
                return entered
        cleaned = [self._clean_values(vals) for vals in vals_list]
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        calls = super(SmarthomeCall, quiet).create(cleaned).with_env(self.env)
        calls._create_activities()
        calls.filtered(
            lambda call: call.next_date and call.state in ("done", "missed")
        )._plan_next()
        return calls

    @api.model
    def default_get(self, fields):
        """Give each new form a key of its own, by which a second sending is known."""
        values = super().default_get(fields)
        if "entry_key" in fields and self.env.context.get("smarthome_call_form"):
            values.setdefault("entry_key", uuid4().hex)
        return values

    @api.model
    def _clean_values(self, vals):
        """Leave out what is empty where the model has a value of its own."""
        own_values = ("date", "direction", "kind", "state", "company_id")
        return {key: value for key, value in vals.items() if value or key not in own_values}

    def write(self, vals):
        """Keep the plan: an answer finishes a planned call, a new date moves its activity."""
        vals = {key: value for key, value in vals.items() if key != "date" or value}
        planned = self.filtered(lambda call: call.state == "planned")
        if vals.get("answer") and "state" not in vals and planned:
            return (self - planned).write(vals) and planned.write({**vals, "state": "done"})
        closing = planned if vals.get("state", "planned") != "planned" else self.browse()
        if closing and vals["state"] == "done":
            vals.setdefault("date", fields.Datetime.now())
        objects = self.object_id if {"state", "object_id"} & vals.keys() else self.object_id[:0]
        result = super().write(vals)
        self._check_source(vals)
        closing._close_activities()
        if vals.get("next_date"):
            self.filtered(lambda call: call.state in ("done", "missed"))._plan_next()
        if {"state", "date", "user_id", "object_id", "kind", "name", "partner_id"} & vals.keys():
            self._sync_activities()
        objects.sudo()._check_next_call()
        return result

    def _check_source(self, vals):
        """Refuse to finish a real first-time call without its source."""
        finishes = vals.get("state") == "done" or (
            vals.get("outcome") and vals["outcome"] not in OUTCOMES_GOING_ON
        )
        if finishes and not self.env.context.get("smarthome_source_later"):
            self._ask_source()

    def _ask_source(self):
        if any(call._lacks_source() for call in self):
            raise UserError(
                self.env._("Ask the first-time caller how he found us and choose the source.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_next_of_object(self):
        planned = self.filtered(lambda call: call.state == "planned" and call.object_id)
        planned.object_id.sudo()._check_next_call(without=self)

    def unlink(self):
        keep = self.with_context(smarthome_call_sync=True)
        keep._find_activities().unlink()
        return super(SmarthomeCall, keep).unlink()
