from odoo import fields, models


class SmarthomeCall(models.Model):
    """A telephone call, what was and what is planned (ЗВОНОК)."""

    _name = "smarthome.call"
    _description = "Call"
    _order = "date desc, id desc"
    _inherit = ["mail.thread"]

    name = fields.Char(string="Caller's Name")
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("done", "Done"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        index=True,
    )
    direction = fields.Selection(
        selection=[("in", "Incoming"), ("out", "Outgoing")],
        required=True,
        default="in",
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        default=lambda self: self.env.user,
        index=True,
    )
    phone = fields.Char(string="Number")
    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        index="btree_not_null",
        ondelete="cascade",
    )
    partner_id = fields.Many2one(comodel_name="res.partner", index="btree_not_null")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
