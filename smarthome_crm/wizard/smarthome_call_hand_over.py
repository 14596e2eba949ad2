from odoo import api, fields, models
from odoo.exceptions import UserError


class SmarthomeCallHandOver(models.TransientModel):
    """To whom a call goes."""

    _name = "smarthome.call.hand.over"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Hand Over a Call"

    _reach_fields = ("call_id",)

    call_id = fields.Many2one(comodel_name="smarthome.call", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("smarthome_base.group_smarthome_manager").ids)
        ],
    )

    @api.depends("call_id")
    def _compute_user_id(self):
        """Propose the manager whose client is calling."""
        for wizard in self:
            call = wizard.call_id
            manager = call._recognise(call.phone_sanitized, call.phone)["manager"]
            wizard.user_id = manager if manager != self.env.user else False

    def action_hand_over(self):
        """Give the call to the chosen manager."""
        self.ensure_one()
        if not self.user_id:
            raise UserError(self.env._("Choose the manager who goes on with this call."))
        return self.call_id.action_hand_over(self.user_id.id)
