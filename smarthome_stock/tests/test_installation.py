from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestInstallation(SmarthomeShippedCommon):
    """5 are shipped to an object with a lead engineer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls._receive((cls.goods, 10, 60))
        cls.order = cls._sign((cls.goods, 5), (cls.work, 1))
        cls._pick(cls.order)
        cls.shipment = cls._ship(cls.order)
        cls.line = cls.order.order_line[0]

    def _see(self, user=None):
        """The line as the lead engineer sees it."""
        self.env.flush_all()
        lines = self.env["smarthome.object.line"].with_user(user or self.engineer)
        lines.invalidate_model()
        return lines.browse(self.line.id)

    def _settle(self, fate, quantity, user=None):
        line = self._see(user)
        wizard = self.env["smarthome.install"].with_user(user or self.engineer)
        wizard = wizard.create({"line_id": line.id, "fate": fate, "quantity": quantity})
        wizard.action_done()

    def test_one_tap(self):
        self.assertEqual(self._see().waiting_quantity, 5)
        self.assertIn("installed", self._get_codes())
        self._see().action_installed()
        self.assertEqual(self.line.smarthome_installed_quantity, 5)
        self.assertEqual(self._see().waiting_quantity, 0)
        self.assertNotIn("installed", self._get_codes())
        self.assertEqual(self.object.installation_ids.installer_id, self.engineer)

    def test_all_at_once_by_the_manager(self):
        self.object.with_user(self.manager).action_all_installed()
        self.assertEqual(self.line.smarthome_installed_quantity, 5)

    def test_no_more_than_shipped(self):
        with self.assertRaises(UserError, msg="5 are at the object"):
            self._settle("installed", 6)
        self._settle("installed", 4)
        with self.assertRaises(UserError):
            self._settle("stolen", 2)

    def test_differences(self):
        """2 installed, 1 stolen, 1 left, 1 returned: nothing stands in the way when it is back."""
        self._settle("installed", 2)
        self._settle("stolen", 1)
        self._settle("left", 1)
        self._settle("returned", 1)
        with self.assertRaises(UserError, msg="1 is on its way back already"):
            self._settle("returned", 1)
        self.assertIn("installed", self._get_codes())
        back = self.line._get_open_returns().picking_id
        self._validate(back, user=self.storekeeper)
        self.assertNotIn("installed", self._get_codes())
        self.assertEqual(self.line.qty_delivered, 4)
        self.assertEqual(
            self._get_facts(), {"goods_revenue": 400, "goods_cost": -240}
        )  # stolen and left goods stay

    def test_returned_goods_are_taken_down(self):
        self._see().action_installed()
        self._take_back(self.shipment, {self.goods: 2})
        self.assertEqual(self.line.smarthome_installed_quantity, 3)
        self.assertNotIn("installed", self._get_codes())

    def test_undone(self):
        """A wrong tap is taken back, and what was chosen too."""
        self._settle("installed", 3)
        self.object.with_user(self.engineer).installation_ids.action_undo()
        self.assertEqual(self.line.smarthome_installed_quantity, 0)
        self._settle("returned", 2)
        back = self.line._get_open_returns()
        self._settle("stolen", 1)
        self.object.with_user(self.engineer).difference_ids.action_undo()
        self.assertEqual(back.state, "cancel")
        self.assertEqual(self.line._get_unsettled_quantity(), 5)

    def test_what_was_left_comes_back_after_all(self):
        """3 are installed, 2 left with the client: one of these comes back, then everything."""
        self._settle("installed", 3)
        self._settle("left", 2)
        shipment = self.line._get_shipping_moves().picking_id
        for back, installed, left in (1, 3, 1), (4, 0, 0):
            self._take_back(shipment, {self.goods: back})
            self.assertRecordValues(
                self.line,
                [{"smarthome_installed_quantity": installed, "smarthome_settled_quantity": left}],
            )
        self.assertNotIn("installed", self._get_codes())

    def test_chosen_anew_is_counted_anew(self):
        self._settle("stolen", 1)
        row = self.object.difference_ids.with_user(self.manager)
        row.quantity = 2
        self.assertEqual(self.line.smarthome_settled_quantity, 2)
        with self.assertRaisesRegex(UserError, "are at the object"):
            row.quantity = 6

    def test_obstacle_leads_to_the_goods(self):
        action = self.object.with_user(self.engineer).action_open_obstacle("installed")
        self.assertEqual(action["res_model"], "smarthome.object.line")
        shown = self.object.with_user(self.engineer).closing_obstacles
        self.assertIn("installed", [obstacle["code"] for obstacle in shown])

    def test_works_are_not_installed(self):
        values = {"order_line_id": self.order.order_line[1].id, "quantity": 1}
        with self.assertRaisesRegex(UserError, "Only goods"):
            self.env["smarthome.installation"].create(values)

    def test_access(self):
        self._settle("installed", 1)
        rows = self.object.installation_ids
        other = self._create_user("other_engineer", "engineer")
        for user in self.other_manager, other, self.storekeeper, self.installer:
            with self.assertRaises(AccessError):
                rows.with_user(user).read(["quantity"])
            with self.assertRaises(AccessError):
                self.env["smarthome.installation"].with_user(user).create(
                    {"order_line_id": self.line.id, "quantity": 1}
                )
        for name in "smarthome_installed_quantity", "smarthome_settled_quantity":
            with self.assertRaises(AccessError):
                self.line.with_user(self.manager)[name] = 3

    def test_closed_object(self):
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self._settle("installed", 1)
