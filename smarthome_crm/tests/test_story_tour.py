from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from ..tools.call_dates import to_local
from .common import SmarthomeCrmCommon
from .sheet_reader import SheetReader
from .tour_common import RussianTourCase


@tagged("post_install", "-at_install")
class TestStoryTour(SmarthomeCrmCommon, MockEmail, RussianTourCase):
    """From a call to an e-mailed Excel of ten goods and the next call, in Russian.

    The tour itself fails when this takes more than 25 clicks, and logs the clicks and keys.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager)
        cls.env.company.country_id = cls.env.ref("base.by")
        cls.manager.email = "manager@example.com"
        cls.house = cls.env.ref("smarthome_crm.object_type_house")
        cls.house.write({"work_coefficient": 1.0, "profit_floor": 20.0})
        category = cls.env["product.category"].create({"name": "Свет"})
        cls.goods = [
            cls._create_goods(f"STORY-{number}", 110.0, 60.0, category, name=f"Товар {number}")
            for number in range(1, 11)
        ]
        mounting = cls._create_work("STORY-MOUNT", 20.0, 8.0, name="Монтаж")
        starting = cls._create_work("STORY-START", 150.0, 60.0, name="Пусконаладка")
        cls._create_norm(mounting, category)
        cls._create_norm(starting)

    def test_story(self):
        self.start_tour(
            "/odoo/smarthome-calls", "smarthome_story", login=self.manager.login, timeout=180
        )
        call = self.env["smarthome.call"].search([("phone", "=", "+375297003344")])
        self.assertRecordValues(
            call.filtered(lambda record: record.direction == "in"),
            [{"name": "Анна", "need": "Свет", "outcome": "object", "is_first_time": True}],
        )
        site = call.object_id
        self._check_order(site.order_ids)
        self._check_calls(site)

    def _check_order(self, order):
        goods = order.order_line.filtered(lambda line: line.smarthome_kind == "goods")
        self.assertEqual(
            [(line.product_id.default_code, line.product_uom_qty) for line in goods],
            [(product.default_code, number) for number, product in enumerate(self.goods, 1)],
        )
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sent",
                    "smarthome_sent_way": "email",
                    "amount_total": 7300.0,
                    "smarthome_profit": 3500.0,
                    "user_id": self.manager.id,
                }
            ],
        )
        self._check_letter(order)

    def _check_letter(self, order):
        """The letter leaves with the file, and the file says what the proposal says."""
        message = order.message_ids.filtered(lambda record: record.message_type == "comment")
        self.assertEqual(message.attachment_ids.mapped("name"), [order._get_proposal_filename()])
        reader = SheetReader(message.attachment_ids.raw)
        self.assertEqual(reader.labelled("Всего, USD"), [order.amount_total])
        self.assertEqual(len(reader.lines()), 12)
        with self.mock_mail_gateway():
            message.notification_ids.mail_mail_id.send()
        self.assertEqual(len(self._mails), 1)
        self.assertIn("anna@example.com", self._mails[0]["email_to"][0])
        self.assertEqual(
            [(name, content) for name, content, _mimetype in self._mails[0]["attachments"]],
            [(message.attachment_ids.name, message.attachment_ids.raw)],
        )

    def _check_calls(self, site):
        self.assertRecordValues(
            site,
            [
                {
                    "stage": "negotiation",
                    "type_id": self.house.id,
                    "user_id": self.manager.id,
                    "last_answer": "Получила, думает",
                }
            ],
        )
        delivery = site.call_ids.filtered(lambda call: call.kind == "delivery")
        self.assertEqual(delivery.state, "done")
        following = site.next_call_id
        self.assertEqual(following.kind, "control")
        self.assertEqual(following.user_id, self.manager)
        days = to_local(following.date, "Europe/Minsk").date() - fields.Date.today()
        self.assertGreaterEqual(days, timedelta(days=3))
        activity = self.env["mail.activity"].search([("smarthome_call_id", "=", following.id)])
        self.assertEqual(activity.user_id, self.manager)


@tagged("post_install", "-at_install")
class TestStoryTourOnPhone(TestStoryTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
