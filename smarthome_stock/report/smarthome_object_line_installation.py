from odoo import api, fields, models
from odoo.tools import SQL


class SmarthomeObjectLine(models.Model):
    """Goods of an object: shipped, installed, and what the crew confirms with one tap."""

    _inherit = "smarthome.object.line"
    _depends = {
        "sale.order.line": [
            "qty_delivered",
            "smarthome_installed_quantity",
            "smarthome_settled_quantity",
            "smarthome_is_extra",
        ],
    }

    shipped_quantity = fields.Float(string="Shipped", digits="Product Unit", readonly=True)
    installed_quantity = fields.Float(string="Installed", digits="Product Unit", readonly=True)
    waiting_quantity = fields.Float(
        string="To Be Installed",
        digits="Product Unit",
        readonly=True,
        help="Shipped, neither installed nor settled otherwise.",
    )
    is_extra = fields.Boolean(string="Beyond the Proposal", readonly=True)

    @api.model
    def _get_columns(self):
        return SQL(
            """%s,
            CASE WHEN line.smarthome_kind = 'goods' THEN COALESCE(line.qty_delivered, 0)
                ELSE 0 END AS shipped_quantity,
            COALESCE(line.smarthome_installed_quantity, 0) AS installed_quantity,
            CASE WHEN line.smarthome_kind = 'goods' THEN ROUND((
                COALESCE(line.qty_delivered, 0) - COALESCE(line.smarthome_installed_quantity, 0)
                - COALESCE(line.smarthome_settled_quantity, 0)
            )::numeric, 6)::float ELSE 0 END AS waiting_quantity,
            COALESCE(line.smarthome_is_extra, FALSE) AS is_extra""",
            super()._get_columns(),
        )

    def action_installed(self):
        """Confirm that all that was shipped is installed, today, by the user."""
        self.check_access("read")
        waiting = self.filtered(lambda line: line.waiting_quantity > 0)
        self.env["smarthome.installation"].create(
            [{"order_line_id": line.id, "quantity": line.waiting_quantity} for line in waiting]
        )

    def action_ask_installed(self):
        """Open the small form: a part is installed, or something became of the rest."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Goods at the object"),
            "res_model": "smarthome.install",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_line_id": self.id, "dialog_size": "medium"},
        }
