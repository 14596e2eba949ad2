from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _get_smarthome_first_menus(self):
        return [
            *super()._get_smarthome_first_menus(),
            ("accountant", "smarthome_crm.smarthome_payment_milestone_menu"),
            ("engineer", "smarthome_crm.smarthome_object_menu_work"),
            ("purchasing", "smarthome_crm.product_template_menu_goods"),
        ]
