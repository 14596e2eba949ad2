from odoo import api, fields, models


class SmarthomeInstall(models.TransientModel):
    """Part of the goods is installed, or the rest was returned, stolen, left with the client."""

    _name = "smarthome.install"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Goods Installed, in a small form"

    _reach_fields = ("line_id", "lot_id")

    line_id = fields.Many2one(
        comodel_name="smarthome.object.line",
        string="Goods",
        required=True,
        readonly=True,
    )
    product_id = fields.Many2one(related="line_id.product_id")
    uom_id = fields.Many2one(related="line_id.uom_id")
    waiting_quantity = fields.Float(related="line_id.waiting_quantity")
    fate = fields.Selection(
        selection=[
            ("installed", "Installed"),
            ("returned", "Returned"),
            ("stolen", "Stolen"),
            ("left", "Left with the Client"),
        ],
        string="What Became of It",
        required=True,
        default="installed",
    )
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    lot_id = fields.Many2one(
        comodel_name="stock.lot",
        string="Serial Number",
        domain="[('product_id', '=', product_id)]",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    note = fields.Char(string="Remark")

    @api.depends("line_id")
    def _compute_quantity(self):
        """Propose all that is left."""
        for wizard in self:
            wizard.quantity = wizard.line_id.waiting_quantity

    def action_done(self):
        """Record what became of the goods."""
        self.ensure_one()
        self.line_id.check_access("read")
        values = {
            "order_line_id": self.line_id.id,
            "quantity": self.quantity,
            "date": self.date,
            "note": self.note,
        }
        if self.fate == "installed":
            self.env["smarthome.installation"].create({**values, "lot_id": self.lot_id.id})
        else:
            self.env["smarthome.installation.difference"].create({**values, "kind": self.fate})
        return {"type": "ir.actions.act_window_close"}
