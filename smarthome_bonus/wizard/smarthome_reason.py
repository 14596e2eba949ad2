from odoo import fields, models


class SmarthomeReason(models.TransientModel):
    _inherit = "smarthome.reason"

    _reach_fields = ("order_id", "receipt_id", "object_id", "bonus_id")

    kind = fields.Selection(
        selection_add=[("refuse_bonus", "Refuse the bonus")],
        ondelete={"refuse_bonus": "cascade"},
    )
    bonus_id = fields.Many2one(
        comodel_name="smarthome.bonus",
        string="Bonus",
        ondelete="cascade",
    )

    def _get_record_fields(self):
        return {**super()._get_record_fields(), "smarthome.bonus": "bonus_id"}

    def action_apply(self):
        """Refuse the bonus, or do what the reason was asked for elsewhere."""
        if self.kind != "refuse_bonus":
            return super().action_apply()
        self.bonus_id.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
