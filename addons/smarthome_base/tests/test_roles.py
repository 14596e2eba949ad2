from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.smarthome_base.models.res_users import ROLES


@tagged("post_install", "-at_install")
class TestRoles(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.groups = {role: cls.env.ref(f"smarthome_base.group_smarthome_{role}") for role in ROLES}

    def _user(self, *roles):
        groups = ",".join(f"smarthome_base.group_smarthome_{role}" for role in roles)
        return new_test_user(self.env, login="test_" + "_".join(roles), groups=groups)

    def test_a_privilege_each(self):
        """Groups of one privilege exclude each other on the user's form; roles must not."""
        privileges = [group.privilege_id for group in self.groups.values()]
        self.assertEqual(len(set(privileges)), len(ROLES))
        category = self.env.ref("smarthome_base.module_category_smarthome")
        self.assertEqual({privilege.category_id for privilege in privileges}, {category})

    def test_only_head_implies_manager(self):
        for role, group in self.groups.items():
            implied = {
                name for name, other in self.groups.items() if other in group.all_implied_ids
            }
            self.assertEqual(implied - {role}, {"manager"} if role == "head" else set(), role)

    def test_one_login_holds_several_roles(self):
        user = self._user("manager", "engineer", "storekeeper")
        self.assertTrue(user._smarthome_has_role("engineer"))
        self.assertTrue(user._smarthome_has_role("head", "manager"))
        self.assertFalse(user._smarthome_has_role("head", "accountant"))
        self.assertFalse(new_test_user(self.env, login="nobody")._smarthome_has_role())

    def test_root_menu_is_for_roles(self):
        menu = self.env.ref("smarthome_base.smarthome_root_menu")
        for role in ROLES:
            visible = self.env["ir.ui.menu"].with_user(self._user(role))._visible_menu_ids()
            self.assertEqual(menu.id in visible, bool(menu.child_id & menu.browse(visible)), role)
        outsider = new_test_user(self.env, login="outsider")
        self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(outsider)._visible_menu_ids())
