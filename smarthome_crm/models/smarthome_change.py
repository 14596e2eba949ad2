from odoo import api, fields, models
from odoo.tools import format_datetime


class SmarthomeChange(models.Model):
    """What changed at an object since its contract was signed (ИЗМЕНЕНИЯ).

    Written by the program only; see ``smarthome_change_collector``. It tells no prices, because
    the crew reads it.
    """

    _name = "smarthome.change"
    _description = "Change of an Object"
    _order = "date desc, id desc"

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_name = fields.Char(string="Contract", readonly=True)
    kind = fields.Selection(
        selection=[
            ("goods", "Goods"),
            ("work", "Works"),
            ("other", "Other Line"),
            ("contract", "Contract"),
            ("date", "Date"),
            ("address", "Address"),
            ("engineer", "Lead Engineer"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="What", required=True, readonly=True)
    old_text = fields.Char(string="Was", readonly=True)
    new_text = fields.Char(string="Is", readonly=True)
    touches_goods = fields.Boolean(string="Touches Goods", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Changed by", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    manager_id = fields.Many2one(
        related="object_id.user_id",
        string="Manager",
        store=True,
        index="btree_not_null",
    )
    engineer_id = fields.Many2one(
        related="object_id.engineer_id",
        string="Lead Engineer",
        store=True,
        index="btree_not_null",
    )
    reading_ids = fields.One2many(
        comodel_name="smarthome.change.reading",
        inverse_name="change_id",
        string="Read by",
        readonly=True,
    )
    is_read = fields.Boolean(
        string="Read by the Engineer",
        compute="_compute_is_read",
        store=True,
        help="The lead engineer of today has marked it as read.",
    )
    readers = fields.Char(compute="_compute_readers", help="Who has read it, and when.")

    @api.depends("reading_ids.user_id", "engineer_id")
    def _compute_is_read(self):
        for change in self:
            engineer = change.engineer_id
            change.is_read = bool(engineer) and engineer in change.reading_ids.user_id

    @api.depends("reading_ids.user_id", "reading_ids.date")
    @api.depends_context("tz", "lang")
    def _compute_readers(self):
        for change in self:
            change.readers = ", ".join(
                f"{reading.user_id.sudo().name} "
                f"{format_datetime(self.env, reading.date, dt_format='short')}"
                for reading in change.reading_ids
            )

    def action_mark_read(self):
        """Write down that the user has read the changes; once more changes nothing."""
        self.check_access("read")
        if self:
            self._lock_for_reading()
            user = self.env.user
            unread = self.sudo().filtered(lambda change: user not in change.reading_ids.user_id)
            self.env["smarthome.change.reading"].sudo().create(
                [{"change_id": change.id, "user_id": user.id} for change in unread]
            )
        return True

    def action_open_object(self):
        """Open the object that changed."""
        self.ensure_one()
        return self.object_id.get_formview_action()

    def _lock_for_reading(self):
        """Let a second press at the same moment wait, and then find it read."""
        self.flush_recordset()
        self.env.cr.execute("UPDATE smarthome_change SET id = id WHERE id IN %s", [tuple(self.ids)])
        self.invalidate_recordset(["reading_ids"])


class SmarthomeChangeReading(models.Model):
    """Who has read a change, and when."""

    _name = "smarthome.change.reading"
    _description = "Reading of a Change"
    _order = "date, id"
    _rec_name = "user_id"

    change_id = fields.Many2one(
        comodel_name="smarthome.change",
        required=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(comodel_name="res.users", required=True, ondelete="cascade")
    date = fields.Datetime(required=True, default=fields.Datetime.now)

    _once_uniq = models.Constraint("UNIQUE(change_id, user_id)", "The change is read already.")


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    change_ids = fields.One2many(
        comodel_name="smarthome.change",
        inverse_name="object_id",
        string="Changes",
    )
    unread_change_count = fields.Integer(
        string="Unread Changes",
        compute="_compute_unread_change_count",
        help="Changes that the lead engineer has not marked as read yet.",
    )

    @api.depends("change_ids.is_read")
    def _compute_unread_change_count(self):
        groups = self.env["smarthome.change"]._read_group(
            [("object_id", "in", self.ids), ("is_read", "=", False)], ["object_id"], ["__count"]
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.unread_change_count = counts.get(record._origin.id, 0)

    def action_mark_changes_read(self):
        """Mark all changes of the object as read by the user."""
        self.check_access("read")
        return self.change_ids.action_mark_read()
