from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SmarthomeReassign(models.TransientModel):
    """Give staged goods of one object to another, on purpose and with a reason."""

    _name = "smarthome.reassign"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Re-assign Staged Goods"

    _reach_fields = ("location_id", "target_location_id")

    location_id = fields.Many2one(
        comodel_name="stock.location",
        string="Staging Place",
        required=True,
        ondelete="cascade",
        domain=[("smarthome_object_id", "!=", False)],
    )
    target_location_id = fields.Many2one(
        comodel_name="stock.location",
        string="Place of the Other Object",
        required=True,
        ondelete="cascade",
        domain="[('smarthome_object_id', '!=', False), ('id', '!=', location_id)]",
    )
    reason = fields.Char(required=True)
    line_ids = fields.One2many(
        comodel_name="smarthome.reassign.line",
        inverse_name="wizard_id",
        string="Goods",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("location_id")
    def _compute_line_ids(self):
        for wizard in self:
            quants = wizard.location_id.smarthome_object_id._get_staged_quants()
            quants = quants.filtered(lambda quant, one=wizard: quant.location_id == one.location_id)
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "product_id": quant.product_id.id,
                        "lot_id": quant.lot_id.id,
                        "staged_quantity": quant.quantity,
                    }
                )
                for quant in quants
            ]

    def action_reassign(self):
        """Move the goods and write down who did it and why.

        :raise UserError: no quantity, or no reason
        """
        self.ensure_one()
        self._check_may_reassign()
        lines = self.line_ids.filtered(
            lambda line: line.product_id.uom_id.compare(line.quantity, 0) > 0
        )
        if not lines or not self.reason.strip():
            raise UserError(self.env._("Write how much is re-assigned, and why."))
        values = [line._prepare_reassignment_values() for line in lines]
        self.env["smarthome.reassignment"].sudo().create(values)._carry_out()
        return {"type": "ir.actions.act_window_close"}

    def _check_may_reassign(self):
        """Check that the user may take from the one object and give to the other.

        :raise AccessError: a manager's one of them is another manager's
        """
        self.check_access("write")
        user = self.env.user
        if self.env.su or user._smarthome_has_role("head", "storekeeper"):
            return
        objects = (self.location_id | self.target_location_id).smarthome_object_id
        if not user._smarthome_has_role("manager") or objects.sudo().user_id != user:
            raise AccessError(
                self.env._("Goods of another manager's object are re-assigned by a head.")
            )


class SmarthomeReassignLine(models.TransientModel):
    _name = "smarthome.reassign.line"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Re-assigned Goods"

    _reach_fields = ("wizard_id", "lot_id")

    wizard_id = fields.Many2one(
        comodel_name="smarthome.reassign", required=True, ondelete="cascade"
    )
    product_id = fields.Many2one(comodel_name="product.product", required=True, ondelete="cascade")
    lot_id = fields.Many2one(comodel_name="stock.lot", ondelete="cascade")
    staged_quantity = fields.Float(string="Staged", digits="Product Unit", readonly=True)
    quantity = fields.Float(string="Re-assign", digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")

    def _prepare_reassignment_values(self):
        wizard = self.wizard_id
        return {
            "object_id": wizard.location_id.smarthome_object_id.id,
            "target_id": wizard.target_location_id.smarthome_object_id.id,
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "quantity": self.quantity,
            "reason": wizard.reason,
            "user_id": self.env.uid,
        }
