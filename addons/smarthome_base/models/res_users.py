from odoo import models

ROLES = (
    "secretary",
    "manager",
    "head",
    "engineer",
    "purchasing",
    "storekeeper",
    "installer",
    "accountant",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _smarthome_has_role(self, *roles):
        """Tell whether the user holds at least one of the roles.

        :param roles: names among ``ROLES``; without any, every role counts
        :return: bool; a head counts as a manager too, as the groups imply
        """
        self.ensure_one()
        return any(
            self.has_group(f"smarthome_base.group_smarthome_{role}") for role in roles or ROLES
        )
