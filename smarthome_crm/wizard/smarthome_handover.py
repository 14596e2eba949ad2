from odoo import api, fields, models


class SmarthomeHandoverWizard(models.TransientModel):
    """Hand a manager's objects, calls and clients over to another."""

    _name = "smarthome.handover.wizard"
    _description = "Hand Over Objects"

    def _manager_domain(self):
        return [("all_group_ids", "in", self.env.ref("smarthome_base.group_smarthome_manager").ids)]

    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="From",
        required=True,
        domain=lambda self: self._manager_domain(),
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="To",
        required=True,
        domain=lambda self: self._manager_domain(),
    )
    is_for_a_time = fields.Boolean(string="For a Time")
    date_end = fields.Date(string="Back on")
    object_ids = fields.Many2many(
        comodel_name="smarthome.object",
        string="Only These Objects",
        help="Empty means everything the manager has.",
    )
    summary = fields.Char(string="What Is Handed Over", compute="_compute_summary")

    @api.model
    def default_get(self, fields):
        """Take the objects chosen in the list, and their manager."""
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "smarthome.object":
            objects = self.env["smarthome.object"].browse(self.env.context.get("active_ids"))
            values["object_ids"] = objects.ids
            values["from_user_id"] = objects.user_id[:1].id
        return values

    @api.depends("from_user_id", "object_ids", "is_for_a_time")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard.from_user_id and wizard._describe()

    def _describe(self):
        moved = self.env["smarthome.handover"]._collect(
            self.from_user_id, self._get_objects(), with_closed=not self.is_for_a_time
        )
        return self.env._(
            "%(objects)s objects, %(calls)s calls to make, %(clients)s clients",
            objects=len(moved["objects"]),
            calls=len(moved["calls"]),
            clients=len(moved["partners"]),
        )

    def _get_objects(self):
        return self.object_ids or None

    def action_hand_over(self):
        """Hand over, and show what was moved."""
        self.ensure_one()
        handover = self.env["smarthome.handover"]._hand_over(
            self.from_user_id,
            self.to_user_id,
            self.is_for_a_time and self.date_end,
            self._get_objects(),
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "smarthome.handover",
            "res_id": handover.id,
            "views": [(False, "form")],
            "target": "current",
        }
