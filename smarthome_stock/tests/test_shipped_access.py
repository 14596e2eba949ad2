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

    def test_forms_link_to_nothing_of_others(self):
        """Neither by creating, nor by a proposal of the context, nor by an unsaved form."""
        self.object.engineer_id = self.engineer
        request = self.env["purchase.request"].create({"smarthome_object_id": self.object.id})
        other_engineer = self._create_user("other_engineer", "engineer")
        line = self.env["smarthome.object.line"].browse(self.order.order_line.id)
        place = self._get_place()
        attempts = (
            (self.other_manager, "smarthome.install", "line_id", line),
            (self.other_manager, "smarthome.installation", "order_line_id", line),
            (self.other_manager, "smarthome.installation.difference", "order_line_id", line),
            (other_engineer, "smarthome.install", "line_id", line),
            (other_engineer, "smarthome.installation", "order_line_id", line),
            (self.other_manager, "smarthome.reassign", "location_id", place),
            (self.other_manager, "smarthome.reassign", "target_location_id", place),
            (self.other_manager, "smarthome.add.goods", "object_id", self.object),
            (self.other_manager, "smarthome.add.goods", "picking_id", self.shipment),
            (self.other_manager, "smarthome.staging.label", "object_id", self.object),
            (self.other_manager, "smarthome.request.return", "request_id", request),
            (self.other_manager, "purchase.request", "smarthome_object_id", self.object),
            (self.other_manager, "purchase.request.line", "request_id", request),
            (self.other_manager, "purchase.request.line", "smarthome_sale_line_id", line),
        )
        for user, name, field, record in attempts:
            model = self.env[name].with_user(user)
            for call in (
                lambda m=model, f=field, r=record: m.create({f: r.id}),
                lambda m=model, f=field, r=record: m.with_context(**{f"default_{f}": r.id}).create(
                    {}
                ),
                lambda m=model, f=field, r=record: m.onchange({f: r.id}, [f], {f: {}}),
            ):
                self.env.invalidate_all()
                with self.subTest(user=user.login, model=name, field=field):
                    with self.assertRaises(AccessError):
                        call()

    def test_forms_of_those_who_may(self):
        """The storekeeper opens no object, and adds and labels for every one of them."""
        self.object.engineer_id = self.engineer
        for user in self.storekeeper, self.manager:
            for name in "smarthome.add.goods", "smarthome.staging.label":
                self.env.invalidate_all()
                form = self.env[name].with_user(user)
                form.onchange({"object_id": self.object.id}, ["object_id"], {"object_id": {}})
        line = self.env["smarthome.object.line"].browse(self.order.order_line.id)
        for user in self.engineer, self.manager:
            form = self.env["smarthome.install"].with_user(user)
            self.assertTrue(form.create({"line_id": line.id, "quantity": 1}))

    def test_names_of_objects_are_not_asked_for(self):
        request = self.env["purchase.request"].create({"smarthome_object_id": self.object.id})
        for user in self.other_manager, self.secretary, self.installer:
            with self.assertRaises(AccessError):
                request.with_user(user).button_to_approve()

    def test_salesmen_move_nothing(self):
        """Odoo lets salesmen write moves: what, how much, whither and for whom is not theirs."""
        spare = self._create_object(name="Spare")
        move, row = self.shipment.move_ids, self.shipment.move_line_ids
        for records, values in (
            (move, {"quantity": 1}),
            (move, {"picked": True}),
            (move, {"location_dest_id": self.stock.id}),
            (move, {"smarthome_object_id": spare.id}),
            (move, {"smarthome_is_warranty": True}),
            (move, {"smarthome_warranty_reason": "Broken"}),
            (row, {"quantity": 1}),
            (row, {"location_id": self.stock.id}),
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.env.invalidate_all()
                records.with_user(self.manager).write(values)
        receipt = self._receive((self.goods, 1, 60)).move_ids
        for user in self.manager, self.storekeeper:
            with self.assertRaises(UserError):
                receipt.with_user(user).smarthome_object_id = self.object
        self.assertFalse(receipt.smarthome_object_id)

    def test_figures_of_the_crew_are_counted(self):
        self._ship(self.order)
        line = self.order.order_line
        with self.assertRaises(AccessError):
            line.with_user(self.manager).qty_delivered = 9
        with self.assertRaises(AccessError):
            line.with_user(self.manager).qty_delivered_method = "manual"
        installed = self.env["smarthome.installation"].with_user(self.manager)
        installed = installed.create({"order_line_id": line.id, "quantity": 1})
        for name, value in (
            ("object_id", self._create_object(name="Spare").id),
            ("user_id", self.other_manager.id),
            ("product_id", self.env["product.product"].search([], limit=1).id),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                installed.write({name: value})
