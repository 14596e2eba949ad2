from odoo import fields, models


class SmarthomeReason(models.TransientModel):
    """Why something is done that needs a reason: opening, reversing, reopening."""

    _name = "smarthome.reason"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Reason"

    _reach_fields = ("order_id", "receipt_id", "object_id")

    kind = fields.Selection(
        selection=[
            ("open_contract", "Open the contract"),
            ("reverse_receipt", "Reverse the receipt"),
            ("reopen_object", "Reopen the object"),
        ],
        required=True,
        readonly=True,
    )
    order_id = fields.Many2one(comodel_name="sale.order", string="Contract", ondelete="cascade")
    receipt_id = fields.Many2one(
        comodel_name="smarthome.payment.receipt",
        string="Receipt",
        ondelete="cascade",
    )
    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        ondelete="cascade",
    )
    reason = fields.Char(required=True)

    def _get_record_fields(self):
        """Names of the fields that hold the record, by its model; other addons add theirs."""
        return {
            "sale.order": "order_id",
            "smarthome.payment.receipt": "receipt_id",
            "smarthome.object": "object_id",
        }

    def action_apply(self):
        """Do what the reason is for; the record itself says who may."""
        self.ensure_one()
        if self.kind == "open_contract":
            self.order_id.action_smarthome_open_contract(self.reason)
        elif self.kind == "reverse_receipt":
            self.receipt_id.action_reverse(self.reason)
        else:
            self.object_id.action_reopen_closed(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _open(self, kind, record):
        """Action that asks for the reason.

        :param str kind: one of the kinds
        :param record: the contract, receipt or object
        """
        titles = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": titles[kind],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_kind": kind,
                f"default_{self._get_record_fields()[record._name]}": record.id,
            },
        }
