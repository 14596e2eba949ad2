from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SmarthomeStockCommon

#: words in names of fields that tell money
SECRETS = ("price", "cost", "value", "amount", "margin", "profit", "subtotal", "total", "credit")
#: models that Odoo gives a storekeeper, or that stand beside them
MODELS = (
    "stock.move",
    "stock.move.line",
    "stock.picking",
    "stock.quant",
    "stock.lot",
    "stock.location",
    "stock.scrap",
    "stock.warehouse.orderpoint",
    "product.product",
    "product.template",
    "smarthome.reassignment",
)


@tagged("post_install", "-at_install")
class TestStockAccess(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive((cls.goods, 10, 60))
        cls.other_object = cls._create_object(name="Town house", user_id=cls.other_manager.id)
        cls.order = cls._sign((cls.goods, 3))
        cls.other_order = cls._sign((cls.goods, 2), smarthome_object_id=cls.other_object.id)
        cls._pick(cls.order)
        cls._pick(cls.other_order)
        cls.exporter = cls._create_user("exporter", "storekeeper")
        cls.exporter.group_ids += cls.env.ref("base.group_allow_export")

    def assertRefused(self, call):
        """A field that is out of reach, or that the database cannot sort and sum by at all."""
        try:
            call()
        except (AccessError, ValueError):
            return
        self.fail("The call went through.")

    # === The storekeeper sees no money === #

    def test_no_field_tells_money(self):
        """Every numeric or text field of the storekeeper's models that is called like money."""
        told = []
        for name in MODELS:
            model = self.env[name].with_user(self.storekeeper)
            fields = model.fields_get(attributes=["type"])
            told += [
                f"{name}.{field}"
                for field, info in fields.items()
                if info["type"] in ("monetary", "float") and any(word in field for word in SECRETS)
            ]
        self.assertEqual(told, [])

    def test_money_is_out_of_reach_of_every_call(self):
        move = self.order.order_line.move_ids[:1].with_user(self.storekeeper)
        product = self.goods.with_user(self.storekeeper)
        for record, name in (
            (move, "value"),
            (move, "standard_price"),
            (move, "price_unit"),
            (move, "value_justification"),
            (product, "standard_price"),
            (product, "list_price"),
            (product, "lst_price"),
            (product, "total_value"),
            (product, "avg_cost"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                record.read([name])
            with self.subTest(f"export {name}"), self.assertRaises(AccessError):
                record.with_user(self.exporter).export_data([name])
            with self.subTest(f"write {name}"), self.assertRaises(AccessError):
                record.write({name: 1})
            with self.subTest(f"search {name}"), self.assertRaises(AccessError):
                record.search([(name, ">", 1)])
            with self.subTest(f"order {name}"):
                self.assertRefused(lambda r=record, n=name: r.search([], order=n).mapped("id"))
            with self.subTest(f"sum {name}"):
                self.assertRefused(lambda r=record, n=name: r._read_group([], [], [f"{n}:max"]))
        for spec in ("value:sum", "value:max"):
            with self.assertRaises(AccessError):
                move._read_group([], ["product_id"], [spec])
            with self.assertRaises(AccessError):
                move.formatted_read_group([], ["product_id"], [spec])
        with self.assertRaises(AccessError):
            move.search([("product_id.standard_price", ">", 1)])
        with self.assertRaises(AccessError):
            move.with_user(self.exporter).export_data(["product_id/standard_price"])

    def test_no_orders(self):
        """Odoo gives stock users sales and purchase orders to read; ours has none of them."""
        purchase = self.env["purchase.order"].search([], limit=1)
        free = self.env["sale.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [(0, 0, {"product_id": self.goods.id})],
            }
        )
        self.env["product.supplierinfo"].create(
            {"product_tmpl_id": self.goods.product_tmpl_id.id, "partner_id": self.vendor.id}
        )
        for records in (
            self.order,
            self.order.order_line,
            free,
            free.order_line,
            purchase,
            purchase.order_line,
            self.goods.seller_ids,
        ):
            records = records.with_user(self.storekeeper)
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.read(["display_name"])
            with self.subTest(records._name):
                self.assertFalse(records.search([("id", "in", records.ids)]))
        with self.assertRaises(AccessError):
            free.with_user(self.storekeeper).write({"client_order_ref": "mine"})
        for model in "sale.report", "purchase.report", "stock.avco.report", "product.value":
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.storekeeper).search([])
        for model in "stock.move", "stock.picking":
            path = "sale_line_id.price_unit" if model == "stock.move" else "sale_id.amount_total"
            found = self.env[model].with_user(self.storekeeper).search([(path, ">", 0)])
            self.assertFalse(found, "not even by the amount")

    def test_labels_tell_no_price(self):
        def print_label(user, **values):
            products = {"product_ids": [(6, 0, self.goods.ids)], **values}
            layout = self.env["product.label.layout"].with_user(user).create(products)
            report, data = layout._prepare_report_data()
            quantities = data["quantity_by_product"].items()
            data["quantity_by_product"] = {str(key): value for key, value in quantities}
            actions = self.env["ir.actions.report"].with_user(user)
            return actions._render_qweb_html(report, [], data=data)[0].decode()

        self.goods.list_price = 7654
        self.env.flush_all()
        self.assertNotRegex(print_label(self.storekeeper), r"7.?654[.,]")
        with self.assertRaises(AccessError):
            print_label(self.storekeeper, print_format="4x12xprice")
        self.assertRegex(print_label(self.head), r"7.?654[.,]")

    # === ... and does his work === #

    def test_storekeeper_gathers_and_ships(self):
        for method in "average", "fifo":
            category = self.env["product.category"].create(
                {"name": method, "property_cost_method": method}
            )
            goods = self._create_goods(f"ST-{method}", 100, 0, category)
            self._receive((goods, 5, 30))
            order = self._sign((goods, 4))
            self._pick(order, {goods: 3}, user=self.storekeeper)
            shipment = self._ship(order, {goods: 2}, user=self.storekeeper)
            self._ship(order, user=self.storekeeper)
            self.assertEqual(order.order_line.qty_delivered, 3)
            self.assertEqual(sum(shipment.sudo().move_ids.mapped("value")), 60)
            wizard = (
                self.env["stock.return.picking"]
                .with_user(self.storekeeper)
                .create({"picking_id": shipment.id})
            )
            wizard.product_return_moves.quantity = 1
            self._validate(wizard._create_return(), user=self.storekeeper)
            self.assertEqual(order.order_line.qty_delivered, 2)

    def test_storekeeper_prints_the_slip(self):
        """He may not open the client, whose name stands on the paper; it shows no money."""
        self.order.partner_id = self.env["res.partner"].create({"name": "Client of the house"})
        shipment = self._ship(self.order, user=self.storekeeper)
        shipment.partner_id = self.order.partner_id
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(self.storekeeper)
        slip = report._render_qweb_html("stock.report_deliveryslip", shipment.ids)[0].decode()
        self.assertIn(self.goods.name, slip)
        self.assertNotIn(self.env.company.currency_id.symbol, slip)
        for user in self.other_manager, self.installer:
            with self.assertRaises(AccessError):
                report.with_user(user)._render_qweb_html("stock.report_deliveryslip", shipment.ids)

    def test_storekeeper_receives(self):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    (0, 0, {"product_id": self.goods.id, "product_qty": 2, "price_unit": 120})
                ],
            }
        )
        order.button_confirm()
        receipt = self._validate(order.picking_ids, user=self.storekeeper)
        self.assertEqual(receipt.state, "done")
        self.assertEqual(receipt.sudo().move_ids.value, 240)

    def test_storekeeper_opens_his_screens(self):
        shipment = self._get_open_pickings(self.order, self.warehouse.out_type_id)
        with Form(shipment.with_user(self.storekeeper)) as form:
            self.assertEqual(form.smarthome_object_id, self.object)
            names = set(form._view["fields"])
        self.assertFalse(names & {"value", "price_unit", "standard_price"})
        moves = shipment.with_user(self.storekeeper).move_ids
        self.assertTrue(moves.mapped("description_picking") or True)
        self.assertTrue(self.goods.with_user(self.storekeeper).read(["qty_available"]))

    def test_forecast_tells_no_order(self):
        """The forecast opens for the storekeeper; of the contracts he sees the transfers."""
        self._create_proposal((self.goods, 2))
        Forecast = self.env["stock.forecasted_product_product"]
        docs = Forecast.with_user(self.storekeeper).get_report_values(self.goods.ids)["docs"]
        shipped = [line for line in docs["lines"] if line["document_out"]]
        self.assertEqual({line["document_out"]["_name"] for line in shipped}, {"stock.picking"})
        self.assertFalse(any("sale_id" in line["move_out"]["picking_id"] for line in shipped))
        self.assertEqual(docs["product"][self.goods.id]["draft_sale_qty"]["out"], 0)
        docs = Forecast.with_user(self.manager).get_report_values(self.goods.ids)["docs"]
        orders = [line["document_out"] for line in docs["lines"] if line["document_out"]]
        self.assertEqual([order["id"] for order in orders], self.order.ids)
        self.assertEqual(docs["product"][self.goods.id]["draft_sale_qty"]["out"], 2)

    # === Managers and engineers: their own === #

    def test_each_sees_his_own(self):
        self.object.engineer_id = self.engineer
        self.env.flush_all()
        place, other_place = self._get_place(), self._get_place(self.other_object)
        pairs = [
            (self.object.picking_ids, self.other_object.picking_ids),
            (self.order.order_line.move_ids, self.other_order.order_line.move_ids),
            (self.object.picking_ids.move_line_ids, self.other_object.picking_ids.move_line_ids),
            (place.sudo(False), other_place.sudo(False)),
            (place.quant_ids.sudo(False), other_place.quant_ids.sudo(False)),
        ]
        for own, foreign in pairs:
            for user in self.manager, self.engineer:
                with self.subTest(f"{user.login} {own._name}"):
                    self.assertTrue(own.with_user(user).read(["display_name"]))
                    with self.assertRaises(AccessError):
                        foreign.with_user(user).read(["display_name"])
                    both = [("id", "in", (own | foreign).ids)]
                    model = own.with_user(user).browse()
                    self.assertEqual(model.search(both), own.with_user(user))
                    groups = model._read_group(both, [], ["__count"])
                    self.assertEqual(groups[0][0], len(own))
            for user in self.head, self.storekeeper, self.accountant:
                with self.subTest(f"{user.login} {own._name}"):
                    self.assertTrue(foreign.with_user(user).search_count([]) or True)
        for user in self.secretary, self.installer:
            lines = self.env["stock.move.line"].with_user(user)
            self.assertFalse(lines.search([("location_dest_id", "=", place.id)]))
            quants = self.env["stock.quant"].with_user(user)
            self.assertFalse(quants.search([("location_id", "=", place.id)]))

    def test_engineer_writes_nothing(self):
        self.object.engineer_id = self.engineer
        picking = self.object.picking_ids[:1].with_user(self.engineer)
        for record in picking, picking.move_ids:
            with self.assertRaises(AccessError):
                record.write({"origin": "mine"})
        for user in self.engineer, self.secretary, self.installer:
            with self.assertRaises(AccessError):
                self.object.picking_ids.move_line_ids.with_user(user).write({"quantity": 100})

    def test_free_stock_is_the_same_for_all(self):
        """Five of ten are staged; a manager counts what is free like everybody."""
        for user in self.manager, self.other_manager, self.head, self.engineer, self.storekeeper:
            product = self.goods.with_user(user)
            product.invalidate_recordset()
            self.assertEqual(product.free_qty, 5)
            self.assertEqual(product.qty_available, 10)

    def test_manager_signs(self):
        proposal = self._create_proposal((self.goods, 2)).with_user(self.manager)
        proposal.action_confirm()
        self.assertEqual(proposal.picking_ids.smarthome_object_id, self.object)
        for record in proposal.picking_ids, proposal.picking_ids.move_ids:
            with self.assertRaises(AccessError):
                record.with_user(self.other_manager).read(["display_name"])

    def test_storekeeper_adds_goods_for_whom_they_go(self):
        """The client of a shipment is no secret of the warehouse, other clients are."""
        picking = self.object.picking_ids[:1]
        picking.partner_id = self.client
        stranger = self.env["res.partner"].create({"name": "Rings", "user_id": self.manager.id})
        self._create_object(name="Other", partner_id=stranger.id)
        self.env.flush_all()
        moves = self.env["stock.move"].with_user(self.storekeeper)
        with self.assertRaises(AccessError):
            self.client.with_user(self.storekeeper).read(["name"])
        moves.onchange({"partner_id": self.client.id}, ["partner_id"], {"partner_id": {}})
        with self.assertRaises(AccessError):
            moves.onchange({"partner_id": stranger.id}, ["partner_id"], {"partner_id": {}})
        with self.assertRaises(AccessError):
            picking.with_user(self.storekeeper).write({"partner_id": stranger.id})
