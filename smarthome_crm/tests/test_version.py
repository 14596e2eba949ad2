from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestVersion(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("CAM", price=100.0, cost=60.0)
        cls.relay = cls._create_goods("REL", price=40.0, cost=25.0)
        cls.mount = cls._create_work("W-MOUNT", price=30.0, rate=10.0, hours=1.0)
        cls.start = cls._create_work("W-START", price=8.0, rate=3.0, smarthome_is_percent=True)
        cls._create_norm(cls.mount, cls.camera)
        cls._create_norm(cls.start, basis="percent")
        cls.env["ir.sequence"].search([("code", "=", "smarthome.proposal")]).number_next = 500
        cls.order = cls._create_proposal((cls.camera, 3), (cls.relay, 2)).with_user(cls.manager)

    def _work(self, order, work):
        return order.sudo().order_line.filtered(lambda line: line.product_id == work)

    def _figures(self, order):
        return [
            (line.name, line.product_uom_qty, line.price_unit, line.sudo().smarthome_pay)
            for line in order.order_line.sorted(lambda line: (line.sequence, line.id))
        ]

    def test_numbers(self):
        """Proposals of objects have numbers of their own, plain orders keep Odoo's."""
        client = self.client.id
        orders = self.env["sale.order"].create(
            [
                {"smarthome_object_id": self.object.id},
                {"partner_id": client},
                {"smarthome_object_id": self.object.id, "name": "КП-старое"},
                {"smarthome_object_id": self.object.id},
            ]
        )
        self.assertEqual(orders.mapped("name"), ["КП-501", orders[1].name, "КП-старое", "КП-502"])
        self.assertNotIn("КП", orders[1].name)
        by_context = self.env["sale.order"].with_context(default_smarthome_object_id=self.object.id)
        self.assertEqual(by_context.create({}).name, "КП-503")

    def test_versions_count_on_from_any_version(self):
        second = self.order._create_version()
        third = second._create_version()
        fourth = self.order._create_version()
        self.assertEqual(
            (second | third | fourth).mapped("name"), ["КП-500/2", "КП-500/3", "КП-500/4"]
        )
        self.assertEqual(third.smarthome_base_order_id, self.order)
        self.assertEqual(third.smarthome_version_count, 4)
        self.assertEqual(third._get_versions(), self.order | second | third | fourth)
        self.assertEqual(self.order.copy().smarthome_version_count, 1, "Odoo's copy is no version")

    def test_version_keeps_works_and_hands(self):
        """Generating on a version right after copying changes nothing."""
        self.order.action_generate_works()
        mount = self._work(self.order, self.mount).with_user(self.manager)
        mount.price_unit = 33.0
        version = self.order._create_version()
        copied = self._work(version, self.mount)
        self.assertTrue(copied.smarthome_is_generated and copied.smarthome_hand_price)
        self.assertFalse(copied.smarthome_hand_quantity)
        camera = self._work(version, self.camera)
        self.assertEqual([row[1] for row in copied.smarthome_trace], [camera.id])
        self.assertEqual(
            self._work(version, self.start).smarthome_rate,
            self._work(self.order, self.start).smarthome_rate,
        )
        before = self._figures(version)
        self.assertEqual(before, self._figures(self.order))
        ids = version.order_line.ids
        version.action_generate_works()
        self.assertEqual(version.order_line.ids, ids)
        self.assertEqual(self._figures(version), before)

    def test_version_takes_costs_anew(self):
        self.camera.standard_price = 70.0
        version = self.order._create_version()
        self.assertEqual(self._work(self.order, self.camera).smarthome_purchase_price, 60.0)
        self.assertEqual(self._work(version, self.camera).smarthome_purchase_price, 70.0)

    def test_version_keeps_coefficient_of_head(self):
        """The manager may not set the coefficient, but his version keeps the head's."""
        self.order.sudo().smarthome_work_coefficient = 1.3
        self.order.action_generate_works()
        version = self.order._create_version()
        self.assertEqual(version.smarthome_work_coefficient, 1.3)
        self.assertEqual(self._figures(version), self._figures(self.order))

    def test_version_needs_object(self):
        order = (
            self.env["sale.order"].with_user(self.manager).create({"partner_id": self.client.id})
        )
        with self.assertRaisesRegex(UserError, "object"):
            order.action_smarthome_new_version()

    def test_compare(self):
        """The differences are shown side by side, equal rows only when asked for."""
        version = self.order._create_version()
        version.order_line.filtered(lambda line: line.product_id == self.camera).product_uom_qty = 5
        version.order_line.filtered(lambda line: line.product_id == self.relay).discount = 10
        version.write({"order_line": [Command.create({"product_id": self.mount.id})]})
        action = version.action_smarthome_compare()
        wizard = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "product_id": self.camera.id,
                    "change": "more",
                    "left_quantity": 3,
                    "right_quantity": 5,
                },
                {
                    "product_id": self.relay.id,
                    "change": "discount",
                    "left_quantity": 2,
                    "right_quantity": 2,
                },
                {
                    "product_id": self.mount.id,
                    "change": "added",
                    "left_quantity": 0,
                    "right_quantity": 1,
                },
            ],
        )
        self.assertEqual((wizard.left_total, wizard.right_total), (380.0, 602.0))
        with Form(wizard) as form:
            form.left_id, form.right_id = version, self.order
        self.assertEqual(wizard.line_ids.mapped("change"), ["less", "discount", "removed"])

    def test_status(self):
        self.assertEqual(self.order.smarthome_status, "working")
        self.order.sudo().state = "sent"
        self.assertEqual(self.order.smarthome_status, "sent")
        self.order.sudo().action_confirm()
        self.assertEqual(self.order.smarthome_status, "contract")
        self.object.stage = "closed"
        self.assertEqual(self.order.smarthome_status, "closed")
