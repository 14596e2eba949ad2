from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _smarthome_is_manager(self):
        """Tell whether a person can have clients of his own; nobody cannot."""
        return bool(self) and self.sudo()._smarthome_has_role("manager")
