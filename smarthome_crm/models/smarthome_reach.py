from odoo import api, fields, models
from odoo.exceptions import AccessError

#: what those write who see an object without being its manager
CREW_FIELDS = {"stage", "description", "tag_ids"}
#: fields of the chatter and of activities, whose models have rules of their own
MAIL_PREFIXES = ("message_", "activity_", "website_message_")


class SmarthomeReachMixin(models.AbstractModel):
    """Refuse links to records that the user may not read, and values that the program keeps.

    Without it a manager could make an object, a call or a proposal with the identifier of
    another manager's client, and read the client through it; and he could write the forecast
    profit of his proposal, which is stored and so open to any script.
    """

    _name = "smarthome.reach.mixin"
    _description = "Links within the user's reach"

    #: names of the many2one fields whose targets the user must be able to read
    _reach_fields = ()
    #: names of the fields that only the program itself writes, in sudo
    _kept_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            defaults = self._get_context_defaults()
            self._check_reach([*vals_list, defaults])
            self._check_kept([*vals_list, defaults])
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_reach([vals])
            self._check_kept([vals], self)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """What a form shows of a link before it is saved is within reach too."""
        self._check_reach([values, self._get_context_defaults()])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _get_context_defaults(self):
        """Values that the context would bring in for the fields looked after here."""
        names = (*self._reach_fields, *self._kept_fields)
        context = self.env.context
        return {name: context[key] for name in names if (key := f"default_{name}") in context}

    @api.model
    def _check_reach(self, vals_list):
        """Check what the values link to.

        :raise AccessError: the user may not read one of the linked records
        """
        if self.env.su:
            return
        for name in self._reach_fields:
            ids = {vals[name] for vals in vals_list if isinstance(vals.get(name), int)}
            ids.discard(False)
            if ids:
                targets = self.env[self._fields[name].comodel_name].browse(ids)
                self._check_target(name, targets)

    @api.model
    def _check_target(self, name, targets):
        """Check that the user may link to records; models with rights of their own override it.

        :param str name: of the field that links
        :raise AccessError: he may not
        """
        targets.check_access("read")

    @api.model
    def _check_kept(self, vals_list, records=None):
        """Check that the values change nothing that the program keeps.

        :param records: those that are written; empty values of new ones are harmless
        :raise AccessError: they would
        """
        for vals in vals_list:
            for name in vals.keys() & set(self._kept_fields):
                if vals[name] or (records and any(records.sudo().mapped(name))):
                    self._raise_kept(name)

    @api.model
    def _raise_kept(self, name):
        raise AccessError(
            self.env._(
                "«%(field)s» is kept by the program and is not written by hand.",
                field=self._fields[name]._description_string(self.env),
            )
        )


class SmarthomeObject(models.Model):
    _name = "smarthome.object"
    _inherit = ["smarthome.object", "smarthome.reach.mixin"]

    _reach_fields = ("partner_id", "previous_object_id")
    _kept_fields = (
        "next_call_id",
        "last_answer",
        "contract_amount",
        "received_amount",
        "balance_amount",
        "paid_percent",
        "date_closed",
        "commercial_partner_id",
        "proposal_count",
        "proposal_amount",
        "is_signed",
        "work_date_start",
        "work_date_end",
        "done_percent",
    )

    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
        export_string_translation=False,
    )
    may_change = fields.Boolean(compute="_compute_may_change", export_string_translation=False)
    may_hand_over = fields.Boolean(compute="_compute_may_change", export_string_translation=False)

    @api.model_create_multi
    def create(self, vals_list):
        """The sequence gives the number, before values are checked: no hand does."""
        if not self.env.su and any(vals.get("number") for vals in vals_list):
            self._raise_kept("number")
        return super().create(vals_list)

    def write(self, vals):
        """The former manager hears no more of an object that went to another."""
        if not self.env.su:
            if "number" in vals:
                self._raise_kept("number")
            if "company_id" in vals:
                self._check_company_stays(vals["company_id"])
            self._check_may_change(vals)
        if "user_id" not in vals:
            return super().write(vals)
        former = {record: record.user_id for record in self}
        result = super().write(vals)
        moved = self.filtered(lambda record: former[record] and former[record] != record.user_id)
        for user, records in moved.grouped(lambda record: former[record]).items():
            records.sudo()._release_from(user)
        return result

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_may_change(self):
        is_head = self.env.user._smarthome_has_role("head")
        for record in self:
            record.may_hand_over = is_head
            record.may_change = is_head or record.user_id == self.env.user or not record._origin

    def _check_may_change(self, vals):
        """Engineers and accountants write about an object, its manager leads it.

        :raise AccessError: the values belong to the manager, or to a head
        """
        user = self.env.user
        if user._smarthome_has_role("head"):
            return
        changed = {name for name in vals if not name.startswith(MAIL_PREFIXES)} - CREW_FIELDS
        if changed and self.filtered(lambda record: record.user_id != user):
            raise AccessError(self.env._("Only the manager of the object changes this; ask him."))
        if "user_id" in vals and vals["user_id"] != user.id:
            raise AccessError(
                self.env._("Only the head of department hands objects over to another manager.")
            )
        if "type_id" in vals:
            self._check_type_stays(vals["type_id"])

    def _check_type_stays(self, type_id):
        """Check that objects with contracts keep the type that decides on percents.

        :raise AccessError: one of them would become of another type
        """
        if any(record.is_signed and record.type_id.id != type_id for record in self.sudo()):
            raise AccessError(
                self.env._(
                    "Only the head of department changes the type of an object with a contract: "
                    "percents depend on it."
                )
            )

    def _check_company_stays(self, company_id):
        """Check that objects with contracts keep the company whose currency their profit is in.

        :raise AccessError: one of them would go to another company
        """
        moved = self.sudo().filtered(lambda record: record.company_id.id != company_id)
        if "sale" in moved.order_ids.mapped("state"):
            self._raise_kept("company_id")

    def _release_from(self, user):
        """Let a former manager follow the objects and their proposals no longer.

        His open activities there become the new manager's.
        """
        self.message_unsubscribe(partner_ids=user.partner_id.ids)
        self.order_ids.message_unsubscribe(partner_ids=user.partner_id.ids)
        activities = self.activity_ids | self.order_ids.activity_ids
        activities = activities.filtered(lambda activity: activity.user_id == user)
        for manager, records in self.grouped("user_id").items():
            targets = ((self._name, records.ids), (records.order_ids._name, records.order_ids.ids))
            ids = {(name, record_id) for name, res_ids in targets for record_id in res_ids}
            theirs = activities.filtered(lambda one, ids=ids: (one.res_model, one.res_id) in ids)
            if manager and theirs:
                theirs.write({"user_id": manager.id})


class SmarthomeObjectContact(models.Model):
    _name = "smarthome.object.contact"
    _inherit = ["smarthome.object.contact", "smarthome.reach.mixin"]

    _reach_fields = ("partner_id", "object_id")
    _kept_fields = ("commercial_partner_id",)

    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index=True,
        export_string_translation=False,
    )


class SmarthomeCall(models.Model):
    _name = "smarthome.call"
    _inherit = ["smarthome.call", "smarthome.reach.mixin"]

    _reach_fields = ("partner_id", "object_id", "previous_call_id")

    @api.model
    def _check_reach(self, vals_list):
        """The secretary records calls of every client and object."""
        if not self.env.user._smarthome_has_role("secretary"):
            super()._check_reach(vals_list)


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "smarthome.reach.mixin"]

    _kept_fields = ("smarthome_call_id",)


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _add_members(self, *, partners=None, **kwargs):
        """Nobody learns a client's name by inviting him to a conversation."""
        if partners and not self.env.su:
            partners.check_access("read")
        return super()._add_members(partners=partners, **kwargs)
