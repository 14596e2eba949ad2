from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestReach(SmarthomeCrmCommon):
    """What a script could write or link to, beyond what any screen offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("RCH-1", 100, 90)
        cls.order = cls._create_proposal((cls.goods, 1))
        cls.foreign_client = cls.env["res.partner"].create(
            {"name": "Foreign client", "phone": "+375 29 111-22-33", "email": "f@example.com"}
        )
        cls.foreign_object = cls._create_object(
            name="Foreign", partner_id=cls.foreign_client.id, user_id=cls.other_manager.id
        )
        cls.foreign_call = cls.foreign_object.next_call_id
        cls.foreign_order = cls._create_proposal(
            (cls.goods, 1), smarthome_object_id=cls.foreign_object.id
        )
        cls.env.flush_all()

    def _as(self, user, record):
        self.env.invalidate_all()
        return record.with_user(user)

    def test_figures_are_not_written_by_hand(self):
        order = self._as(self.manager, self.order)
        for values in ({"smarthome_profit": 1e6}, {"smarthome_profit_percent": 99.0}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                order.write(values)
        for values in ({"smarthome_kind": "work"}, {"smarthome_is_percent": True}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                order.order_line.write(values)
        line = {"order_id": order.id, "product_id": self.goods.id}
        lines = order.order_line.browse()
        with self.assertRaises(AccessError):
            lines.create({**line, "smarthome_is_percent": True})
        with self.assertRaises(AccessError):
            lines.with_context(default_smarthome_is_percent=True).create(line)

    def test_coefficient_comes_in_by_no_context(self):
        orders = self.env["sale.order"].with_user(self.manager)
        with self.assertRaises(AccessError):
            orders.with_context(default_smarthome_work_coefficient=0.1).create(
                {"smarthome_object_id": self.object.id}
            )

    def test_lines_go_into_own_proposals_only(self):
        line = self._as(self.manager, self.order.order_line)
        with self.assertRaises(AccessError):
            line.write({"order_id": self.foreign_order.id})

    def test_proposal_stays_with_object_and_manager(self):
        order = self._as(self.manager, self.order)
        with self.assertRaises(AccessError):
            order.write({"smarthome_object_id": False})
        with self.assertRaises(AccessError):
            order.write({"user_id": self.other_manager.id})
        order.write({"user_id": self.manager.id})

    def test_only_heads_hand_objects_over(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, self.object).write({"user_id": self.other_manager.id})
        self._as(self.head, self.object).write({"user_id": self.other_manager.id})

    def test_number_of_an_object_is_the_programs(self):
        record = self._as(self.manager, self.object)
        number = record.number
        with self.assertRaises(AccessError):
            record.write({"number": "1"})
        with self.assertRaises(AccessError):
            record.create({"name": "Numbered", "type_id": self.object_type.id, "number": "1"})
        self.assertEqual(record.number, number)
        values = {"name": "Own", "type_id": self.object_type.id}
        created = record.with_context(default_number="1").create(values)
        self.assertNotIn(created.number, (False, "1"))

    def test_client_stays_a_client(self):
        client = self._as(self.manager, self.client)
        self.assertTrue(client.smarthome_is_client)
        with self.assertRaises(AccessError):
            client.write({"smarthome_is_client": False})
        self.assertTrue(client.smarthome_is_client)
        client.write({"smarthome_is_client": True, "comment": "Rings in the evening"})
        newcomer = client.create({"name": "Newcomer"})
        with self.assertRaises(AccessError):
            newcomer.write({"smarthome_is_client": False})

    def test_crew_leads_no_object(self):
        self.object.engineer_id = self.engineer
        for user in (self.engineer, self.accountant):
            record = self._as(user, self.object)
            self.assertFalse(record.may_change)
            for values in (
                {"user_id": user.id},
                {"partner_id": False},
                {"name": "Mine"},
                {"next_call_date": "2030-01-01 10:00:00"},
            ):
                with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                    record.write(values)
            record.write({"description": "The key is with the neighbour"})
            record.message_post(body="Seen")
        self.assertTrue(self._as(self.manager, self.object).may_change)

    def test_two_roles_lead_what_is_theirs(self):
        both = self._create_user("both", "manager", "engineer")
        self.object.engineer_id = both
        with self.assertRaises(AccessError):
            self._as(both, self.object).write({"user_id": both.id})

    def test_links_show_nothing_of_others(self):
        call = self._as(self.manager, self.object.next_call_id)
        with self.assertRaises(AccessError):
            call.write({"previous_call_id": self.foreign_call.id})
        with self.assertRaises(AccessError):
            self._as(self.manager, self.object).write({"next_call_id": self.foreign_call.id})
        activity = self.object.activity_ids.filtered("smarthome_call_id")
        with self.assertRaises(AccessError):
            self._as(self.manager, activity).write({"smarthome_call_id": self.foreign_call.id})

    def test_forms_show_nothing_of_others(self):
        attempts = [
            ("smarthome.call.answer", "call_id", self.foreign_call),
            ("smarthome.call.hand.over", "call_id", self.foreign_call),
            ("smarthome.version.compare", "left_id", self.foreign_order),
            ("smarthome.paste.goods", "order_id", self.foreign_order),
            ("smarthome.proposal.mark.sent", "order_id", self.foreign_order),
            ("smarthome.refuse", "object_id", self.foreign_object),
            ("smarthome.import", "order_id", self.foreign_order),
            ("sale.order.discount", "sale_order_id", self.foreign_order),
            ("smarthome.object", "partner_id", self.foreign_client),
            ("sale.order", "smarthome_object_id", self.foreign_object),
        ]
        for name, field, record in attempts:
            self.env.invalidate_all()
            model = self.env[name].with_user(self.manager)
            with self.subTest(model=name), self.assertRaises(AccessError):
                model.onchange({field: record.id}, [field], {field: {}})
            with self.subTest(model=name, by="default"), self.assertRaises(AccessError):
                model.with_context(**{f"default_{field}": record.id}).onchange({}, [], {field: {}})
            if not name.startswith("smarthome.refuse"):
                with self.subTest(model=name, by="create"), self.assertRaises(AccessError):
                    model.create({field: record.id})

    def test_conversations_show_no_clients(self):
        channel = self.env["discuss.channel"].with_user(self.manager).create({"name": "Talk"})
        with self.assertRaises(AccessError):
            channel.add_members(partner_ids=self.foreign_client.ids)
        channel.add_members(partner_ids=(self.client | self.head.partner_id).ids)

    def test_followers_and_notifications_show_no_clients(self):
        self.foreign_order.message_subscribe(partner_ids=self.foreign_client.ids)
        message = self.foreign_order.message_post(
            body="Letter", partner_ids=self.foreign_client.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(message.notification_ids)
        for name, field in (
            ("mail.followers", "partner_id"),
            ("mail.notification", "res_partner_id"),
        ):
            domain = [(field, "=", self.foreign_client.id)]
            for user, expected in ((self.manager, False), (self.other_manager, True)):
                found = self.env[name].with_user(user).search_count(domain)
                self.assertEqual(bool(found), expected, (name, user.login))

    def test_client_sees_what_was_sent_to_him(self):
        portal = new_test_user(self.env, login="sh_portal", groups="base.group_portal")
        self.object.partner_id = portal.partner_id
        self.order.partner_id = portal.partner_id
        self.order.message_subscribe(partner_ids=portal.partner_id.ids)
        order = self._as(portal, self.order)
        self.assertFalse(order.search([("id", "=", order.id)]))
        lines = self.env["sale.order.line"].with_user(portal)
        self.assertFalse(lines.search([("order_id", "=", order.id)]))
        self.order.state = "sent"
        order = self._as(portal, self.order)
        self.assertEqual(order.search([("id", "=", order.id)]), order)
        self.assertTrue(order.amount_total)
        for name in ("smarthome_work_coefficient", "smarthome_hours", "smarthome_profit"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.read([name])
        for name in ("smarthome_trace", "smarthome_hours", "smarthome_cost"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.order_line.read([name])

    def test_kinds_of_the_next_call_speak_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        kind = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "smarthome.call"), ("value", "=", "control")], limit=1
        )
        kind.with_context(lang="ru_RU").name = "Контрольный"
        self.env.registry.clear_cache("stable")
        answers = self.env["smarthome.call.answer"].with_context(lang="ru_RU")
        kinds = dict(answers.fields_get(["kind"], ["selection"])["kind"]["selection"])
        self.assertEqual(kinds["control"], "Контрольный")

    def test_copies_of_managers_follow_the_norms(self):
        work = self._create_work("W-RCH", 10, 4)
        percent = self._create_work("W-PCT", 10, 4, smarthome_is_percent=True)
        self._create_norm(work, self.goods, quantity=2)
        self._create_norm(percent, basis="percent")
        self.order.write({"order_line": [Command.create({"product_id": self.goods.id})]})
        order = self._as(self.manager, self.order)
        order.action_generate_works()
        order.order_line.filtered(lambda line: line.product_id == work).product_uom_qty = 7
        version = order._create_version()
        figures = [
            [
                (
                    line.product_id,
                    line.product_uom_qty,
                    line.price_unit,
                    line.smarthome_is_generated,
                )
                for line in one.order_line
            ]
            for one in (order, version)
        ]
        self.assertEqual(*figures)
        self.assertEqual(version.smarthome_works_pay, order.smarthome_works_pay)
        before = len(version.order_line)
        version.action_generate_works()
        self.assertEqual(len(version.order_line), before)
        line = version.order_line.filtered(lambda line: line.product_id == work)
        self.assertEqual((line.product_uom_qty, line.smarthome_hand_quantity), (7, True))
        line.action_smarthome_give_back()
        self.assertEqual(line.product_uom_qty, 4)
