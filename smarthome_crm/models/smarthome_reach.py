from odoo import api, fields, models


class SmarthomeReachMixin(models.AbstractModel):
    """Refuse links to clients and objects that the user may not read.

    Without it a manager could make an object, a call or a proposal with the identifier of
    another manager's client, and read the client through it.
    """

    _name = "smarthome.reach.mixin"
    _description = "Links within the user's reach"

    #: names of the many2one fields whose targets the user must be able to read
    _reach_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_reach(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_reach([vals])
        return super().write(vals)

    @api.model
    def _check_reach(self, vals_list):
        """Check what the values link to.

        :raise AccessError: the user may not read one of the linked records
        """
        if self.env.su:
            return
        for name in self._reach_fields:
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            if ids:
                self.env[self._fields[name].comodel_name].browse(ids).check_access("read")


class SmarthomeObject(models.Model):
    _name = "smarthome.object"
    _inherit = ["smarthome.object", "smarthome.reach.mixin"]

    _reach_fields = ("partner_id", "previous_object_id")

    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
        export_string_translation=False,
    )

    def write(self, vals):
        """The former manager hears no more of an object that went to another."""
        if "user_id" not in vals:
            return super().write(vals)
        former = {record: record.user_id for record in self}
        result = super().write(vals)
        moved = self.filtered(lambda record: former[record] and former[record] != record.user_id)
        for user, records in moved.grouped(lambda record: former[record]).items():
            records.sudo()._release_from(user)
        return result

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

    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index=True,
        export_string_translation=False,
    )


class SmarthomeCall(models.Model):
    _name = "smarthome.call"
    _inherit = ["smarthome.call", "smarthome.reach.mixin"]

    _reach_fields = ("partner_id", "object_id")

    @api.model
    def _check_reach(self, vals_list):
        """The secretary records calls of every client and object."""
        if not self.env.user._smarthome_has_role("secretary"):
            super()._check_reach(vals_list)


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "smarthome.reach.mixin"]

    _reach_fields = (
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "smarthome_object_id",
        "smarthome_main_order_id",
    )
