from odoo import fields, models


class SmarthomeProposalMarkSent(models.TransientModel):
    """How a proposal reached the client, when not by the program's own mail."""

    _name = "smarthome.proposal.mark.sent"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Mark a Proposal as Sent"

    _reach_fields = ("order_id",)

    order_id = fields.Many2one(comodel_name="sale.order", required=True, ondelete="cascade")
    way = fields.Selection(
        selection=[
            ("messenger", "By messenger"),
            ("hand", "By hand"),
            ("fax", "By fax"),
            ("email", "From my own mailbox"),
        ],
        string="How",
        required=True,
        default="messenger",
    )
    note = fields.Text(help="To whom and how, if worth remembering.")

    def action_mark_sent(self):
        """Mark the proposal as sent; the call that checks delivery is planned."""
        self.ensure_one()
        self.order_id.action_smarthome_mark_sent(self.way, self.note)
        return {"type": "ir.actions.act_window_close"}
