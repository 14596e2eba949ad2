from odoo import fields, models


class SmarthomeRequestReturn(models.TransientModel):
    """With which remark a request to purchasing goes back to whoever asked."""

    _name = "smarthome.request.return"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Return of a Request to Purchasing"

    _reach_fields = ("request_id",)

    request_id = fields.Many2one(
        comodel_name="purchase.request",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    remark = fields.Text(required=True)

    def action_return(self):
        """Return the request; it says itself who may."""
        self.ensure_one()
        self.request_id.action_smarthome_return(self.remark)
        return {"type": "ir.actions.act_window_close"}
