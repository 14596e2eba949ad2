from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestReturn(SmarthomeShippedCommon):
    """5 of 100 are signed; 10 lie in stock at 60."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive((cls.goods, 10, 60))
        cls.order = cls._sign((cls.goods, 5), (cls.work, 1))
        cls.line = cls.order.order_line[0]

    def _reduce(self, quantity):
        """A signed additional proposal that takes goods away."""
        action = self.order.action_smarthome_new_additional()
        additional = self.env["sale.order"].browse(action["res_id"])
        additional.order_line = [Command.create(self.line._prepare_reduction_values(quantity))]
        additional.order_line = [Command.create({"product_id": self.work.id, "product_uom_qty": 1})]
        additional.action_confirm()
        return additional

    def _get_demand(self):
        """What is still on its way to the object."""
        return sum(
            self.line.move_ids.filtered(lambda move: move._is_on_the_way()).mapped(
                "product_uom_qty"
            )
        )

    def test_return_lowers_shipped_and_cost(self):
        self._pick(self.order)
        shipment = self._ship(self.order)
        self._take_back(shipment, {self.goods: 2})
        self.assertEqual(self.line.qty_delivered, 3)
        self.assertEqual(self._get_facts(), {"goods_revenue": 300, "goods_cost": -180})
        self.assertEqual(self._count(self.goods, self.stock), 7)

    def test_defective_return_keeps_the_cost(self):
        self._pick(self.order)
        shipment = self._ship(self.order)
        wizard = self.env["stock.return.picking"].create(
            {"picking_id": shipment.id, "smarthome_is_defective": True}
        )
        wizard.product_return_moves.quantity = 1
        self._validate(wizard._create_return())
        self.assertEqual(self.line.qty_delivered, 4)
        self.assertEqual(self._get_facts(), {"goods_revenue": 400, "goods_cost": -300})

    def test_reduction_of_what_is_shipped(self):
        """It makes a return; when that is done the contract is lowered."""
        self._ship_all(self.order)
        additional = self._reduce(2)
        self.assertEqual(self.line.product_uom_qty, 5)
        back = self.line._get_open_returns()
        self.assertEqual(back.product_uom_qty, 2)
        self.assertIn("shipments", self._get_codes())
        self._validate(back.picking_id, user=self.storekeeper)
        self.assertRecordValues(self.line, [{"product_uom_qty": 3, "qty_delivered": 3}])
        self.assertFalse(any(additional.order_line.mapped("smarthome_return_quantity")))
        self.assertEqual(self._get_demand(), 0)

    def test_reduction_of_what_is_partly_shipped(self):
        """3 of 5 are shipped: of 3 to take away 2 are cut, 1 comes back."""
        self._pick(self.order, {self.goods: 3})
        self._ship(self.order)
        self._reduce(3)
        self.assertEqual(self.line.product_uom_qty, 3)
        self.assertEqual(self._get_demand(), 0)
        back = self.line._get_open_returns()
        self.assertEqual(back.product_uom_qty, 1)
        self._validate(back.picking_id)
        self.assertRecordValues(self.line, [{"product_uom_qty": 2, "qty_delivered": 2}])

    def test_reduction_of_what_is_staged(self):
        """2 of 5 staged go back to stock, 3 are shipped."""
        self._pick(self.order)
        self._reduce(2)
        self.assertEqual(self._get_demand(), 3)
        unstaging = self.object.picking_ids.filtered(
            lambda one: one.location_dest_id == self.stock and one.state != "done"
        )
        self.assertEqual(unstaging.move_ids.product_uom_qty, 2)
        self._validate(unstaging, user=self.storekeeper)
        self._ship(self.order)
        self.assertRecordValues(self.line, [{"product_uom_qty": 3, "qty_delivered": 3}])
        self.assertEqual(self._count(self.goods, self.stock), 7)
        self.assertFalse(self._get_extras(self.order))

    def test_reduction_of_what_is_in_stock(self):
        self._reduce(2)
        self.assertEqual(self._get_demand(), 3)
        self._ship_all(self.order)
        self.assertEqual(self.line.qty_delivered, 3)

    def test_reduction_of_an_extra(self):
        """A charged extra is agreed away: it comes back, and the contract asks for nothing."""
        self._pick(self.order, {self.goods: 6})
        self._ship(self.order)
        extra = self._get_extras(self.order)
        extra.action_smarthome_charge()
        original, self.line = self.line, extra
        additional = self._reduce(1)
        self._validate(extra._get_open_returns().picking_id)
        self.assertEqual((extra.product_uom_qty, original.qty_delivered), (0, 5))
        self.assertFalse(any(additional.order_line.mapped("smarthome_return_quantity")))

    def test_not_shipped_is_not_returned(self):
        self._pick(self.order, {self.goods: 2})
        shipment = self._ship(self.order)
        other = self._create_goods("ST-9", 10, 5)
        wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
        wizard.product_return_moves.quantity = 1
        back = wizard._create_return()
        back.move_ids = [
            Command.create(
                {
                    "product_id": other.id,
                    "product_uom_qty": 1,
                    "product_uom": other.uom_id.id,
                    "location_id": back.location_id.id,
                    "location_dest_id": back.location_dest_id.id,
                }
            )
        ]
        back.action_confirm()
        with self.assertRaisesRegex(UserError, "were not shipped"):
            self._validate(back)

    def _take_in(self, quantity):
        """A receipt from the client made by hand, without a word of the shipment."""
        places = {
            "location_id": self.client.property_stock_customer.id,
            "location_dest_id": self.stock.id,
        }
        move = {
            **places,
            "product_id": self.goods.id,
            "product_uom_qty": quantity,
            "product_uom": self.goods.uom_id.id,
        }
        back = self.env["stock.picking"].create(
            {
                **places,
                "picking_type_id": self.warehouse.in_type_id.id,
                "smarthome_object_id": self.object.id,
                "move_ids": [Command.create(move)],
            }
        )
        back.action_confirm()
        return self._validate(back)

    def test_loose_return_finds_its_line(self):
        """A receipt made by hand lowers the line by which the goods were shipped."""
        self._ship_all(self.order)
        self._take_in(1)
        self.assertEqual(self.line.qty_delivered, 4)
        self.assertFalse(self._get_extras(self.order))

    def test_loose_return_gives_back_what_it_cost(self):
        """5 of 60 left; 20 come at 120. All five are back: they cost nothing, and gave nothing."""
        now = fields.Datetime.now()
        with freeze_time(now + timedelta(hours=1)):
            self._ship_all(self.order)
        with freeze_time(now + timedelta(hours=2)):
            self._receive((self.goods, 20, 120))
        with freeze_time(now + timedelta(hours=3)):
            self._take_in(5)
        self.assertEqual(self._get_facts(), {})

    def test_loose_return_over_several_lines(self):
        """7 of 5 were shipped, 6 come back: the two beyond the contract, and four of it."""
        self._pick(self.order, {self.goods: 7})
        self._ship(self.order)
        back = self._take_in(6)
        extra = self._get_extras(self.order)
        self.assertEqual((extra.qty_delivered, self.line.qty_delivered), (0, 1))
        self.assertEqual(sorted(back.move_ids.mapped("quantity")), [2, 4])
        self.assertEqual(self._get_facts(), {"goods_revenue": 100, "goods_cost": -60})
        with self.assertRaisesRegex(UserError, "were not shipped"):
            self._take_in(2)

    def test_no_more_comes_back_than_was_shipped(self):
        """Odoo takes back whatever is typed, and twice: the client would have less than nothing."""
        self._pick(self.order)
        shipment = self._ship(self.order)
        for quantity in 6, 3:
            wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
            wizard.product_return_moves.quantity = quantity
            back = wizard._create_return()
            if quantity == 6:
                with self.assertRaisesRegex(UserError, "were not shipped"):
                    self._validate(back)
                back.action_cancel()
        late = self._take_back(shipment, {self.goods: 3})
        self.assertEqual((late.state, self.line.qty_delivered), ("done", 2))
        with self.assertRaisesRegex(UserError, "were not shipped"):
            self._validate(back)

    def test_return_always_lowers_what_is_shipped(self):
        """Odoo offers to take goods back, with their cost, and to charge the client all the same."""
        self._pick(self.order)
        shipment = self._ship(self.order)
        wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
        wizard.product_return_moves.write({"quantity": 2, "to_refund": False})
        self._validate(wizard._create_return())
        self.assertEqual(self._get_facts(), {"goods_revenue": 300, "goods_cost": -180})

    def test_cancelled_reduction_takes_nothing_back(self):
        """Two are asked back by a reduction, one as not installed: that one still comes."""
        self._ship_all(self.order)
        additional = self._reduce(2)
        difference = {"order_line_id": self.line.id, "kind": "returned", "quantity": 1}
        self.env["smarthome.installation.difference"].create(difference)
        additional._action_cancel()
        self.assertEqual(sum(self.line._get_open_returns().mapped("product_qty")), 1)
        self.assertEqual(self.line.product_uom_qty, 5)

    def test_undone_difference_keeps_the_reductions_return(self):
        self._ship_all(self.order)
        self._reduce(2)
        difference = {"order_line_id": self.line.id, "kind": "returned", "quantity": 1}
        self.env["smarthome.installation.difference"].create(difference).action_undo()
        self.assertEqual(sum(self.line._get_open_returns().mapped("product_qty")), 2)

    def test_exchange(self):
        """What is sent instead serves the same line."""
        self._pick(self.order)
        shipment = self._ship(self.order)
        wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
        wizard.product_return_moves.quantity = 1
        action = wizard.action_create_exchanges()
        self._validate(self.env["stock.picking"].browse(action["res_id"]))
        self.assertEqual(self._get_demand(), 1)
        self._ship_all(self.order)
        self.assertEqual(self.line.qty_delivered, 5)
        self.assertFalse(self._get_extras(self.order))
