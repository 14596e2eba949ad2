from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestExtra(SmarthomeShippedCommon):
    """Goods beyond the contract: 5 of 100 less 10 % are signed, 20 lie in stock at 60."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_goods("ST-2", 40, 0)
        cls._receive((cls.goods, 20, 60), (cls.other, 20, 25))
        cls.order = cls._create_proposal((cls.goods, 5), (cls.work, 1))
        cls.order.order_line[0].discount = 10
        cls.order.action_confirm()
        cls.line = cls.order.order_line[0]

    def _over_ship(self, quantity=7, user=None):
        self._pick(self.order, {self.goods: quantity}, user)
        return self._ship(self.order, None, user)

    def test_over_shipment_splits(self):
        """The storekeeper ships 7 of 5: two go beyond, on a move and a line of their own."""
        forecast = self.order.smarthome_profit
        self._over_ship(user=self.storekeeper)
        extra = self._get_extras(self.order)
        self.assertRecordValues(
            self.line | extra,
            [
                {"qty_delivered": 5, "product_uom_qty": 5, "smarthome_extra_state": False},
                {"qty_delivered": 2, "product_uom_qty": 2, "smarthome_extra_state": "waiting"},
            ],
        )
        self.assertEqual(extra.price_unit, 0)
        self.assertEqual(extra.smarthome_proposed_price, 90)
        self.assertEqual(extra.smarthome_exceeds_line_id, self.line)
        self.assertEqual(extra.move_ids.mapped("value"), [120])
        self.assertEqual(self.order.smarthome_profit, forecast)
        self.assertEqual(self.order.activity_ids.user_id, self.manager)
        self.assertIn("extras", self._get_codes())
        self.assertEqual(extra.invoice_status, "no")
        action = self.object.with_user(self.manager).action_open_obstacle("extras")
        self.assertEqual(action["domain"], [("id", "in", extra.ids)])

    def test_nothing_is_left_staged(self):
        """What went beyond the line was gathered for it: the place is empty, and so says the list."""
        self._over_ship()
        self.env.flush_all()
        seen = self.env["smarthome.object.line"].browse(
            (self.line | self._get_extras(self.order)).ids
        )
        self.assertEqual(seen.mapped("staged_quantity"), [0, 0])
        self.assertEqual(seen.mapped("to_request_quantity"), [0, 0])
        self.assertEqual(seen.mapped("waiting_quantity"), [5, 2])

    def test_charged_at_the_contracts_net_price(self):
        self.order.smarthome_payment_template_id = self.env.ref(
            "smarthome_crm.payment_template_50_40_10"
        )
        self.order.action_smarthome_plan_payments()
        forecast = self.order.smarthome_profit
        self._over_ship()
        extra = self._get_extras(self.order)
        extra.with_user(self.manager).action_smarthome_charge()
        self.assertRecordValues(
            extra,
            [{"smarthome_extra_state": "charged", "price_subtotal": 180, "discount": 10}],
        )
        self.assertEqual(self.order.amount_total, 450 + 10 + 180)
        self.assertEqual(sum(self.order.smarthome_milestone_ids.mapped("amount")), 640)
        self.assertEqual(self.order.smarthome_profit, forecast)
        self.assertFalse(self.order.activity_ids)
        self.assertEqual(extra.qty_to_invoice, 2)
        self.assertNotIn("extras", self._get_codes())
        self.assertEqual(
            self._get_facts(),
            {"goods_revenue": 450, "extra_revenue": 180, "goods_cost": -420},
        )
        extra.with_user(self.manager).action_smarthome_charge()
        with self.assertRaises(UserError):
            extra.with_user(self.manager).action_smarthome_absorb()

    def test_charged_at_the_pricelist(self):
        """A product that no contract holds, added to the gathering by the storekeeper."""
        gathering = self._get_open_pickings(self.order, self.warehouse.smarthome_staging_type_id)
        self._add(self.other, 3, picking=gathering)
        self._ship_all(self.order)
        extra = self._get_extras(self.order)
        self.assertRecordValues(extra, [{"product_id": self.other.id, "qty_delivered": 3}])
        self.assertFalse(extra.smarthome_exceeds_line_id)
        extra.with_user(self.head).action_smarthome_charge()
        self.assertEqual(extra.price_subtotal, 120)

    def test_added_to_the_shipment(self):
        """Goods added at the door, from what else lies at the object's place."""
        self._add(self.other, 4)
        gathering = self.object.picking_ids.filtered(lambda one: one.origin == self.order.name)
        self._validate(gathering.filtered(lambda one: one.state == "assigned"))
        shipments = self.object.picking_ids.filtered(
            lambda one: one.picking_type_id == self.warehouse.out_type_id
        )
        self._validate(shipments)
        extra = self._get_extras(self.order)
        self.assertEqual(sum(extra.mapped("qty_delivered")), 4)
        self.assertEqual(self.line.qty_delivered, 5)

    def test_absorbed(self):
        self._over_ship()
        extra = self._get_extras(self.order)
        self.assertNotIn(extra, self.order._get_order_lines_to_report())
        extra.with_user(self.manager).action_smarthome_absorb()
        self.assertIn(extra, self.order._get_order_lines_to_report())
        self.assertEqual(self.order.amount_total, 460)
        self.assertEqual(extra.qty_to_invoice, 0)
        self.assertEqual(self._get_facts(), {"goods_revenue": 450, "goods_cost": -420})

    def test_taken_back(self):
        self._over_ship()
        extra = self._get_extras(self.order)
        extra.with_user(self.manager).action_smarthome_take_back()
        self.assertEqual(extra.smarthome_extra_state, "taken_back")
        self.assertIn("extras", self._get_codes())
        back = extra._get_open_returns().picking_id
        self.assertEqual(back.smarthome_object_id, self.object)
        self._validate(back, user=self.storekeeper)
        self.assertRecordValues(extra, [{"qty_delivered": 0, "product_uom_qty": 0}])
        self.assertNotIn("extras", self._get_codes())
        self.assertEqual(self._get_facts(), {"goods_revenue": 450, "goods_cost": -300})

    def test_taken_back_after_all_charged(self):
        """Until it is back the manager may think again; the return is cancelled."""
        self._over_ship()
        extra = self._get_extras(self.order)
        extra.with_user(self.manager).action_smarthome_take_back()
        back = extra._get_open_returns()
        extra.with_user(self.manager).action_smarthome_charge()
        self.assertEqual(back.state, "cancel")
        self.assertEqual(extra.price_subtotal, 180)

    def test_returned_by_the_storekeeper(self):
        """A part of a charged extra comes back: the client pays for what is there."""
        shipment = self._over_ship()
        extra = self._get_extras(self.order)
        extra.action_smarthome_charge()
        wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
        row = wizard.product_return_moves.filtered(lambda row: row.move_id in extra.move_ids)
        row.quantity = 1
        self._validate(wizard._create_return())
        self.assertRecordValues(
            extra,
            [{"product_uom_qty": 1, "price_subtotal": 90, "smarthome_extra_state": "charged"}],
        )
        self.assertEqual(self.order.amount_total, 550)

    def test_backorder_and_second_go(self):
        """3 of 5, then 4: two go beyond; a third shipment adds to the same waiting line."""
        self._pick(self.order, {self.goods: 3})
        self._ship(self.order)
        self._pick(self.order, {self.goods: 4})
        self._ship(self.order)
        self.assertEqual(self.line.qty_delivered, 5)
        self.assertEqual(self._get_extras(self.order).product_uom_qty, 2)
        self._add(self.goods, 1)
        self._validate(self.object.picking_ids.filtered(lambda one: one.state == "assigned"))
        self._validate(self.object.picking_ids.filtered(lambda one: one.state == "assigned"))
        extra = self._get_extras(self.order)
        self.assertRecordValues(extra, [{"product_uom_qty": 3, "qty_delivered": 3}])

    def test_other_units(self):
        """A dozen is signed; 14 units go: 2 units beyond, at a twelfth of the dozen's price."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_proposal((self.goods, 1))
        order.order_line.write({"product_uom_id": dozen.id, "price_unit": 1200})
        order.action_confirm()
        gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
        self._validate(gathering)
        self._add(self.goods, 2, picking=self._get_open_pickings(order, self.warehouse.out_type_id))
        place = self._get_place()
        self.env["stock.quant"]._update_available_quantity(self.goods, place, 2)
        self._ship(order)
        extra = self._get_extras(order)
        self.assertEqual(order.order_line[0].qty_delivered, 1)
        self.assertRecordValues(extra, [{"product_uom_qty": 2, "smarthome_proposed_price": 100}])

    def test_extra_belongs_to_the_shipments_contract(self):
        second = self._sign((self.other, 2))
        gathering = self._get_open_pickings(second, self.warehouse.smarthome_staging_type_id)
        self._add(self.goods, 1, picking=gathering)
        self._ship_all(second)
        self.assertEqual(self._get_extras(second).product_id, self.goods)
        self.assertFalse(self._get_extras(self.order))

    def test_who_decides(self):
        self._over_ship()
        extra = self._get_extras(self.order)
        for user in self.other_manager, self.engineer, self.storekeeper, self.accountant:
            with self.assertRaises(AccessError):
                extra.with_user(user).action_smarthome_charge()
        with self.assertRaises(AccessError):
            extra.with_user(self.manager).smarthome_extra_state = "absorbed"
        with self.assertRaises(UserError):
            extra.with_user(self.manager).price_unit = 1
        with self.assertRaises(AccessError):
            self._add(self.goods, 1, user=self.other_manager)
        self._add(self.goods, 1, user=self.manager)

    def test_no_lines_by_sale_stock(self):
        """Loops of sale_stock find nothing to make a line for."""
        vals = {"order_id": self.order.id, "product_id": self.goods.id}
        move = self.line.move_ids[0]
        lines = self.env["sale.order.line"].create([{**vals, "move_ids": [Command.link(move.id)]}])
        self.assertFalse(lines)

    def test_closed_object_takes_no_goods(self):
        self._pick(self.order)
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self._ship(self.order)
