from odoo import api, models

from odoo.addons.smarthome_crm.const import PRICE_GROUPS


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _create_return(self):
        """A return copies moves with their prices: the program does, for who may return."""
        self.check_access("write")
        self.picking_id.check_access("write")
        return super(StockReturnPicking, self.sudo())._create_return().with_env(self.env)


class ProductLabelLayout(models.TransientModel):
    _inherit = "product.label.layout"

    @api.model
    def default_get(self, fields):
        """Who sees no prices begins with labels that have none; the others are refused to him."""
        values = super().default_get(fields)
        if "print_format" in values and not self.env.user.has_groups(PRICE_GROUPS):
            values["print_format"] = "4x12"
        return values
