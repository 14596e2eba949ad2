from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .sheet_reader import SheetReader
from .test_export import ExportCommon

FRIDAY = "2026-11-20 09:00:00"
#: Monday at eleven in Minsk
MONDAY = datetime(2026, 11, 23, 8, 0)


@tagged("post_install", "-at_install")
class TestSending(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.email = "client@example.com"
        cls.manager.tz = "Europe/Minsk"
        cls.manager.email = "manager@example.com"
        cls.env.company.smarthome_call_hour = 11.0
        cls.object.type_id.profit_floor = 0
        cls.order = cls._create_proposal((cls.lamp, 3), (cls.mounting, 1)).with_user(cls.manager)

    def _send_by_mail(self, order=None):
        order = order or self.order
        action = order.action_quotation_send()
        context = action["context"]
        composer = self.env[action["res_model"]].with_user(self.manager).with_context(**context)
        form = Form(composer)
        composer = form.save()
        attachments = composer.attachment_ids
        composer.action_send_mail()
        return attachments

    def _planned_calls(self):
        calls = self.env["smarthome.call"].sudo()
        return calls.search([("object_id", "=", self.object.id), ("state", "=", "planned")])

    @contextmanager
    def _floor(self):
        def refuse(order):
            if order:
                raise UserError(order.env._("Below the floor"))

        with patch.object(type(self.order), "_check_can_be_sent", refuse):
            yield

    @freeze_time(FRIDAY)
    def test_by_mail(self):
        attachments = self._send_by_mail()
        self.assertEqual(attachments.mapped("name"), [self.order._get_proposal_filename()])
        message = self.order.message_ids.filtered(lambda m: m.message_type == "comment")[0]
        self.assertEqual(message.attachment_ids, attachments)
        self.assertIn(self.client, message.partner_ids)
        self.assertIn(self.object.number, message.subject)
        exported = SheetReader(self.order._get_proposal_xlsx()[1])
        attached = SheetReader(attachments.raw)
        self.assertEqual(list(attached.stored.values), list(exported.stored.values))
        self.assertEqual(self.order.state, "sent")
        self.assertEqual(self.order.smarthome_sent_way, "email")
        self.assertEqual(self.object.stage, "negotiation")

    @freeze_time(FRIDAY)
    def test_delivery_check_on_the_next_working_day_once(self):
        self._send_by_mail()
        self.assertRecordValues(
            self._planned_calls(),
            [
                {
                    "kind": "delivery",
                    "direction": "out",
                    "date": MONDAY,
                    "user_id": self.manager.id,
                    "partner_id": self.client.id,
                }
            ],
        )
        self._send_by_mail()
        self.assertEqual(len(self._planned_calls()), 1)

    @freeze_time(FRIDAY)
    def test_each_sending_plans_once(self):
        planned = []
        model = self.env.registry["smarthome.object"]
        original = model._plan_call

        def plan(site, *args, **values):
            planned.append(values.get("kind"))
            return original(site, *args, **values)

        with patch.object(model, "_plan_call", plan):
            self._send_by_mail()
            self.assertEqual(planned.count("delivery"), 1)
            self.order.action_smarthome_mark_sent("fax")
            self.assertEqual(planned.count("delivery"), 2)

    @freeze_time(FRIDAY)
    def test_holidays_of_the_company(self):
        calendar = self.env.company.resource_calendar_id
        calendar.tz = "Europe/Minsk"
        self.env["resource.calendar.leaves"].create(
            {
                "calendar_id": calendar.id,
                "date_from": "2026-11-22 21:00:00",
                "date_to": "2026-11-23 20:59:59",
            }
        )
        self.assertEqual(self.order._get_delivery_check_date(), datetime(2026, 11, 24, 8, 0))

    def test_late_in_the_evening_the_local_day_counts(self):
        with freeze_time("2026-11-23 22:30:00"):
            date = self.order._get_delivery_check_date()
        self.assertEqual(date, datetime(2026, 11, 25, 8, 0))

    @freeze_time(FRIDAY)
    def test_by_messenger_with_a_note(self):
        action = self.order.action_smarthome_open_mark_sent()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        form = Form(wizard.with_context(**action["context"]))
        form.way = "messenger"
        form.note = "To <Anna>"
        form.save().action_mark_sent()
        self.assertEqual((self.order.state, self.order.smarthome_sent_way), ("sent", "messenger"))
        message = self.order.message_ids[0]
        self.assertIn("To &lt;Anna&gt;", message.body)
        self.assertEqual(
            message.attachment_ids.mapped("name"), [self.order._get_proposal_filename()]
        )
        self.assertTrue(message.subtype_id.internal)
        self.assertEqual(self._planned_calls().mapped("kind"), ["delivery"])

    def test_odoo_mark_as_sent(self):
        self.order.action_quotation_sent()
        self.assertEqual(self.order.smarthome_sent_way, "hand")
        self.assertEqual(self._planned_calls().mapped("kind"), ["delivery"])

    def test_stage_never_goes_backwards(self):
        self.object.sudo().stage = "in_work"
        self.order.action_smarthome_mark_sent("hand")
        self.assertEqual(self.object.stage, "in_work")

    def test_the_check_stops_every_way(self):
        with self._floor():
            for send in (
                self.order.action_quotation_send,
                self.order.action_quotation_sent,
                self.order.action_smarthome_open_mark_sent,
                lambda: self.order.action_smarthome_mark_sent("fax"),
                lambda: self.order.with_context(mark_so_as_sent=True).message_post(body="Sent"),
            ):
                with self.assertRaisesRegex(UserError, "Below the floor"):
                    send()
        self.assertEqual(self.order.state, "draft")

    def test_no_way_around_by_the_template(self):
        template = self.env.ref("smarthome_crm.mail_template_proposal")
        with self._floor(), self.assertRaisesRegex(UserError, "Below the floor"):
            template.send_mail(self.order.id)
        with self.assertRaises(UserError):
            (self.order | self._create_proposal((self.lamp, 1))).action_quotation_send()

    def test_signed_and_unknown(self):
        with self.assertRaises(UserError):
            self.order.action_smarthome_mark_sent("pigeon")
        self.order.sudo().state = "sale"
        with self.assertRaises(UserError):
            self.order.action_smarthome_mark_sent("fax")
        with self.assertRaises(UserError):
            self.order.action_smarthome_open_mark_sent()

    def test_a_contract_is_sent_again_unchecked(self):
        self.order.sudo().state = "sale"
        with self._floor():
            self.assertEqual(self.order.action_quotation_send()["type"], "ir.actions.act_window")

    def test_who_sends(self):
        for user in (self.secretary, self.engineer, self.storekeeper, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_smarthome_mark_sent("fax")

    def test_orders_without_object_are_left_alone(self):
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        self.assertEqual(order._find_mail_template(), self.env.ref("sale.email_template_edi_sale"))
        order.with_context(mark_so_as_sent=True).message_post(body="Sent")
        self.assertEqual(order.state, "sent")
        self.assertFalse(order.smarthome_sent_way)

    def test_mail_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        template = self.env.ref("smarthome_crm.mail_template_proposal")
        template.with_context(lang="ru_RU").subject = "Предложение {{ object.name }}"
        self.client.lang = "ru_RU"
        order = self._create_proposal((self.lamp, 1)).with_user(self.manager)
        attachments = self._send_by_mail(order)
        message = order.message_ids.filtered(lambda m: m.message_type == "comment")[0]
        self.assertEqual(message.subject, f"Предложение {order.name}")
        self.assertIn(
            "Десять долларов США 55 центов", "\n".join(SheetReader(attachments.raw).texts())
        )
