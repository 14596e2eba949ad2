from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestShippedAccess(SmarthomeShippedCommon):
    """Who validates, who looks, who adds: each in an environment that remembers nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive((cls.goods, 10, 60))
        cls.client.phone = "+375291112233"
        cls.order = cls._sign((cls.goods, 5))
        cls._pick(cls.order)
        cls.shipment = cls._get_open_pickings(cls.order, cls.warehouse.out_type_id)

    def _as(self, user):
        self.env.invalidate_all()
        return self.shipment.with_user(user)

    def test_storekeeper_validates_without_reading_the_client(self):
        self.env.company.write({"stock_text_confirmation": True, "stock_confirmation_type": "sms"})
        with self.assertRaises(AccessError):
            self.client.with_user(self.storekeeper).read(["phone"])
        self.shipment.move_ids.picked = True
        self._as(self.storekeeper).with_context(skip_sms=False).button_validate()
        self.assertEqual(self.shipment.state, "done")

    def test_storekeeper_opens_the_chatter(self):
        picking = self._as(self.storekeeper)
        store = Store()
        picking._thread_to_store(store, [], request_list=["suggestedRecipients", "followers"])
        self.assertTrue(store.get_result())
        self.assertEqual(picking._message_get_suggested_recipients(), [])

    def test_others_validate_nothing(self):
        """What is picked already is not shipped by whoever may only look."""
        self.object.engineer_id = self.engineer
        self.shipment.move_ids.picked = True
        self.env.flush_all()
        for user in self.engineer, self.other_manager, self.secretary, self.installer:
            with self.assertRaises(AccessError):
                self._as(user).button_validate()
        self.assertEqual(self.shipment.state, "assigned")

    def test_what_is_done_is_not_rewritten(self):
        """Neither by a manager who would have less cost, nor by an unlocked transfer."""
        with self.assertRaises(UserError):
            self.shipment.move_ids.with_user(self.manager).state = "done"
        with self.assertRaises(AccessError):
            self._as(self.manager).button_validate()
        self._ship(self.order)
        move = self.shipment.move_ids
        for user in self.manager, self.storekeeper:
            for values in (
                {"quantity": 1},
                {"smarthome_object_id": False},
                {"sale_line_id": False},
                {"to_refund": False},
                {"state": "cancel"},
            ):
                with self.assertRaises(UserError):
                    move.with_user(user).write(values)
            with self.assertRaises(UserError):
                move.move_line_ids.with_user(user).quantity = 1
            with self.assertRaises(UserError):
                move.with_user(user).copy({"picking_id": self.shipment.id})
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_who_adds_goods(self):
        self.object.engineer_id = self.engineer
        for user in self.storekeeper, self.manager, self.head:
            action = self._as(user).action_smarthome_add_goods()
            self.assertEqual(action["context"]["default_picking_id"], self.shipment.id)
        for user in self.engineer, self.other_manager, self.purchasing, self.accountant:
            with self.assertRaises(AccessError):
                self._as(user).action_smarthome_add_goods()
            with self.assertRaises(AccessError):
                self.object.with_user(user).action_add_goods()

    def test_storekeeper_sees_no_price(self):
        """Neither of extra goods, nor of warranty goods."""
        self._add(self.goods, 1, picking=self.shipment, is_warranty=True, reason="Broken")
        move = self.shipment.move_ids.filtered("smarthome_is_warranty")
        self.env.flush_all()
        seen = move.with_user(self.storekeeper).read(["smarthome_warranty_reason"])
        self.assertEqual(seen[0]["smarthome_warranty_reason"], "Broken")
        for name in "value", "price_unit":
            with self.assertRaises(AccessError):
                move.with_user(self.storekeeper).read([name])
        with self.assertRaises(AccessError):
            self.order.with_user(self.storekeeper).read(["smarthome_extra_ids"])

    def test_managers_see_their_own_warranty(self):
        self._add(self.goods, 1, picking=self.shipment, is_warranty=True, reason="Broken")
        self.env.flush_all()
        own = self.order.with_user(self.manager).smarthome_warranty_ids
        self.assertEqual(own.mapped("smarthome_warranty_reason"), ["Broken"])
        with self.assertRaises(AccessError):
            own.with_user(self.other_manager).read(["smarthome_warranty_reason"])
