from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestApproval(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_head = cls._create_user("second_head", "head")
        cls.camera = cls._create_goods("CAM", price=100.0, cost=60.0)
        cls.object_type.profit_floor = 45.0
        cls.order = cls._create_proposal((cls.camera, 2)).with_user(cls.manager)

    def _activities(self):
        kind = self.env.ref("smarthome_crm.mail_activity_type_consent")
        return self.order.sudo().activity_ids.filtered(lambda act: act.activity_type_id == kind)

    def _consent(self, reason="A client for years"):
        self.order.with_user(self.head).action_smarthome_consent(reason)

    def test_below_floor_is_not_sent_nor_signed(self):
        self.assertEqual(self.order.smarthome_profit_percent, 40.0)
        self.assertEqual(self.order.smarthome_consent, "needed")
        for refused in (
            self.order._check_can_be_sent,
            self.order.action_quotation_send,
            self.order.action_quotation_sent,
            self.order.action_confirm,
            lambda: self.order.write({"state": "sale"}),
        ):
            with self.assertRaisesRegex(UserError, "Ask for Consent"):
                refused()

    def test_above_floor_needs_nothing(self):
        self.order.order_line.price_unit = 110.0
        self.assertEqual(self.order.smarthome_consent, "unneeded")
        self.order._check_can_be_sent()
        with self.assertRaisesRegex(UserError, "No consent"):
            self.order.action_smarthome_ask_consent()
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_empty_and_free_proposals(self):
        empty = self._create_proposal()
        self.assertEqual(empty.smarthome_consent, "unneeded")
        self.order.order_line.discount = 100.0
        self.assertEqual(self.order.smarthome_consent, "needed")

    def test_asking_twice_makes_one_activity(self):
        self.order.action_smarthome_ask_consent()
        self.order.action_smarthome_ask_consent()
        self.assertEqual(len(self._activities()), 1)
        self.assertTrue(self._activities().user_id._smarthome_has_role("head"))
        self.assertEqual(self.order.smarthome_consent, "asked")

    def test_consent_lets_it_be_sent(self):
        self.order.action_smarthome_ask_consent()
        action = self.order.with_user(self.head).action_smarthome_decide_consent()
        wizards = self.env[action["res_model"]].with_user(self.head)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.profit_percent, 40.0)
            form.reason = "A client for years"
        form.record.action_consent()
        self.assertEqual(self.order.smarthome_consent, "given")
        self.assertEqual(self.order.smarthome_consent_user_id, self.head)
        self.assertFalse(self._activities())
        self.assertIn("A client for years", self.order.sudo().message_ids[0].body)
        self.order._check_can_be_sent()
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_refusal_can_be_asked_again(self):
        self.order.action_smarthome_ask_consent()
        self.order.with_user(self.head).action_smarthome_refuse_consent("Too little")
        self.assertEqual(self.order.smarthome_consent, "refused")
        with self.assertRaisesRegex(UserError, "refused"):
            self.order._check_can_be_sent()
        self.order.action_smarthome_ask_consent()
        self.assertEqual(self.order.smarthome_consent, "asked")

    def test_void_when_amounts_change(self):
        self.order.action_smarthome_ask_consent()
        self._consent()
        self.order.order_line.product_uom_qty = 3
        self.assertEqual(self.order.smarthome_consent, "needed")
        self.order.order_line.product_uom_qty = 2
        self.assertEqual(self.order.smarthome_consent, "given")

    def test_raised_profit_withdraws_the_question(self):
        self.order.action_smarthome_ask_consent()
        self.order.order_line.price_unit = 105.0
        self.env.cr.flush()
        self.assertEqual(len(self._activities()), 1, "still below the floor")
        self.order.order_line.price_unit = 110.0
        self.env.cr.flush()
        self.assertFalse(self._activities())
        self.assertEqual(self.order.smarthome_consent, "unneeded")
        self.assertFalse(self.order.smarthome_consent_asker_id)
        self.order.order_line.price_unit = 100.0
        self.env.cr.flush()
        self.assertEqual(self.order.smarthome_consent, "needed")
        self.order.action_smarthome_ask_consent()
        self.assertEqual(len(self._activities()), 1)

    def test_on_the_way_the_profit_may_pass_the_floor(self):
        self.order.action_smarthome_ask_consent()
        self.order.order_line.price_unit = 110.0
        self.env.flush_all()
        self.order.order_line.price_unit = 100.0
        self.env.cr.flush()
        self.assertEqual(len(self._activities()), 1)
        self.assertEqual(self.order.smarthome_consent, "asked")

    def test_lowered_floor_withdraws_the_question(self):
        lower = self.env["smarthome.object.type"].create({"name": "Flat", "profit_floor": 40.0})
        for lower_floor in (
            lambda: self.object_type.with_user(self.head).write({"profit_floor": 30.0}),
            lambda: self.object.with_user(self.manager).write({"type_id": lower.id}),
        ):
            self.object_type.profit_floor = 45.0
            self.order.action_smarthome_ask_consent()
            lower_floor()
            self.env.cr.flush()
            self.assertFalse(self._activities())
            self.assertEqual(self.order.smarthome_consent, "unneeded")

    def test_copy_carries_no_consent(self):
        self.order.action_smarthome_ask_consent()
        self._consent()
        self.assertEqual(self.order._create_version().smarthome_consent, "needed")

    def test_never_ones_own(self):
        self.order.action_smarthome_ask_consent()
        with self.assertRaisesRegex(AccessError, "head"):
            self.order.action_smarthome_consent("Mine")
        own = self.order.sudo().copy({"user_id": self.head.id})
        own.with_user(self.second_head).action_smarthome_ask_consent()
        for head in (self.head, self.second_head):
            with self.assertRaisesRegex(AccessError, "own"):
                own.with_user(head).action_smarthome_consent("Mine")
        self.assertEqual(own.smarthome_consent, "asked")

    def test_reason_is_required(self):
        self.order.action_smarthome_ask_consent()
        with self.assertRaisesRegex(UserError, "reason"):
            self._consent("  ")
        self.assertEqual(self.order.smarthome_consent, "asked")

    def test_consent_is_asked_for_first(self):
        with self.assertRaisesRegex(UserError, "asked"):
            self._consent()

    def test_consent_is_not_written(self):
        """Neither by a manager nor by a head, by write, create or a default."""
        forged = {"smarthome_consent_decision": "given", "smarthome_consent_profit": 80.0}
        for user in (self.manager, self.head):
            with self.assertRaises(AccessError):
                self.order.with_user(user).write(forged)
        orders = self.env["sale.order"].with_user(self.manager)
        values = {"smarthome_object_id": self.object.id}
        with self.assertRaises(AccessError):
            orders.create({**values, **forged})
        with self.assertRaises(AccessError):
            orders.with_context(default_smarthome_consent_decision="given").create(values)

    def test_others_see_no_consent(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.engineer).read(["smarthome_consent"])
