from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_smarthome_import_brief(self):
        """Open the import of a client's brief (Excel) into the proposal.

        :raise UserError: the proposal is signed or cancelled
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "Proposal %(name)s is signed or cancelled: bring the brief into a new proposal.",
                    name=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a Brief"),
            "res_model": "smarthome.import",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_kind": "brief",
                "default_order_id": self.id,
                "dialog_size": "extra-large",
            },
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_brief_key = fields.Char(
        help="Place of the row in the client's brief: room, article, which of equal rows. By it an "
        "import finds the row again.",
        export_string_translation=False,
    )
