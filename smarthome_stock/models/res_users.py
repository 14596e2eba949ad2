from odoo import models
from odoo.fields import Domain

#: who sees everything that lies in the warehouse and moves through it
EVERYTHING = (
    "smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant,"
    "smarthome_base.group_smarthome_storekeeper,smarthome_base.group_smarthome_purchasing,"
    "stock.group_stock_manager,base.group_system"
)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_smarthome_stock_reach(self, path=""):
        """What of the warehouse a person sees, for the rules of several models.

        Managers see what belongs to their objects and what is nobody's, lead engineers what
        belongs to the objects they lead, others what is nobody's.

        :param str path: path from the model to the field ``smarthome_object_id``, with its dot
        :return: domain as a list
        """
        self.ensure_one()
        if self.share or self.has_groups(EVERYTHING):
            return [(1, "=", 1)]
        field = f"{path}smarthome_object_id"
        domain = Domain(field, "=", False)
        if self._smarthome_has_role("manager"):
            domain |= Domain(f"{field}.user_id", "=", self.id)
        if self._smarthome_has_role("engineer"):
            domain |= Domain(f"{field}.engineer_id", "=", self.id)
        return list(domain)
