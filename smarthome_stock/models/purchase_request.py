from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS

#: fields of the chatter and of activities, whose models have rules of their own
MAIL_PREFIXES = ("message_", "activity_", "website_message_")
#: what a step may begin from
STEPS = {
    "to_approve": ("draft",),
    "approved": ("to_approve", "in_progress"),
    "draft": ("to_approve", "approved", "rejected"),
    "rejected": ("draft", "to_approve", "approved", "in_progress"),
    "in_progress": ("approved", "in_progress", "done"),
    "done": ("approved", "in_progress"),
}


class PurchaseRequest(models.Model):
    """What an object still needs, asked of purchasing (ЗАЯВКА В СНАБЖЕНИЕ).

    The steps are OCA's: draft, to approve, approved, in progress, done, rejected. Who takes which
    of them is ours: the library lets every manager of requests, and by RPC whoever may write.
    """

    _name = "purchase.request"
    _inherit = ["purchase.request", "smarthome.reach.mixin"]

    _reach_fields = ("smarthome_object_id",)
    _kept_fields = ("smarthome_approver_id", "smarthome_approved_on", "smarthome_remark")

    smarthome_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    smarthome_for_whom = fields.Char(
        string="For Whom",
        compute="_compute_smarthome_for_whom",
        store=True,
        help="Number and name of the object, for those who may not open objects.",
    )
    smarthome_needed_date = fields.Date(
        string="Needed by",
        compute="_compute_smarthome_needed_date",
        inverse="_inverse_smarthome_needed_date",
        store=True,
        help="The earliest date of its lines; written here, it is every line's.",
    )
    smarthome_approver_id = fields.Many2one(
        comodel_name="res.users",
        string="Approved by",
        copy=False,
        readonly=True,
    )
    smarthome_approved_on = fields.Datetime(string="Approved on", copy=False, readonly=True)
    smarthome_remark = fields.Text(string="Remark", copy=False, readonly=True)
    smarthome_may_approve = fields.Boolean(
        compute="_compute_smarthome_may_approve",
        export_string_translation=False,
    )
    smarthome_may_edit = fields.Boolean(
        compute="_compute_smarthome_may_approve",
        export_string_translation=False,
    )
    estimated_cost = fields.Monetary(groups=PURCHASE_GROUPS)

    @api.depends("smarthome_object_id.number", "smarthome_object_id.name")
    def _compute_smarthome_for_whom(self):
        for request in self:
            request.smarthome_for_whom = request.smarthome_object_id.display_name

    @api.depends("line_ids.date_required", "line_ids.cancelled")
    def _compute_smarthome_needed_date(self):
        for request in self:
            lines = request.line_ids.filtered(lambda line: not line.cancelled)
            request.smarthome_needed_date = min(
                lines.filtered("date_required").mapped("date_required"), default=False
            )

    def _inverse_smarthome_needed_date(self):
        for request in self.filtered("smarthome_needed_date"):
            request.line_ids.write({"date_required": request.smarthome_needed_date})

    @api.depends_context("uid")
    @api.depends("state", "requested_by", "smarthome_object_id")
    def _compute_smarthome_may_approve(self):
        for request in self:
            request.smarthome_may_approve = request._may_approve()
            request.smarthome_may_edit = request._may_edit()

    # === WHO MAY === #

    def _may_approve(self):
        """Tell whether the user may approve: the lead engineer, or a head.

        Nobody approves what he alone asked for, so a request of the lead engineer himself is
        approved by the object's manager; a head answers for the department and may do both.
        """
        self.ensure_one()
        user = self.env.user
        if user._smarthome_has_role("head"):
            return True
        site = self.sudo().smarthome_object_id
        if not site:
            return user._smarthome_has_role("purchasing")
        return user == self._get_approver() and user != self.requested_by

    def _get_approver(self):
        """Whose approval a request of an object waits for; nobody's means a head's."""
        self.ensure_one()
        site = self.sudo().smarthome_object_id
        people = (site.engineer_id | site.user_id) if site.engineer_id else site.engineer_id
        return (people - self.requested_by)[:1]

    def _may_edit(self):
        """Tell whether the user may change lines: by the step at which the request is."""
        self.ensure_one()
        if self.state == "draft" or self.env.user._smarthome_has_role("head", "purchasing"):
            return True
        return self.state == "to_approve" and self._may_approve()

    def _may_step(self, state):
        """Tell whether the user may take the request to a state."""
        self.ensure_one()
        user = self.env.user
        buys = user._smarthome_has_role("head", "purchasing")
        if state == "to_approve":
            return True
        if state == "approved":
            return self._may_approve() if self.state == "to_approve" else buys
        if state == "draft" and self.state == "to_approve":
            return user == self.requested_by or self._may_approve()
        if state == "rejected" and self.state in ("draft", "to_approve"):
            return self._may_edit()
        return buys

    def _check_step(self, state):
        """Check a step before it is taken.

        :raise UserError: the request is not where the step begins
        :raise AccessError: it is another person's step
        """
        for request in self.filtered(lambda one: one.state != state):
            if request.state not in STEPS.get(state, ()):
                raise UserError(
                    self.env._("%(request)s has gone on already.", request=request.display_name)
                )
            if not request._may_step(state):
                raise AccessError(
                    self.env._(
                        "%(request)s waits for somebody else: a request is approved by the lead "
                        "engineer of the object or a head, and carried out by purchasing.",
                        request=request.display_name,
                    )
                )

    # === WRITING === #

    @api.model_create_multi
    def create(self, vals_list):
        """Who asks is who is there; nothing is asked for a closed object."""
        if not self.env.su:
            for vals in vals_list:
                vals["requested_by"] = self.env.uid
                vals["state"] = "draft"
        requests = super().create(vals_list)
        requests.smarthome_object_id._check_still_open()
        return requests

    def write(self, vals):
        if not self.env.su:
            if "state" in vals:
                self._check_step(vals["state"])
            own = {name for name in vals if not name.startswith(MAIL_PREFIXES)} - {"state"}
            if own and not all(request._may_edit() for request in self):
                raise AccessError(self.env._("The request is sent: ask whoever approves it."))
            if {"requested_by", "smarthome_object_id"} & own:
                self._check_origin(vals)
        return super().write(vals)

    def _check_origin(self, vals):
        """A request stays whose it is, and with its object once it is sent."""
        for request in self:
            asker = vals.get("requested_by", request.requested_by.id)
            site = vals.get("smarthome_object_id", request.smarthome_object_id.id)
            moved = site != request.smarthome_object_id.id and request.state != "draft"
            if asker != request.requested_by.id or moved:
                raise AccessError(
                    self.env._("A request keeps its object and the person who asked.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        """Only drafts are deleted; what was sent is rejected."""
        if self.filtered(lambda request: not request._can_be_deleted()):
            raise UserError(
                self.env._("Only a draft is deleted; a request that was sent is rejected.")
            )

    # === LINES === #

    def _add_needs(self, needs):
        """Add what is needed to a draft: raise its lines, and make those that lack.

        :param needs: list of values as ``smarthome.object._prepare_request_lines`` gives
        """
        self.ensure_one()
        commands = []
        by_origin = {line.smarthome_sale_line_id.id: line for line in self.line_ids}
        for vals in needs:
            line = by_origin.get(vals["smarthome_sale_line_id"])
            if line and line.product_uom_id.id == vals["product_uom_id"]:
                quantity = line.product_qty + vals["product_qty"]
                commands.append(Command.update(line.id, {"product_qty": quantity}))
            else:
                commands.append(Command.create(vals))
        if commands:
            self.write({"line_ids": commands})

    def _follow_receipts(self):
        """Requests are done when all that they ask for came, and open again when some went back."""
        for request in self.filtered(lambda one: one.state in ("approved", "in_progress", "done")):
            lines = request.line_ids.filtered(lambda line: not line.cancelled)
            is_done = bool(lines) and all(line._is_received() for line in lines)
            state = "done" if is_done else "in_progress"
            if request.state != state and (is_done or request.state == "done"):
                request.state = state
