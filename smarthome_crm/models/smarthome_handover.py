from odoo import api, fields, models
from odoo.exceptions import UserError

#: records that a cron gives back in one go
BATCH = 500


class SmarthomeHandover(models.Model):
    """A manager's objects, planned calls and clients in another's hands."""

    _name = "smarthome.handover"
    _description = "Handover of a Manager's Objects"
    _order = "id desc"

    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="From",
        required=True,
        index=True,
        ondelete="restrict",
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="To",
        required=True,
        index=True,
        ondelete="restrict",
    )
    date_end = fields.Date(
        string="Back on",
        index="btree_not_null",
        help="The day on which everything goes back; empty means for good.",
    )
    state = fields.Selection(
        selection=[("active", "Handed Over"), ("returned", "Given Back")],
        required=True,
        default="active",
        index=True,
    )
    object_ids = fields.Many2many(comodel_name="smarthome.object", string="Objects")
    call_ids = fields.Many2many(comodel_name="smarthome.call", string="Calls")
    partner_ids = fields.Many2many(comodel_name="res.partner", string="Clients")
    object_count = fields.Integer(string="Number of Objects", readonly=True)
    call_count = fields.Integer(string="Number of Calls", readonly=True)
    partner_count = fields.Integer(string="Number of Clients", readonly=True)

    @api.depends("from_user_id", "to_user_id")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = (
                f"{handover.from_user_id.name or ''} → {handover.to_user_id.name or ''}"
            )

    @api.model
    def _hand_over(self, from_user, to_user, date_end=False, objects=None):
        """Move what a manager has to another, in one go.

        :param from_user: whose objects, calls and clients
        :param to_user: who gets them
        :param date_end: day on which they go back; for good without it
        :param objects: those objects only; all the manager's without it
        :return: the handover, which remembers what was moved
        """
        if not self.env.su and not self.env.user._smarthome_has_role("head"):
            raise UserError(self.env._("Ask a head: only heads move objects to another manager."))
        if from_user == to_user:
            raise UserError(self.env._("Choose two different managers."))
        moved = self._collect(from_user, objects, with_closed=not date_end)
        handover = self.create(
            {
                "from_user_id": from_user.id,
                "to_user_id": to_user.id,
                "date_end": date_end,
                "object_ids": moved["objects"].ids,
                "call_ids": moved["calls"].ids,
                "partner_ids": moved["partners"].ids,
                "object_count": len(moved["objects"]),
                "call_count": len(moved["calls"]),
                "partner_count": len(moved["partners"]),
            }
        )
        handover._move(moved["objects"], moved["calls"], moved["partners"], to_user)
        return handover

    @api.model
    def _collect(self, from_user, objects=None, with_closed=False):
        """Return what belongs to a manager: objects, calls to make, clients.

        :param objects: those objects only, with their calls and clients
        :param with_closed: for good also closed objects go
        """
        domain = [("user_id", "=", from_user.id)]
        if not with_closed:
            domain.append(("stage", "!=", "closed"))
        if objects is not None:
            domain.append(("id", "in", objects.ids))
        found = self.env["smarthome.object"].search(domain)
        calls = [("is_open", "=", True), ("object_id", "in", found.ids)]
        clients = [("user_id", "=", from_user.id), ("id", "in", found.partner_id.ids)]
        if objects is None:
            calls = [("is_open", "=", True), ("user_id", "=", from_user.id)]
            clients = [("user_id", "=", from_user.id), ("partner_share", "=", True)]
        return {
            "objects": found,
            "calls": self.env["smarthome.call"].search(calls),
            "partners": self.env["res.partner"].search(clients),
        }

    def _move(self, objects, calls, partners, user):
        """Write the manager; planned calls and activities follow their objects."""
        quiet = {"mail_auto_subscribe_no_notify": True, "mail_activity_quick_update": True}
        objects.sudo().with_context(**quiet).write({"user_id": user.id})
        others = calls.filtered(lambda call: call.user_id != user)
        others.sudo().with_context(**quiet).write({"user_id": user.id})
        partners.sudo().write({"user_id": user.id})
        self._move_activities(objects, user)

    def _move_activities(self, objects, user):
        """Move the former manager's other activities on the objects."""
        former = (self.from_user_id | self.to_user_id) - user
        activities = self.env["mail.activity"].sudo()
        domain = [
            ("res_model", "=", "smarthome.object"),
            ("res_id", "in", objects.ids),
            ("user_id", "in", former.ids),
        ]
        found = activities.search(domain)
        found.with_context(mail_activity_quick_update=True).write({"user_id": user.id})

    def action_give_back(self):
        """Give back what the deputy still has of what was handed over."""
        if not self.env.su and not self.env.user._smarthome_has_role("head"):
            raise UserError(self.env._("Ask a head: only heads move objects to another manager."))
        for handover in self.filtered(lambda record: record.state == "active"):
            deputy = handover.to_user_id
            objects = handover.object_ids.filtered(
                lambda record, user=deputy: record.user_id == user
            )
            calls = handover.call_ids | handover._find_later_calls(objects)
            calls = calls.exists().filtered(
                lambda call, user=deputy: call.is_open and call.user_id == user
            )
            partners = handover.partner_ids.filtered(
                lambda partner, user=deputy: partner.user_id == user
            )
            handover._move(objects, calls, partners, handover.from_user_id)
            handover.state = "returned"
        return True

    def _find_later_calls(self, objects):
        """Return the calls planned meanwhile for the objects."""
        domain = [("object_id", "in", objects.ids), ("is_open", "=", True)]
        return self.env["smarthome.call"].search(domain)

    @api.model
    def _cron_give_back(self):
        """Give back, day by day, what was handed over until a date."""
        today = fields.Date.context_today(self)
        domain = [("state", "=", "active"), ("date_end", "<=", today)]
        due = self.search(domain, limit=BATCH)
        for number, handover in enumerate(due, start=1):
            handover = handover.try_lock_for_update()
            handover.action_give_back()
            self.env["ir.cron"]._commit_progress(1, remaining=len(due) - number)
