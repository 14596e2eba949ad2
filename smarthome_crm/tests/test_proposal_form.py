from lxml import etree

from odoo.tests import Form, new_test_user, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestProposalForm(SmarthomeCrmCommon):
    """The screen of the proposal as its users open it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("CAM", price=100.0, cost=60.0)
        cls.mount = cls._create_work("W-MOUNT", price=30.0, rate=10.0, hours=1.0)
        cls._create_norm(cls.mount, cls.camera)
        cls.order = cls._create_proposal((cls.camera, 3)).with_user(cls.manager)

    def _edit_camera(self, form, **values):
        with form.order_line.edit(0) as line:
            for name, value in values.items():
                line[name] = value

    def test_profit_moves_before_saving(self):
        """The manager may not read costs of lines, and yet sees what a change makes of the profit."""
        for user in (self.manager, self.head):
            order = self.order.copy({"user_id": self.manager.id}).with_user(user)
            form = Form(order)
            self.assertEqual((form.smarthome_profit, form.smarthome_goods_cost), (120.0, 180.0))
            self._edit_camera(form, product_uom_qty=5)
            self.assertEqual((form.smarthome_profit, form.smarthome_goods_cost), (200.0, 300.0))
            self._edit_camera(form, discount=10.0)
            self.assertEqual((form.smarthome_profit, form.smarthome_discount_amount), (150.0, 50.0))
            self.assertEqual(form.smarthome_profit_percent, 33.33)
            with form.order_line.new() as line:
                line.product_id = self.mount
                line.product_uom_qty = 2
            self.assertEqual((form.smarthome_works_revenue, form.smarthome_works_pay), (60.0, 20.0))
            self.assertEqual(form.smarthome_profit, 190.0)
            form.save()
            self.assertEqual(order.smarthome_profit, 190.0)

    def test_consent_appears_while_editing(self):
        form = Form(self.order)
        self.assertEqual(form.smarthome_consent, "unneeded")
        self._edit_camera(form, discount=30.0)
        self.assertEqual(form.smarthome_consent, "needed")

    def test_new_proposal_of_an_object(self):
        orders = self.env["sale.order"].with_user(self.manager)
        form = Form(orders.with_context(default_smarthome_object_id=self.object.id))
        self.assertEqual(form.partner_id, self.client)
        self.assertEqual(form.user_id, self.manager)
        with form.order_line.new() as line:
            line.product_id = self.camera
        self.assertEqual(form.smarthome_profit, 40.0)
        self.assertTrue(form.save().name.startswith("КП-"))

    def test_coefficient_is_the_heads(self):
        form = Form(self.order)
        with self.assertRaises(AssertionError):
            form.smarthome_work_coefficient = 2.0
        with Form(self.order.with_user(self.head)) as form:
            form.smarthome_work_coefficient = 1.5
        self.assertEqual(self.order.smarthome_work_coefficient, 1.5)

    def test_accountant_opens_it(self):
        form = Form(self.order.with_user(self.accountant))
        self.assertEqual(form.smarthome_profit, 120.0)

    def test_without_profit(self):
        """Who may not read the profit gets a form without it, and without what shows it."""
        salesman = new_test_user(
            self.env, login="sh_salesman", groups="sales_team.group_sale_salesman_all_leads"
        )
        views = self.env["sale.order"].with_user(salesman).get_views([(False, "form")])
        fields_of_form = views["models"]["sale.order"]["fields"]
        for name in ("smarthome_profit", "smarthome_goods_cost", "smarthome_consent"):
            self.assertNotIn(name, fields_of_form)

    def test_plain_order_stays_plain(self):
        with Form(self.env["sale.order"].with_user(self.manager)) as form:
            form.partner_id = self.client
            with form.order_line.new() as line:
                line.product_id = self.camera
        self.assertFalse(form.record.smarthome_object_id)
        self.assertNotIn("КП-", form.record.name)

    def _find_messages(self, order):
        """What the chatter of the order holds when the transaction ends."""
        self.env.cr.flush()
        domain = [("model", "=", order._name), ("res_id", "=", order.id)]
        return self.env["mail.message"].sudo().search(domain)

    def _tracked(self, order):
        """Names of the fields whose changes the chatter has told."""
        return self._find_messages(order).tracking_value_ids.mapped("field_id.name")

    def test_amounts_of_a_working_proposal_are_no_news(self):
        order = self.order.with_context(tracking_disable=False, mail_notrack=False)
        messages = self._find_messages(order)
        order.action_generate_works()
        self.env.cr.flush()
        order.order_line.filtered("product_id").discount = 5.0
        self.assertEqual(self._find_messages(order), messages)
        order.with_user(self.head).smarthome_work_coefficient = 1.5
        self.assertEqual(self._tracked(order), ["smarthome_work_coefficient"])

    def test_amounts_of_a_signed_proposal_and_of_a_plain_order_are_news(self):
        plain = self.env["sale.order"].create({"partner_id": self.client.id})
        self.order.action_confirm()
        self.env.cr.flush()
        for order in (plain, self.order):
            order = order.sudo().with_context(
                tracking_disable=False, mail_notrack=False, smarthome_contract_change=True
            )
            order.write({"order_line": [(0, 0, {"product_id": self.camera.id})]})
            self.assertIn("amount_total", self._tracked(order))

    def test_norms_of_product_and_category(self):
        """Heads write norms on the product and on the category themselves."""
        relay = self._create_goods("REL", price=40.0, cost=25.0)
        with Form(relay.product_tmpl_id.with_user(self.head)) as form:
            with form.smarthome_norm_ids.new() as norm:
                norm.work_id = self.mount
                norm.quantity = 2
        self.assertEqual(relay.smarthome_norm_ids.target, "product")
        category = self.env["product.category"].create({"name": "Relays"})
        with Form(category.with_user(self.head)) as form:
            with form.smarthome_norm_ids.new() as norm:
                norm.work_id = self.mount
        self.assertEqual(category.smarthome_norm_ids.target, "category")

    def test_trial_of_norms_writes_nothing(self):
        self.order.action_generate_works()
        relay = self._create_goods("REL", price=40.0, cost=25.0)
        self.order.order_line[0].product_uom_qty = 4
        self.order.write({"order_line": [(0, 0, {"product_id": relay.id})]})
        works = self.order.order_line.filtered("smarthome_is_generated")
        with Form(self.env["smarthome.norm.trial"].with_user(self.head)) as form:
            form.order_id = self.order
        self.assertRecordValues(
            form.record.line_ids,
            [{"work_id": self.mount.id, "quantity_now": 3, "quantity": 4, "change": "more"}],
        )
        self.assertIn("CAM", form.record.line_ids.sources)
        self.assertIn("REL", form.record.lacking)
        self.assertEqual(works.product_uom_qty, 3)
        self.env["smarthome.work.norm"].search([("work_id", "=", self.mount.id)]).active = False
        form.record.action_try()
        self.assertEqual(form.record.line_ids.mapped("change"), ["removed"])

    def test_list_asks_no_query_per_row(self):
        orders = self.env["sale.order"].with_user(self.head)
        action = self.env.ref("smarthome_crm.sale_order_action_proposals")
        views = orders.get_views([view for view in action.views if view[1] in ("list", "kanban")])
        names = [
            node.get("name")
            for view in views["views"].values()
            for node in etree.fromstring(view["arch"]).iter("field")
        ]
        self.assertIn("smarthome_profit", names)
        specification = {
            name: {"fields": {"display_name": {}}} if orders._fields[name].relational else {}
            for name in names
        }

        def count_queries(limit):
            self.env.invalidate_all()
            domain = [("smarthome_object_id", "!=", False)]
            before = self.env.cr.sql_log_count
            result = orders.web_search_read(domain, specification, limit=limit)
            self.assertEqual(len(result["records"]), limit)
            return self.env.cr.sql_log_count - before

        for _index in range(11):
            self._create_proposal((self.camera, 1))
        count_queries(12)
        self.assertLessEqual(count_queries(12), count_queries(2))
