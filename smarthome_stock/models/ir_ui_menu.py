from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _get_smarthome_first_menus(self):
        """The storekeeper opens on staging."""
        own = [("storekeeper", "smarthome_stock.smarthome_staging_menu")]
        return [*super()._get_smarthome_first_menus(), *own]
