from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .request_common import SmarthomeRequestCommon


@tagged("post_install", "-at_install")
class TestRequestAccess(SmarthomeRequestCommon):
    """Managers see requests of their objects, engineers of those they lead, purchasing all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sign((cls.goods, 5))
        cls.request = cls._approve(cls._request())
        cls.other_engineer = cls._create_user("other_engineer", "engineer")
        cls.other_object = cls._create_object(
            name="Foreign house",
            user_id=cls.other_manager.id,
            engineer_id=cls.other_engineer.id,
        )

    def _search(self, user, model="purchase.request"):
        return self.env[model].with_user(user).search([])

    def test_who_sees_a_request(self):
        for user in (
            self.manager,
            self.head,
            self.engineer,
            self.purchasing,
            self.storekeeper,
            self.accountant,
        ):
            self.assertIn(self.request, self._search(user), user.login)
            lines = self._search(user, "purchase.request.line")
            self.assertIn(self.request.line_ids, lines, user.login)
        for user in (self.other_manager, self.other_engineer):
            self.assertNotIn(self.request, self._search(user), user.login)
            with self.assertRaises(AccessError):
                self.request.with_user(user).read(["name"])
        for user in (self.secretary, self.installer):
            with self.assertRaises(AccessError):
                self._search(user)

    def test_prices_are_for_purchasing(self):
        for user in (self.manager, self.engineer, self.storekeeper):
            for records in (self.request, self.request.line_ids):
                self.assertNotIn("estimated_cost", records.with_user(user).fields_get())
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["estimated_cost"])
        self.request.with_user(self.purchasing).read(["estimated_cost"])

    def test_purchase_prices(self):
        order = self._order(self.request.line_ids)
        for user in (self.manager, self.engineer):
            with self.assertRaises(AccessError):
                order.with_user(user).read(["name"])
        for record, name in ((order, "amount_total"), (order.order_line, "price_unit")):
            with self.assertRaises(AccessError):
                record.with_user(self.storekeeper).read([name])
            record.with_user(self.purchasing).read([name])

    def test_storekeeper_receives(self):
        order = self._order(self.request.line_ids)
        order.with_user(self.purchasing).button_confirm()
        picking = order.picking_ids
        self._validate(picking, {self.goods: 3}, user=self.storekeeper)
        self._validate(picking.backorder_ids, user=self.storekeeper)
        self.assertEqual(self.request.state, "done")
        self.assertEqual(picking.move_ids.smarthome_object_id, self.object)

    def test_storekeeper_only_reads(self):
        request = self.request.with_user(self.storekeeper)
        self.assertEqual(request.line_ids.product_qty, 5)
        for action in (
            lambda: request.line_ids.write({"product_qty": 50}),
            lambda: request.line_ids.create({"request_id": request.id}),
            lambda: request.write({"description": "x"}),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_nobody_changes_allocations(self):
        order = self._order(self.request.line_ids)
        allocation = order.order_line.purchase_request_allocation_ids
        for user in (self.manager, self.engineer, self.storekeeper):
            with self.assertRaises(AccessError):
                allocation.with_user(user).requested_product_uom_qty = 1

    def test_allocations_are_seen_like_their_requests(self):
        allocation = self._order(self.request.line_ids).order_line.purchase_request_allocation_ids
        self.assertIn(allocation, self._search(self.engineer, allocation._name))
        for user in (self.other_manager, self.other_engineer, self.secretary):
            self.assertNotIn(allocation, self._search(user, allocation._name), user.login)

    def test_foreign_object(self):
        with self.assertRaises(AccessError):
            self.other_object.with_user(self.manager).action_new_request()
        Request = self.env["purchase.request"].with_user(self.manager)
        with self.assertRaises(AccessError):
            Request.create({"smarthome_object_id": self.other_object.id})
        with self.assertRaises(AccessError):
            Request.with_context(default_smarthome_object_id=self.other_object.id).create({})

    def test_foreign_line_of_a_contract(self):
        foreign = self._sign((self.goods, 3), smarthome_object_id=self.other_object.id)
        request = self.env["purchase.request"].with_user(self.manager)
        request = request.create({"smarthome_object_id": self.object.id})
        values = {
            "request_id": request.id,
            "product_id": self.goods.id,
            "smarthome_sale_line_id": foreign.order_line.id,
        }
        with self.assertRaises(AccessError):
            request.line_ids.create(values)
        with self.assertRaises(ValidationError):
            request.line_ids.sudo().create(values)

    def test_nobody_asks_for_another(self):
        request = self.env["purchase.request"].with_user(self.engineer)
        request = request.create(
            {
                "smarthome_object_id": self.object.id,
                "requested_by": self.manager.id,
                "state": "approved",
            }
        )
        self.assertEqual((request.requested_by, request.state), (self.engineer, "draft"))
        with self.assertRaises(AccessError):
            request.requested_by = self.manager
        with self.assertRaises(AccessError):
            request.smarthome_approver_id = self.engineer

    def test_supply_without_prices(self):
        lines = self.env["smarthome.object.line"]
        for user in (self.manager, self.engineer):
            row = lines.with_user(user).search([("object_id", "=", self.object.id)])
            self.assertEqual(row.supply_state, "requested")
        foreign = lines.with_user(self.other_manager).search([("object_id", "=", self.object.id)])
        self.assertFalse(foreign)

    def test_purchasing_orders_without_the_object(self):
        """For whom is told by text: objects themselves are not purchasing's."""
        order = self._order(self.request.line_ids)
        order = order.with_user(self.purchasing)
        self.assertEqual(order.smarthome_for_whom, self.object.display_name)
        order.button_confirm()
        with self.assertRaises(AccessError):
            self.object.with_user(self.purchasing).read(["name"])
