from odoo import api, fields, models


class SmarthomeRefuse(models.TransientModel):
    """Why an object is refused, and when its client is rung again."""

    _name = "smarthome.refuse"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Refusal of an Object"

    _reach_fields = ("object_id",)

    object_id = fields.Many2one(comodel_name="smarthome.object", required=True, ondelete="cascade")
    reason_id = fields.Many2one(
        comodel_name="smarthome.refusal.reason",
        string="Reason",
        required=True,
    )
    answer = fields.Text(string="What Was Said")
    next_date = fields.Datetime(
        string="Ring Again",
        compute="_compute_next_date",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    @api.depends("object_id")
    def _compute_next_date(self):
        """Propose a year from now."""
        for wizard in self:
            site = wizard.object_id
            company = site.company_id or self.env.company
            wizard.next_date = company._smarthome_propose_in_a_year(site.user_id)

    def action_refuse(self):
        """Refuse the object."""
        self.ensure_one()
        self.object_id._refuse(self.reason_id, self.next_date, answer=self.answer)
        return {"type": "ir.actions.act_window_close"}
