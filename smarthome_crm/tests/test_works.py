from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestWorks(SmarthomeCrmCommon):
    """Generating works, rule by rule; the figures are worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["product.category"]
        cls.video = Category.create({"name": "Video"})
        cls.outdoor = Category.create({"name": "Outdoor", "parent_id": cls.video.id})
        cls.cable = Category.create({"name": "Cable", "smarthome_is_equipment": False})
        cls.camera = cls._create_goods("CAM", 100, 70, cls.video)
        cls.street_camera = cls._create_goods("CAM-S", 200, 150, cls.outdoor)
        cls.wire = cls._create_goods("WIRE", 1, 0.4, cls.cable)
        cls.mount = cls._create_work("W-MOUNT", 20, 8, 0.5, sequence=3)
        cls.plug = cls._create_work("W-PLUG", 2, 1, 0.1, sequence=2)
        cls.start = cls._create_work("W-START", 10, 4, sequence=9, smarthome_is_percent=True)
        cls.paper = cls._create_work("W-PAPER", 50, 25, 2, sequence=1)
        cls.norm_mount = cls._create_norm(cls.mount, cls.video)
        cls.norm_plug = cls._create_norm(cls.plug, cls.camera, 2)

    def _works(self, order):
        return {
            line.product_id.default_code: line.product_uom_qty
            for line in order.order_line.sorted()
            if line.smarthome_kind == "work"
        }

    def _work_line(self, order, work):
        return order.order_line.filtered(lambda line: line.product_id == work)

    def test_category_with_descendants_and_own_norms_add_up(self):
        order = self._create_proposal((self.camera, 3), (self.street_camera, 2))
        order.action_generate_works()
        self.assertEqual(self._works(order), {"W-PLUG": 6, "W-MOUNT": 5})

    def test_own_norms_instead_of_the_category(self):
        self.camera.smarthome_own_norms_only = True
        order = self._create_proposal((self.camera, 3), (self.street_camera, 2))
        order.action_generate_works()
        self.assertEqual(self._works(order), {"W-PLUG": 6, "W-MOUNT": 2})

    def test_bases(self):
        self.norm_plug.basis = "line"
        self._create_norm(self.paper)
        self._create_norm(self.start)
        order = self._create_proposal((self.camera, 3), (self.camera, 4), (self.wire, 50))
        order.action_generate_works()
        self.assertEqual(
            self._works(order), {"W-PAPER": 1, "W-PLUG": 4, "W-MOUNT": 7, "W-START": 1}
        )
        start = self._work_line(order, self.start)
        self.assertEqual(start.price_unit, 70.0)  # 10 % of 700, the cable is no equipment
        self.assertEqual(start.smarthome_pay, 28.0)  # 4 % of 700

    def test_figures_of_the_forecast(self):
        """Goods 3 x 100 and 2 x 200, works 6 x 2 and 5 x 20, coefficient 1.25."""
        order = self._create_proposal((self.camera, 3), (self.street_camera, 2))
        order.smarthome_work_coefficient = 1.25
        order.action_generate_works()
        self.assertRecordValues(
            order,
            [
                {
                    "smarthome_goods_revenue": 700.0,
                    "smarthome_goods_cost": 510.0,  # 3 x 70 + 2 x 150
                    "smarthome_works_revenue": 112.0,
                    "smarthome_works_pay": 57.5,  # 6 x 1 x 1.25 + 5 x 8 x 1.25
                    "smarthome_profit": 244.5,
                    "smarthome_profit_percent": 30.11,  # 24450 / 812 = 30.1108
                    "smarthome_hours": 3.1,  # 6 x 0.1 + 5 x 0.5
                }
            ],
        )

    def test_section_and_order(self):
        order = self._create_proposal((self.camera, 1))
        order.action_generate_works()
        order.order_line = [Command.create({"product_id": self.wire.id, "sequence": 500})]
        order.order_line = [Command.create({"product_id": self.street_camera.id, "sequence": 501})]
        order.action_generate_works()
        names = [
            line.product_id.default_code or line.name
            for line in order.order_line.sorted(lambda line: (line.sequence, line.id))
        ]
        self.assertEqual(names, ["CAM", "WIRE", "CAM-S", "Works", "W-PLUG", "W-MOUNT"])

    def test_foreign_section_after_the_works_stays(self):
        order = self._create_proposal((self.camera, 1))
        order.action_generate_works()
        delivery = self.env["product.product"].create({"name": "Delivery", "type": "service"})
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Delivery", "sequence": 900}),
            Command.create({"product_id": delivery.id, "sequence": 901}),
            Command.create({"product_id": self.street_camera.id, "sequence": 10}),
        ]
        order.action_generate_works()
        lines = order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(lines.mapped("name")[-2:], ["Delivery", "Delivery"])
        self.assertEqual(lines[2].name, "Works")

    def test_twice_equals_once(self):
        self._create_norm(self.paper)
        self._create_norm(self.start)
        order = self._create_proposal((self.camera, 3), (self.wire, 10))
        order.action_generate_works()
        self.env.flush_all()
        names = ["product_id", "name", "product_uom_qty", "price_unit", "sequence", "discount"]
        before = order.order_line.sorted("id").read(names)
        self.env.invalidate_all()
        order.action_generate_works()
        self.assertEqual(order.order_line.sorted("id").read(names), before)

    def test_hand_quantity_stays_and_price_follows(self):
        self._create_norm(self.start)
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        mount, start = (self._work_line(order, work) for work in (self.mount, self.start))
        mount.product_uom_qty = 10
        start.price_unit = 99
        order.order_line[0].product_uom_qty = 5
        order.action_generate_works()
        self.assertEqual(mount.product_uom_qty, 10)
        self.assertTrue(mount.smarthome_hand_quantity)
        self.assertEqual(mount.smarthome_generated_quantity, 5)
        self.assertEqual(start.price_unit, 99)
        self.assertTrue(start.smarthome_hand_price)
        self.assertEqual(self._work_line(order, self.plug).product_uom_qty, 10)
        (mount | start).action_smarthome_give_back()
        self.assertEqual(mount.product_uom_qty, 5)
        self.assertEqual(start.price_unit, 50)
        self.assertFalse((mount | start).filtered("smarthome_hand_quantity"))
        self.assertFalse((mount | start).filtered("smarthome_hand_price"))

    def test_hand_price_stays_and_quantity_follows(self):
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        mount = self._work_line(order, self.mount)
        mount.price_unit = 17
        order.order_line[0].product_uom_qty = 4
        order.action_generate_works()
        self.assertEqual((mount.price_unit, mount.product_uom_qty), (17, 4))
        mount.action_smarthome_give_back()
        self.assertEqual((mount.price_unit, mount.product_uom_qty), (20, 4))

    def test_hand_quantity_equal_to_the_norm_is_still_by_hand(self):
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        mount = self._work_line(order, self.mount)
        mount.product_uom_qty = 4
        order.order_line[0].product_uom_qty = 4
        order.action_generate_works()
        order.order_line[0].product_uom_qty = 6
        order.action_generate_works()
        self.assertEqual(mount.product_uom_qty, 4)

    def test_deleted_work_stays_deleted_and_is_offered(self):
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        self._work_line(order, self.plug).unlink()
        notice = order.action_generate_works()
        self.assertIn("W-PLUG", notice["params"]["message"])
        self.assertEqual(self._works(order), {"W-MOUNT": 3})
        self.assertEqual(order.smarthome_declined_work_ids, self.plug)
        order.action_smarthome_restore_works()
        self.assertEqual(self._works(order), {"W-PLUG": 6, "W-MOUNT": 3})

    def test_typed_work_is_not_generated_beside(self):
        order = self._create_proposal((self.camera, 3), (self.plug, 1))
        notice = order.action_generate_works()
        self.assertIn("W-PLUG", notice["params"]["message"])
        self.assertEqual(self._works(order), {"W-PLUG": 1, "W-MOUNT": 3})
        self.assertFalse(self._work_line(order, self.plug).smarthome_is_generated)

    def test_works_no_longer_needed_go(self):
        order = self._create_proposal((self.camera, 3), (self.wire, 1))
        order.action_generate_works()
        self._work_line(order, self.mount).product_uom_qty = 9
        self._work_line(order, self.camera).unlink()
        order.action_generate_works()
        self.assertEqual(self._works(order), {"W-MOUNT": 9})
        self._work_line(order, self.mount).action_smarthome_give_back()
        order.action_generate_works()
        self.assertEqual(self._works(order), {})
        self.assertFalse(order.order_line.filtered("smarthome_is_works_section"))

    def test_units_of_goods_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_proposal((self.camera, 1))
        order.order_line[0].product_uom_id = dozen
        order.action_generate_works()
        self.assertEqual(self._works(order), {"W-PLUG": 24, "W-MOUNT": 12})
        self.assertEqual(order.smarthome_goods_cost, 840)

    def test_quantities_are_rounded_once(self):
        self.norm_plug.quantity = 0.333
        order = self._create_proposal((self.camera, 1), (self.camera, 1), (self.camera, 1))
        order.action_generate_works()
        self.assertEqual(self._works(order)["W-PLUG"], 1.0)  # 0.999, not 3 x 0.33

    def test_norms_of_object_types(self):
        self.norm_plug.object_type_ids = self.env["smarthome.object.type"].create({"name": "Yacht"})
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        self.assertEqual(self._works(order), {"W-MOUNT": 3})

    def test_goods_without_norms_are_reported(self):
        order = self._create_proposal((self.camera, 1), (self.wire, 5))
        self.assertIn("WIRE", order.action_generate_works()["params"]["message"])
        self.wire.smarthome_no_works = True
        self.assertIs(order.action_generate_works(), True)

    def test_trace(self):
        self._create_norm(self.paper)
        order = self._create_proposal((self.camera, 3), (self.street_camera, 2))
        order.action_generate_works()
        trace = self._work_line(order, self.mount).smarthome_get_trace()
        self.assertEqual([row["quantity"] for row in trace], [3, 2])
        self.assertEqual([row["goods_quantity"] for row in trace], [3, 2])
        self.assertIn("CAM-S", trace[1]["goods"])
        paper = self._work_line(order, self.paper).smarthome_get_trace()
        self.assertEqual((paper[0]["goods"], paper[0]["quantity"]), ("", 1))

    def test_signed_proposal_is_not_regenerated(self):
        order = self._create_proposal((self.camera, 3))
        order.action_generate_works()
        forecast = order.smarthome_profit
        order.action_confirm()
        with self.assertRaises(UserError):
            order.action_generate_works()
        self.camera.standard_price = 1
        order.action_smarthome_update_costs()
        line = order.order_line[0].with_context(smarthome_contract_change=True)
        line.product_uom_qty = 30
        self.env.flush_all()
        self.assertEqual(order.smarthome_profit, forecast)

    def test_once_per_proposal_in_an_additional_one(self):
        self._create_norm(self.paper)
        first = self._create_proposal((self.camera, 3))
        first.action_generate_works()
        first.action_confirm()
        second = self._create_proposal((self.camera, 1))
        second.action_generate_works()
        self.assertEqual(self._works(second), {"W-PLUG": 2, "W-MOUNT": 1})

    def test_discount_changes_the_percent_work(self):
        self._create_norm(self.start)
        order = self._create_proposal((self.camera, 3))
        order.order_line.discount = 7
        order.action_generate_works()
        self.assertEqual(self._work_line(order, self.start).price_unit, 27.9)  # 10 % of 279

    def test_purchase_price_is_taken_once(self):
        order = self._create_proposal((self.camera, 3))
        self.camera.standard_price = 80
        self.env.flush_all()
        self.assertEqual(order.smarthome_goods_cost, 210)
        copied = order.copy()
        self.assertEqual(copied.smarthome_goods_cost, 240)
        order.with_user(self.manager).action_smarthome_update_costs()
        self.assertEqual(order.smarthome_goods_cost, 240)

    def test_other_currency(self):
        """EUR at 0.8 for a dollar: price, cost and pay are in the proposal's currency."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        euro.rate_ids = [Command.create({"name": "2020-01-01", "rate": 0.8})]
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        order = self._create_proposal((self.camera, 3), pricelist_id=pricelist.id)
        order.action_generate_works()
        self.assertRecordValues(
            order,
            [
                {
                    "smarthome_goods_revenue": 240.0,
                    "smarthome_goods_cost": 168.0,
                    "smarthome_works_revenue": 57.6,  # 6 x 1.6 + 3 x 16
                    "smarthome_works_pay": 24.0,  # 6 x 0.8 + 3 x 6.4
                    "smarthome_profit": 105.6,
                }
            ],
        )

    @users("sh_manager")
    def test_manager_makes_a_proposal_with_lines(self):
        """Costs are taken for him although he may not read them."""
        line = Command.create({"product_id": self.camera.id, "product_uom_qty": 3})
        order = self.env["sale.order"].create(
            {"smarthome_object_id": self.object.id, "order_line": [line]}
        )
        self.assertEqual(order.smarthome_profit, 90)
        self.assertEqual(order.sudo().order_line.smarthome_purchase_price, 70)

    @users("sh_manager")
    def test_manager_generates_and_sees_profit_before_saving(self):
        order = self._create_proposal((self.camera, 3)).with_user(self.env.user)
        order.action_generate_works()
        self.assertEqual(self._works(order.sudo()), {"W-PLUG": 6, "W-MOUNT": 3})
        with Form(order) as form:
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 4
            profit = form._values.get("smarthome_profit")
        if profit is not None:
            self.assertEqual(profit, 162.0)  # 4 x 30 + 6 x 1 + 3 x 12

    def test_constraints_of_norms(self):
        with self.assertRaises(ValidationError):
            self._create_norm(self.camera, self.video)
        with self.assertRaises(ValidationError):
            self._create_norm(self.start, self.video)
        with self.assertRaises(ValidationError):
            self.camera.smarthome_is_work = True
