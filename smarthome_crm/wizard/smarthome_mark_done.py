from odoo import api, fields, models


class SmarthomeMarkDone(models.TransientModel):
    """A work marked as done on the ladder: how much, when, by whom."""

    _name = "smarthome.mark.done"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Work Done, in a small form"

    _reach_fields = ("line_id",)

    line_id = fields.Many2one(
        comodel_name="smarthome.object.line",
        string="Work",
        required=True,
        readonly=True,
    )
    uom_id = fields.Many2one(related="line_id.uom_id")
    left_quantity = fields.Float(related="line_id.left_quantity")
    quantity = fields.Float(
        string="Quantity Done",
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    installer_id = fields.Many2one(
        comodel_name="res.users",
        string="Installer",
        required=True,
        default=lambda self: self.env.user,
        domain=lambda self: [("all_group_ids", "in", self._get_installer_groups().ids)],
    )
    note = fields.Char()

    @api.model
    def _get_installer_groups(self):
        roles = ("installer", "engineer")
        refs = [self.env.ref(f"smarthome_base.group_smarthome_{role}").id for role in roles]
        return self.env["res.groups"].browse(refs)

    @api.depends("line_id")
    def _compute_quantity(self):
        """Propose all that is left."""
        for wizard in self:
            wizard.quantity = wizard.line_id.left_quantity

    def action_done(self):
        """Record the work done."""
        self.ensure_one()
        self.line_id.check_access("read")
        self.env["smarthome.work.done"].create(
            {
                "order_line_id": self.line_id.id,
                "quantity": self.quantity,
                "date": self.date,
                "installer_id": self.installer_id.id,
                "note": self.note,
            }
        )
        self.env["smarthome.object.line"].invalidate_model()
        return {"type": "ir.actions.act_window_close"}
