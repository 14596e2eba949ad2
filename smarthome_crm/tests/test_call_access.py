from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SmarthomeCrmCommon

NUMBER = "+375291234567"


@tagged("post_install", "-at_install")
class TestCallAccess(SmarthomeCrmCommon):
    """Who sees which calls, and who learns whose a client is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.by")
        cls.client.phone = NUMBER
        cls.object._plan_call("2099-03-02 08:00:00")
        cls.call = cls.env["smarthome.call"].create({"phone": NUMBER, "user_id": cls.manager.id})

    def _calls(self, user):
        return self.env["smarthome.call"].with_user(user)

    def test_own_calls_only(self):
        self.assertIn(self.call, self._calls(self.manager).search([]))
        self.assertIn(self.call, self._calls(self.secretary).search([]))
        self.assertIn(self.call, self._calls(self.head).search([]))
        self.assertFalse(self._calls(self.other_manager).search([]))
        for user in (self.engineer, self.installer, self.storekeeper, self.purchasing):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._calls(user).search([])

    def test_lookup_own(self):
        found = self._calls(self.manager).lookup_number("8 029 123-45-67")
        self.assertEqual(found["status"], "own")
        self.assertEqual(found["partner_id"], self.client.id)
        self.assertEqual(found["object_id"], self.object.id)
        self.assertEqual(found["next_date"], "2099-03-02 08:00:00")

    def test_lookup_of_another(self):
        found = self._calls(self.other_manager).lookup_number(NUMBER)
        self.assertEqual(
            found,
            {
                "status": "other",
                "number": "+375 29 123-45-67",
                "valid": True,
                "manager": self.manager.name,
                "manager_id": self.manager.id,
            },
        )
        secretary = self._calls(self.secretary).lookup_number(NUMBER)
        self.assertEqual(secretary["name"], self.client.name)
        self.assertNotIn("object", secretary)
        self.assertEqual(self._calls(self.head).lookup_number(NUMBER)["status"], "own")

    def test_lookup_roles(self):
        for user in (self.engineer, self.accountant, self.installer):
            with self.assertRaises(AccessError):
                self._calls(user).lookup_number(NUMBER)
        self.assertEqual(self._calls(self.manager).lookup_number("555")["status"], "unknown")

    def test_hand_over(self):
        call = self._calls(self.other_manager).create({"phone": NUMBER, "need": "Curtains"})
        wizard = self.env["smarthome.call.hand.over"].with_user(self.other_manager)
        form = wizard.create({"call_id": call.id})
        self.assertEqual(form.user_id, self.manager)
        form.action_hand_over()
        self.assertFalse(self._calls(self.other_manager).search([("is_open", "=", True)]))
        planned = self._calls(self.manager).search([("previous_call_id", "=", call.id)])
        self.assertRecordValues(
            planned, [{"state": "planned", "need": "Curtains", "phone": NUMBER}]
        )
        self.assertTrue(planned.activity_ids)

    def test_hand_over_planned(self):
        call = self._calls(self.secretary).create(
            {"phone": NUMBER, "date": fields.Datetime.now() + timedelta(days=1)}
        )
        call.action_hand_over(self.manager.id)
        self.assertEqual(call.user_id, self.manager)
        with self.assertRaises(UserError):
            call.action_hand_over(self.engineer.id)

    def test_secretary_answers(self):
        call = self.object.next_call_id.with_user(self.secretary)
        call.action_answer("He rang himself", "2099-03-09")
        self.assertEqual(str(self.object.next_call_date)[:10], "2099-03-09")

    def test_secretary_records_of_a_client(self):
        call = self._calls(self.secretary).create({"phone": NUMBER})
        self.assertEqual(call.partner_id, self.client)
        self.assertEqual(call.name, self.client.name)


@tagged("post_install", "-at_install")
class TestCallHandover(SmarthomeCrmCommon):
    """A head moves everything of a manager in one step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.user_id = cls.manager
        cls.todo = cls.object.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.manager.id
        )
        cls.alone = cls.env["smarthome.call"].create(
            {"state": "planned", "user_id": cls.manager.id, "phone": "+375291112233"}
        )

    def _hand_over(self, user=None, **values):
        wizard = self.env["smarthome.handover.wizard"].with_user(user or self.head)
        form = wizard.create(
            {"from_user_id": self.manager.id, "to_user_id": self.other_manager.id, **values}
        )
        return self.env["smarthome.handover"].browse(form.action_hand_over()["res_id"])

    def _assert_all_of(self, user):
        self.assertEqual(self.object.user_id, user)
        self.assertEqual(self.object.next_call_id.user_id, user)
        self.assertEqual(self.alone.user_id, user)
        self.assertEqual(self.client.user_id, user)
        self.assertEqual(self.todo.user_id, user)
        self.assertEqual(self.object.activity_ids.user_id, user)

    def test_for_good(self):
        handover = self._hand_over()
        self._assert_all_of(self.other_manager)
        self.assertEqual((handover.object_count, handover.call_count), (1, 2))
        self.assertFalse(self.env["smarthome.object"].with_user(self.manager).search([]))

    def test_for_a_time(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        handover = self._hand_over(is_for_a_time=True, date_end=yesterday)
        self._assert_all_of(self.other_manager)
        later = self.object.next_call_id.action_answer("Yes", "2099-03-02")
        with self.enter_registry_test_mode():
            self.env.ref("smarthome_crm.ir_cron_handover_give_back").method_direct_trigger()
        self._assert_all_of(self.manager)
        self.assertEqual(later.user_id, self.manager)
        self.assertEqual(handover.state, "returned")

    def test_heads_only(self):
        with self.assertRaises(AccessError):
            self._hand_over(self.manager)

    def test_few_queries(self):
        for number in range(3):
            self._create_object(name=f"Few {number}")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._hand_over()
        self.env.flush_all()
        few = self.env.cr.sql_log_count - before
        many_objects = [self._create_object(name=f"Many {number}") for number in range(30)]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._hand_over()
        self.env.flush_all()
        many = self.env.cr.sql_log_count - before
        self.assertEqual(len(many_objects), 30)
        self.assertLess(many - few, 30, "less than a query for each object")
