from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeCrmCommon

ROLES_WITHOUT_PROPOSALS = ("secretary", "engineer", "purchasing", "storekeeper", "installer")
FORECAST = (
    "smarthome_goods_cost",
    "smarthome_works_pay",
    "smarthome_other_cost",
    "smarthome_profit",
    "smarthome_profit_percent",
)
LINE_COSTS = ("smarthome_purchase_price", "smarthome_cost", "smarthome_rate", "smarthome_pay")


@tagged("post_install", "-at_install")
class TestAccess(SmarthomeCrmCommon):
    """Who sees what, asked as RPC asks: as that user, without any button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("ACC-1", 100, 60)
        cls.work = cls._create_work("W-ACC", 10, 4)
        cls.order = cls._create_proposal((cls.goods, 2), (cls.work, 3))
        cls.foreign_client = cls.env["res.partner"].create({"name": "Foreign client"})
        cls.foreign_object = cls._create_object(
            name="Foreign", partner_id=cls.foreign_client.id, user_id=cls.other_manager.id
        )
        cls.foreign_order = cls._create_proposal(
            (cls.goods, 1), smarthome_object_id=cls.foreign_object.id
        )
        cls.nobody_client = cls.env["res.partner"].create({"name": "Client of nobody"})
        cls.nobody_object = cls._create_object(
            name="Nobody's", partner_id=cls.nobody_client.id, user_id=False
        )
        cls.nobody_order = cls._create_proposal(
            (cls.goods, 1), smarthome_object_id=cls.nobody_object.id
        )
        cls.env.flush_all()

    def _found(self, record, user):
        self.env.flush_all()
        model = record.with_user(user).browse()
        return bool(model.search_count([("id", "in", record.ids)]))

    def test_manager_finds_only_his_own(self):
        own = self.object, self.client, self.order, self.order.order_line
        hidden = (
            self.foreign_object,
            self.foreign_client,
            self.foreign_order,
            self.foreign_order.order_line,
            self.nobody_object,
            self.nobody_client,
            self.nobody_order,
            self.nobody_order.order_line,
        )
        exporter = self._create_user("exporter", "manager")
        exporter.group_ids += self.env.ref("base.group_allow_export")
        for record in own:
            self.assertTrue(self._found(record, self.manager), record)
        for record in hidden:
            self.assertFalse(self._found(record, self.manager), record)
            with self.assertRaises(AccessError):
                record.with_user(self.manager).read(["display_name"])
            with self.assertRaises(UserError):
                record.with_user(self.manager).export_data(["id", "display_name"])
            with self.assertRaises(AccessError):
                record.with_user(exporter).export_data(["id", "display_name"])
        for user in self.head, self.accountant:
            for record in own + hidden:
                self.assertTrue(self._found(record, user), (user.login, record))

    def test_nothing_of_others_by_name_and_groups(self):
        Partner = self.env["res.partner"].with_user(self.manager)
        self.assertFalse(Partner.name_search("Foreign client"))
        self.assertFalse(Partner.name_search("Client of nobody"))
        self.assertTrue(Partner.name_search("Client of the manager"))
        Object = self.env["smarthome.object"].with_user(self.manager)
        groups = Object.formatted_read_group([], ["partner_id"], ["__count"])
        clients = {group["partner_id"][0] for group in groups if group["partner_id"]}
        self.assertNotIn(self.foreign_client.id, clients)
        Order = self.env["sale.order"].with_user(self.manager)
        groups = Order.formatted_read_group([], ["user_id"], ["amount_total:sum"])
        self.assertEqual({group["user_id"][0] for group in groups}, {self.manager.id})
        self.assertFalse(Order.name_search(self.foreign_order.name))

    def test_reach_of_links(self):
        """An identifier of another's client does not open the client."""
        with self.assertRaises(AccessError):
            self.env["smarthome.object"].with_user(self.manager).create(
                {"name": "Fishing", "partner_id": self.foreign_client.id}
            )
        with self.assertRaises(AccessError):
            self.object.with_user(self.manager).partner_id = self.foreign_client
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.manager).create(
                {"partner_id": self.foreign_client.id}
            )
        with self.assertRaises(AccessError):
            self.order.with_user(self.manager).smarthome_object_id = self.foreign_object
        with self.assertRaises(AccessError):
            self.env["smarthome.object.contact"].with_user(self.manager).create(
                {"object_id": self.object.id, "partner_id": self.foreign_client.id}
            )
        with self.assertRaises(AccessError):
            self.env["smarthome.call"].with_user(self.manager).create(
                {"phone": "1", "object_id": self.foreign_object.id}
            )

    def test_roles_without_proposals(self):
        for role in ROLES_WITHOUT_PROPOSALS:
            user = getattr(self, role)
            for record in self.order, self.order.order_line:
                with self.assertRaises(AccessError, msg=role):
                    record.with_user(user).read(["display_name"])

    def test_engineer_sees_the_objects_he_leads(self):
        self.assertFalse(self._found(self.object, self.engineer))
        self.assertFalse(self._found(self.client, self.engineer))
        self.object.engineer_id = self.engineer
        self.assertTrue(self._found(self.object, self.engineer))
        self.assertTrue(self._found(self.client, self.engineer))
        self.assertFalse(self._found(self.foreign_object, self.engineer))

    def test_two_roles_in_one_login(self):
        both = self._create_user("manager_engineer", "manager", "engineer")
        own = self._create_object(name="Both's own", user_id=both.id)
        self.foreign_object.engineer_id = both
        self.assertTrue(self._found(own, both))
        self.assertTrue(self._found(self.foreign_object, both))
        self.assertTrue(self._found(self.foreign_client, both))
        self.assertFalse(self._found(self.foreign_order, both))
        self.assertFalse(self._found(self.object, both))
        keeper = self._create_user("manager_storekeeper", "manager", "storekeeper")
        self.assertFalse(self._found(self.order, keeper))

    def test_change_of_manager_moves_everything(self):
        self.object.user_id = self.other_manager
        for record in self.object, self.client, self.order, self.order.order_line:
            self.assertFalse(self._found(record, self.manager), record)
            self.assertTrue(self._found(record, self.other_manager), record)

    def test_former_manager_hears_no_more(self):
        self.object.message_subscribe(self.manager.partner_id.ids)
        self.order.message_subscribe(self.manager.partner_id.ids)
        note = self.order.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.manager.id, summary="Ring back"
        )
        self.object.user_id = self.other_manager
        self.assertNotIn(self.manager.partner_id, self.object.message_partner_ids)
        self.assertNotIn(self.manager.partner_id, self.order.message_partner_ids)
        self.assertEqual(note.user_id, self.other_manager)
        self.assertFalse(self._found(note, self.manager))

    def test_family_of_a_client(self):
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        person, colleague = self.env["res.partner"].create(
            [{"name": name, "parent_id": company.id} for name in ("Person", "Colleague")]
        )
        self.foreign_object.partner_id = person
        for partner in company, person, colleague:
            self.assertFalse(self._found(partner, self.manager), partner.name)
            self.assertTrue(self._found(partner, self.other_manager), partner.name)

    def test_employees_stay_visible(self):
        self._create_object(partner_id=self.head.partner_id.id, user_id=self.other_manager.id)
        self.assertTrue(self._found(self.head.partner_id, self.manager))
        self.assertTrue(self._found(self.head.partner_id, self.storekeeper))

    def test_manager_enters_his_own_clients(self):
        partner = self.env["res.partner"].with_user(self.manager).create({"name": "New"})
        self.assertTrue(partner.smarthome_is_client)
        self.assertEqual(partner.user_id, self.manager)
        self.assertFalse(self._found(partner, self.other_manager))

    # === MONEY === #

    def test_who_reads_the_profit(self):
        for user in self.manager, self.head, self.accountant:
            values = self.order.with_user(user).read(FORECAST)[0]
            self.assertEqual(values["smarthome_profit"], 98.0)
        fields_of_engineer = self.order.with_user(self.engineer).fields_get()
        for name in FORECAST:
            self.assertNotIn(name, fields_of_engineer)

    def test_manager_reads_no_line_costs(self):
        line = self.order.order_line[0].with_user(self.manager)
        for name in LINE_COSTS:
            with self.assertRaises(AccessError):
                line.read([name])
            with self.assertRaises(AccessError):
                line.search([(name, ">", 0)])
            with self.assertRaises(AccessError):
                line.formatted_read_group([], [], [f"{name}:sum"])
            self.assertNotIn(name, line.fields_get())
        self.assertTrue(self.order.order_line[0].with_user(self.head).read(LINE_COSTS))

    def test_purchase_prices_of_products(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        info = self.env["product.supplierinfo"].create(
            {
                "partner_id": vendor.id,
                "product_tmpl_id": self.goods.product_tmpl_id.id,
                "price": 60,
            }
        )
        for role in ("secretary", "manager", "engineer", "storekeeper", "installer"):
            user = getattr(self, role)
            for product in self.goods, self.goods.product_tmpl_id:
                with self.assertRaises(AccessError, msg=role):
                    product.with_user(user).read(["standard_price"])
                with self.assertRaises(AccessError, msg=role):
                    product.with_user(user).search([("standard_price", ">", 0)])
            self.assertFalse(self._found(info, user), role)
        for user in self.head, self.purchasing, self.accountant:
            self.assertEqual(self.goods.with_user(user).standard_price, 60)
            self.assertTrue(self._found(info, user))
        for role in ("secretary", "manager", "purchasing", "storekeeper", "installer"):
            with self.assertRaises(AccessError, msg=role):
                self.work.with_user(getattr(self, role)).read(["smarthome_installer_rate"])

    def test_portal_user_of_the_proposal(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal client",
                "login": "sh_portal",
                "partner_id": self.client.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.order.state = "sent"
        self.assertTrue(self._found(self.order, portal))
        self.assertFalse(self._found(self.foreign_order, portal))
        readable = self.order.with_user(portal).fields_get()
        for name in FORECAST:
            self.assertNotIn(name, readable)
            with self.assertRaises(AccessError):
                self.order.with_user(portal).read([name])
        readable = self.order.order_line.with_user(portal).fields_get()
        for name in LINE_COSTS:
            self.assertNotIn(name, readable)

    def test_coefficient_is_changed_by_heads_only(self):
        order = self.order.with_user(self.manager)
        with self.assertRaises(AccessError):
            order.smarthome_work_coefficient = 1.5
        with self.assertRaises(AccessError):
            order.copy({"smarthome_work_coefficient": 2})
        order.smarthome_work_coefficient = order.smarthome_work_coefficient
        self.order.with_user(self.head).smarthome_work_coefficient = 1.5
        self.assertEqual(self.order.smarthome_works_pay, 18.0)
        with self.assertRaises(AccessError):
            self.object_type.with_user(self.manager).work_coefficient = 2
        with self.assertRaises(AccessError):
            self.object_type.with_user(self.manager).profit_floor = 0
        self.object_type.with_user(self.head).profit_floor = 15
        with self.assertRaises(AccessError):
            self.env["smarthome.work.norm"].with_user(self.manager).create(
                {"target": "order", "work_id": self.work.id}
            )

    def test_no_model_leaks_a_client(self):
        """Whatever model the manager may read, it has no row of another manager's client."""
        targets = {
            "res.partner": (self.foreign_client | self.nobody_client).ids,
            "smarthome.object": (self.foreign_object | self.nobody_object).ids,
            "sale.order": (self.foreign_order | self.nobody_order).ids,
            "sale.order.line": (self.foreign_order | self.nobody_order).order_line.ids,
        }
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            records = self.env[name].with_user(self.manager)
            if not records.has_access("read"):
                continue
            for field in model._fields.values():
                if field.type == "many2one" and field.store and field.comodel_name in targets:
                    domain = [(field.name, "in", targets[field.comodel_name])]
                    if not field.groups or self.manager.has_groups(field.groups):
                        self.assertFalse(records.search(domain), (name, field.name))
