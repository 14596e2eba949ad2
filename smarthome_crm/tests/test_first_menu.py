from odoo.tests import tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestFirstMenu(SmarthomeCrmCommon):
    """What opens for whom when he comes to work."""

    def _get_first_action(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
        root = menus[self.env.ref("smarthome_base.smarthome_root_menu").id]
        return self.env["ir.actions.act_window"].sudo().browse(root["actionID"]).res_model

    def test_each_role_opens_on_its_own_work(self):
        expected = {
            self.secretary: "smarthome.call",
            self.manager: "smarthome.call",
            self.head: "smarthome.call",
            self.engineer: "smarthome.object",
            self.accountant: "smarthome.payment.milestone",
            self.installer: "smarthome.work.done",
        }
        for user, model in expected.items():
            self.assertEqual(self._get_first_action(user), model, user.login)
        both = self._create_user("manager_engineer", "manager", "engineer")
        self.assertEqual(self._get_first_action(both), "smarthome.call")

    def test_engineer_opens_on_objects_in_work(self):
        menu = self.env["ir.ui.menu"].with_user(self.engineer)._get_smarthome_first_menu()
        self.assertEqual(menu, self.env.ref("smarthome_crm.smarthome_object_menu_work"))

    def test_installer_sees_his_works_with_their_objects(self):
        work = self._create_work("W-OWN", 10, 4)
        order = self._create_proposal((work, 3))
        order.smarthome_date_end = order.smarthome_date_start
        order.action_confirm()
        done = self.env["smarthome.work.done"].create(
            {
                "order_line_id": order.order_line.filtered("product_id").id,
                "quantity": 2,
                "installer_id": self.installer.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        action = self.env.ref("smarthome_crm.smarthome_work_done_action_own")
        mine = done.with_user(self.installer)
        specification = {"object_name": {}, "product_id": {"fields": {"display_name": {}}}}
        (values,) = mine.search([("installer_id", "=", self.installer.id)]).web_read(
            {**specification, "pay": {}}
        )
        self.assertEqual(values["object_name"], self.object.display_name)
        self.assertEqual(values["product_id"]["display_name"], work.display_name)
        self.assertEqual(values["pay"], 8)
        self.assertEqual(action.res_model, mine._name)
