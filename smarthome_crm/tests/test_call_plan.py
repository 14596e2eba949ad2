from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestCallPlan(SmarthomeCrmCommon):
    """An open object always has a next date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.tz = "Europe/Minsk"
        cls.env.company.smarthome_call_hour = 11.0
        cls.reason = cls.env["smarthome.refusal.reason"].create({"name": "Bought a boat"})

    def _days_ahead(self, days):
        return fields.Datetime.now().replace(microsecond=0) + timedelta(days=days)

    def test_every_path_plans(self):
        for values in ({}, {"stage": "survey"}):
            self.assertTrue(self._create_object(**values).next_call_date)
        loaded = self.env["smarthome.object"].load(["name"], [["Imported"]])
        self.assertTrue(self.env["smarthome.object"].browse(loaded["ids"]).next_call_id)
        given = self._days_ahead(9)
        site = self._create_object(next_call_date=given)
        self.assertEqual(site.next_call_date, given)
        self.assertEqual(len(site.call_ids), 1)

    def test_not_in_work(self):
        site = self._create_object(stage="in_work")
        self.assertFalse(site.next_call_id)
        site.sudo().stage = "contract"
        self.assertTrue(site.next_call_date)

    def test_plan_moves_the_one_call(self):
        call = self.object.next_call_id
        moment = self._days_ahead(4)
        self.assertEqual(self.object._plan_call(moment, kind="delivery"), call)
        self.assertRecordValues(call, [{"date": moment, "kind": "delivery"}])
        self.assertEqual(self.object.next_call_date, moment)

    def test_answer_asks_for_the_next_date(self):
        call = self.object.next_call_id
        with self.assertRaises(UserError), self.cr.savepoint():
            call.action_answer("He thinks it over")
        with self.assertRaises(UserError), self.cr.savepoint():
            call.write({"answer": "He thinks it over"})
        with self.assertRaises(UserError), self.cr.savepoint():
            call.state = "cancelled"
        with self.assertRaises(UserError), self.cr.savepoint():
            call.unlink()
        self.assertEqual(call.state, "planned")

    def test_answer(self):
        call = self.object.next_call_id
        following = call.with_user(self.manager).action_answer("Yes", "2099-03-02", kind="decision")
        self.assertRecordValues(call, [{"state": "done", "answer": "Yes"}])
        self.assertRecordValues(
            following,
            [{"state": "planned", "kind": "decision", "previous_call_id": call.id}],
        )
        self.assertEqual(str(following.date), "2099-03-02 08:00:00")
        self.assertRecordValues(self.object, [{"next_call_id": following.id, "last_answer": "Yes"}])

    def test_answered_in_place(self):
        call = self.object.next_call_id
        moment = self._days_ahead(7)
        self.object.write(
            {"call_ids": [fields.Command.update(call.id, {"answer": "Yes", "next_date": moment})]}
        )
        self.assertEqual(call.state, "done")
        self.assertEqual(self.object.next_call_date, moment)

    def test_answer_twice(self):
        call = self.object.next_call_id
        following = call.action_answer("Yes", self._days_ahead(3))
        self.assertEqual(call.action_answer("Yes", self._days_ahead(3)), following)
        self.assertEqual(len(self.object.call_ids), 2)
        with self.assertRaises(UserError):
            call.action_answer("No", self._days_ahead(3))

    def test_answer_in_the_past(self):
        with self.assertRaises(UserError):
            self.object.next_call_id.action_answer("Yes", self._days_ahead(-3))

    @freeze_time("2026-11-23 21:30:00")
    def test_answer_after_midnight_of_the_manager(self):
        """Half past midnight of the 24th in Minsk: the 23rd is over, in UTC it is not."""
        self.manager.tz = "Europe/Minsk"
        call = self._create_object().next_call_id
        with self.assertRaises(UserError):
            call.action_answer("Yes", date(2026, 11, 23))
        self.assertEqual(call.action_answer("Yes", date(2026, 11, 24)).date.day, 24)

    def test_answer_where_none_is_needed(self):
        call = self.object.next_call_id
        self.object.sudo().stage = "in_work"
        self.assertFalse(call.action_answer("Montage goes on"))
        self.assertFalse(self.object.next_call_id)

    @freeze_time("2026-11-23 09:00:00")
    def test_refuse(self):
        self.assertEqual(self.object.action_refuse()["res_model"], "smarthome.refuse")
        wizard = self.env["smarthome.refuse"].create(
            {"object_id": self.object.id, "reason_id": self.reason.id}
        )
        call = self.object.next_call_id
        wizard.with_user(self.manager).action_refuse()
        self.assertRecordValues(
            self.object, [{"stage": "refused", "refusal_reason_id": self.reason.id}]
        )
        self.assertEqual(call.state, "done")
        self.assertEqual(self.object.next_call_date.date(), date(2027, 11, 23))
        self.object.action_reopen()
        self.assertEqual(self.object.stage, "new")
        self.assertEqual(self.object.next_call_date.date(), date(2026, 11, 24))

    def test_refuse_needs_a_reason(self):
        with self.assertRaises(UserError):
            self.object.stage = "refused"

    def test_answer_form(self):
        call = self.object.next_call_id
        wizard = (
            self.env["smarthome.call.answer"]
            .with_user(self.manager)
            .create({"call_id": call.id, "answer": "Yes", "choice": "week"})
        )
        self.assertTrue(wizard.next_date)
        self._create_object()._plan_call(wizard.next_date)
        wizard.invalidate_recordset(["day_count"])
        self.assertEqual(wizard.day_count, 1)
        wizard.action_save()
        self.assertEqual(self.object.next_call_date, wizard.next_date)

    def test_answer_form_refuses(self):
        wizard = self.env["smarthome.call.answer"].create(
            {"call_id": self.object.next_call_id.id, "answer": "No money", "choice": "refuse"}
        )
        with self.assertRaises(UserError):
            wizard.action_save()
        wizard.reason_id = self.reason
        wizard.action_save()
        self.assertEqual(self.object.stage, "refused")
        self.assertEqual(self.object.last_answer, "No money")

    def test_next_of_the_day(self):
        first = self.object.next_call_id
        second = self._create_object().next_call_id
        (first | second).date = fields.Datetime.now() - timedelta(days=1)
        wizard = (
            self.env["smarthome.call.answer"]
            .with_user(self.manager)
            .create({"call_id": first.id, "answer": "Yes", "choice": "month"})
        )
        action = wizard.action_save_next()
        self.assertEqual(action["context"]["default_call_id"], second.id)
        wizard = wizard.create({"call_id": second.id, "answer": "Yes", "choice": "month"})
        self.assertEqual(wizard.action_save_next()["tag"], "display_notification")

    def test_ring_back(self):
        call = self.env["smarthome.call"].create({"phone": "+375291112233", "state": "missed"})
        planned = call.action_plan_call_back("2099-03-02")
        self.assertRecordValues(
            planned, [{"state": "planned", "direction": "out", "phone": "+375291112233"}]
        )
        self.assertFalse(call.is_open)
        self.assertEqual(call.action_plan_call_back("2099-03-02"), planned)


@tagged("post_install", "-at_install")
class TestCallActivity(SmarthomeCrmCommon):
    """A planned call stands in the diary of its manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.tz = "Europe/Minsk"
        cls.call = cls.object.next_call_id

    def _get_activity(self, call=None):
        return self.env["mail.activity"].search(
            [("smarthome_call_id", "=", (call or self.call).id)]
        )

    def test_activity(self):
        self.assertRecordValues(
            self._get_activity(),
            [
                {
                    "user_id": self.manager.id,
                    "res_model": "smarthome.object",
                    "res_id": self.object.id,
                    "activity_type_id": self.env.ref("smarthome_crm.mail_activity_type_call").id,
                }
            ],
        )
        alone = self.env["smarthome.call"].create({"state": "planned", "user_id": self.manager.id})
        self.assertEqual(self._get_activity(alone).res_model, "smarthome.call")

    def test_moved_both_ways(self):
        self.call.date = "2099-03-02 21:30:00"
        self.assertEqual(self._get_activity().date_deadline, date(2099, 3, 3))
        self._get_activity().with_user(self.manager).date_deadline = date(2099, 3, 10)
        self.assertEqual(str(self.call.date), "2099-03-09 21:30:00")
        self.assertEqual(str(self.object.next_call_date), "2099-03-09 21:30:00")

    def test_deleted_comes_back(self):
        self._get_activity().unlink()
        self.assertEqual(len(self._get_activity()), 1)
        self._get_activity().action_archive()
        self.assertEqual(len(self._get_activity()), 1)
        self.object.unlink()
        self.assertFalse(self._get_activity())

    def test_done_in_the_bell(self):
        action = self._get_activity().with_user(self.manager).action_done()
        self.assertEqual(action["res_model"], "smarthome.call.answer")
        self.assertEqual(self.call.state, "planned")

    def test_done_without_the_form(self):
        activity = self._get_activity().with_user(self.manager)
        activity.action_feedback(feedback="He will ring himself")
        self.assertRecordValues(self.call, [{"state": "done", "answer": "He will ring himself"}])
        self.assertTrue(self.object.next_call_date)
        self.assertEqual(len(self._get_activity(self.object.next_call_id)), 1)
        self.assertFalse(activity.active)

    def test_answer_finishes_the_activity(self):
        activity = self._get_activity()
        self.call.action_answer("Yes", "2099-03-02")
        self.assertFalse(activity.active)
        self.assertEqual(activity.feedback, "Yes")
        self.assertIn("Yes", str(self.object.message_ids[:2].mapped("body")))

    def test_manager_moves_call_and_activity(self):
        self.object.user_id = self.other_manager
        self.assertEqual(self.call.user_id, self.other_manager)
        self.assertEqual(self._get_activity().user_id, self.other_manager)
        self.assertEqual(len(self._get_activity()), 1)

    def test_store_names_the_call(self):
        from odoo.addons.mail.tools.discuss import Store

        data = Store().add(self._get_activity()).get_result()
        self.assertEqual(data["mail.activity"][0]["smarthome_call_id"], self.call.id)
