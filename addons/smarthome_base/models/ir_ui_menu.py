from odoo import api, models


class IrUiMenu(models.Model):
    """The app opens on what the person works with first, not on what stands first in the menu."""

    _inherit = "ir.ui.menu"

    @api.model
    def load_web_menus(self, debug):
        menus = super().load_web_menus(debug)
        root = self.env.ref("smarthome_base.smarthome_root_menu", raise_if_not_found=False)
        first = self._get_smarthome_first_menu()
        if root and first and root.id in menus and first.id in menus:
            names = ("actionID", "actionModel", "actionPath")
            menus[root.id].update({name: menus[first.id][name] for name in names})
        return menus

    @api.model
    def _get_smarthome_first_menu(self):
        """The menu that the app opens on for the user.

        :return: ir.ui.menu, empty where the first one that the user sees will do
        """
        user = self.env.user
        for role, xml_id in self._get_smarthome_first_menus():
            if user._smarthome_has_role(role):
                return (xml_id and self.env.ref(xml_id, raise_if_not_found=False)) or self.browse()
        return self.browse()

    @api.model
    def _get_smarthome_first_menus(self):
        """Where the app opens by role; the first role that the user holds decides.

        :return: list of (role, external identifier of a menu with an action, or False)
        """
        return [("secretary", False), ("manager", False)]
