from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _get_smarthome_first_menus(self):
        """The storekeeper opens on staging, purchasing on what is to be bought."""
        own = {
            "purchasing": "smarthome_stock.purchase_request_line_menu_to_buy",
            "storekeeper": "smarthome_stock.smarthome_staging_menu",
        }
        others = [row for row in super()._get_smarthome_first_menus() if row[0] not in own]
        return [*others, *own.items()]
