from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import SmarthomeCrmCommon

NUMBER = "+375291234567"
NOTATIONS = ("+375 29 123-45-67", "8 029 1234567", "80291234567", "1234567", "123-45-67")


@tagged("post_install", "-at_install")
class TestCallRecording(SmarthomeCrmCommon):
    """What was: nothing is asked, everything can be found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.by")
        cls.source = cls.env["utm.source"].create({"name": "A friend told"})
        cls.calls = cls.env["smarthome.call"]

    def test_nothing_is_asked(self):
        call = self.calls.create({})
        self.assertRecordValues(call, [{"state": "done", "direction": "in", "is_open": True}])
        garbage = self.calls.create({"phone": "who knows?", "date": False, "direction": False})
        self.assertFalse(garbage.phone_sanitized)
        self.assertTrue(garbage.date)

    def test_what_lies_ahead_is_planned(self):
        ahead = self.calls.create({"date": fields.Datetime.now() + timedelta(days=1)})
        self.assertEqual(ahead.state, "planned")

    def test_found_in_every_notation(self):
        call = self.calls.create({"phone": "8 (029) 123 45 67"})
        self.assertEqual(call.phone_sanitized, NUMBER)
        for notation in NOTATIONS:
            for operator in ("=", "ilike"):
                with self.subTest(notation=notation, operator=operator):
                    self.assertEqual(self.calls.search([("phone", operator, notation)]), call)
        self.assertEqual(self.calls.search([("phone", "=", "+37529123")]), call)
        self.assertFalse(self.calls.search([("phone", "=", "7654321")]))
        self.assertNotIn(call, self.calls.search([("phone", "=", False)]))

    def test_search_by_number_uses_indexes(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for number, index in ((NUMBER, "phone_sanitized"), ("1234567", "phone_reversed")):
            query = self.calls.sudo()._search([("phone", "=", number)], order="id")
            plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            self.assertIn(f"smarthome_call_{index}_idx", str(plan))

    def test_intercepted(self):
        call = self.calls.create(
            {"rung_user_id": self.secretary.id, "answered_by_id": self.manager.id}
        )
        self.assertTrue(call.is_intercepted)
        call.answered_by_id = self.secretary
        self.assertFalse(call.is_intercepted)
        call.is_intercepted = True
        self.assertTrue(call.is_intercepted)

    def test_first_time(self):
        first, second = self.calls.create([{"phone": NUMBER}, {"phone": "80291234567"}])
        self.assertTrue(first.is_first_time)
        self.assertFalse(second.is_first_time)
        self.assertFalse(
            self.calls.create({"direction": "out", "phone": "80297654321"}).is_first_time
        )
        self.client.phone = "+375 29 555-55-55"
        known = self.calls.create({"phone": "8 029 5555555"})
        self.assertFalse(known.is_first_time)
        self.assertEqual(known.partner_id, self.client)
        known.is_first_time = True
        self.assertTrue(known.is_first_time)

    def test_source_is_asked_when_finishing(self):
        call = self.calls.create({"phone": NUMBER})
        call.need = "Light and climate"
        with self.assertRaises(UserError), self.cr.savepoint():
            call.outcome = "information"
        with self.assertRaises(UserError), self.cr.savepoint():
            call.state = "done"
        self.assertTrue(call.is_open)
        call.write({"source_id": self.source.id, "outcome": "information"})
        self.assertFalse(call.is_open)

    def test_source_is_not_asked(self):
        for outcome in ("spam", "wrong_number"):
            call = self.calls.create({"phone": f"+37529111111{len(outcome) % 10}"})
            call.outcome = outcome
            self.assertFalse(call.is_open)
        recorded = self.calls.create({"phone": NUMBER, "state": "done", "outcome": "other"})
        self.assertTrue(recorded.is_open)
        self.assertFalse(self.calls.create({"phone": NUMBER, "outcome": "other"}).is_open)

    def test_sent_twice_is_one_call(self):
        values = {"phone": NUMBER, "entry_key": "one form"}
        first = self.calls.create(values)
        second = self.calls.create({**values, "need": "Said later"})
        self.assertEqual(first, second)
        self.assertEqual(first.need, "Said later")
        form = self.calls.with_context(smarthome_call_form=True)
        self.assertNotEqual(
            form.default_get(["entry_key"])["entry_key"],
            form.default_get(["entry_key"])["entry_key"],
        )

    def test_open_calls_come_first(self):
        now = fields.Datetime.now()
        done = self.calls.create({"outcome": "other", "is_first_time": False, "date": now})
        overdue, today = self.calls.create(
            [
                {"state": "planned", "date": now - timedelta(days=2)},
                {"state": "planned", "date": now + timedelta(minutes=1)},
            ]
        )
        found = self.calls.search([("id", "in", (done | overdue | today).ids)])
        self.assertEqual(found, overdue | today | done)

    def test_many_calls_few_queries(self):
        values = [
            {"phone": f"+3752912{number:05d}", "state": "planned", "direction": "in"}
            for number in range(60)
        ]
        self.calls.create(values[:1])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.calls.create(values[:10])
        self.env.flush_all()
        few = self.env.cr.sql_log_count - before
        self.calls.create(values)
        self.env.flush_all()
        many = self.env.cr.sql_log_count - before - few
        self.assertLessEqual(many, few + 3)


@tagged("post_install", "-at_install")
class TestCallObject(SmarthomeCrmCommon):
    """From a call to an object in one step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.by")
        cls.calls = cls.env["smarthome.call"]

    def test_bare_call(self):
        call = self.calls.create({"phone": NUMBER, "name": "Anna"})
        action = call.action_create_object()
        site = call.object_id
        self.assertEqual((action["res_model"], action["res_id"]), ("smarthome.object", site.id))
        self.assertEqual(site.partner_id.name, "Anna")
        self.assertEqual(site.partner_id.phone_sanitized, NUMBER)
        self.assertEqual(site.contact_ids.partner_id, site.partner_id)
        self.assertTrue(site.type_id)
        self.assertIn("Anna", site.name)
        self.assertEqual(site.next_call_id.kind, "control")
        self.assertEqual(site.next_call_id.previous_call_id, call)
        self.assertRecordValues(call, [{"state": "done", "outcome": "object"}])

    def test_second_press_opens_the_same(self):
        call = self.calls.create({"phone": NUMBER})
        first = call.action_create_object()
        objects = self.env["smarthome.object"].search_count([])
        self.assertEqual(call.action_create_object(), first)
        self.assertEqual(self.env["smarthome.object"].search_count([]), objects)

    def test_everything_comes_from_the_call(self):
        control = fields.Datetime.now().replace(microsecond=0) + timedelta(days=5)
        call = self.calls.with_user(self.manager).create(
            {
                "phone": NUMBER,
                "name": "Anna",
                "address": "Lake street 1",
                "object_type_id": self.object_type.id,
                "first_control_date": control,
                "source_id": self.env["utm.source"].create({"name": "A friend told"}).id,
            }
        )
        call.with_context(smarthome_ask_source=True).action_create_object()
        self.assertRecordValues(
            call.object_id,
            [
                {
                    "name": "Test villa, Lake street 1",
                    "address": "Lake street 1",
                    "type_id": self.object_type.id,
                    "user_id": self.manager.id,
                    "source_id": call.source_id.id,
                    "next_call_date": control,
                }
            ],
        )
        self.assertFalse(call.is_open)

    def test_client_is_found(self):
        self.client.phone = NUMBER
        call = self.calls.create({"phone": "8 029 123 45 67"})
        call.action_create_object()
        self.assertEqual(call.object_id.partner_id, self.client)

    def test_client_who_came_back(self):
        self.client.phone = NUMBER
        self.object.sudo().stage = "closed"
        call = self.calls.create({"phone": NUMBER})
        call.action_create_object()
        self.assertEqual(call.object_id.previous_object_id, self.object)

    def test_client_of_another_manager(self):
        self.client.phone = NUMBER
        call = self.calls.with_user(self.other_manager).create({"phone": NUMBER})
        self.assertFalse(call.partner_id)
        with self.assertRaisesRegex(UserError, self.manager.name):
            call.action_create_object()

    def test_source_is_asked_by_the_form(self):
        call = self.calls.create({"phone": NUMBER})
        with self.assertRaises(UserError):
            call.with_context(smarthome_ask_source=True).action_create_object()

    def test_source_is_named_by_its_words(self):
        source = self.env["utm.source"].create({"smarthome_title": "A leaflet"})
        self.assertEqual((source.name, source.display_name), ("A leaflet", "A leaflet"))

    def test_table_of_calls_tells_what_was_said(self):
        call = self.calls.create({"phone": NUMBER, "need": "Light and climate"})
        self.assertEqual(call.told, "Light and climate")
        call.answer = "Sends the plan"
        self.assertEqual(call.told, "Sends the plan")
        spam = self.calls.create({"phone": NUMBER, "outcome": "spam"})
        self.assertEqual(spam.told, "Spam")

    @freeze_time("2026-11-20 09:00:00")
    def test_date_by_settings(self):
        self.manager.tz = "Europe/Minsk"
        self.env.company.write({"smarthome_first_control_days": 1, "smarthome_call_hour": 11.5})
        site = self._create_object(name="On a Friday")
        self.assertEqual(str(site.next_call_date), "2026-11-23 08:30:00")
