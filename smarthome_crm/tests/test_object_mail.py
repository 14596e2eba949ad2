from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestObjectMail(SmarthomeCrmCommon):
    """Mails find their object by References, or by its number in the subject."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1)
        cls.domain = domain or cls.env["mail.alias.domain"].create({"name": "smart.example.com"})
        cls.env.company.alias_domain_id = cls.domain
        cls.client.email = "client@example.com"
        for user in (cls.manager, cls.other_manager):
            user.email = f"{user.login}@smart.example.com"
        cls.alias = cls.env.ref("smarthome_crm.mail_alias_objects")
        cls.alias.alias_domain_id = cls.domain
        cls.count = cls.env["smarthome.object"].search_count([])

    def _mail(self, subject, sender="Клиент <client@example.com>", references=None, to=None):
        """Process a raw mail, as the server hands it over."""
        mail = EmailMessage()
        mail["From"] = sender
        mail["To"] = to or f"{self.alias.alias_name}@{self.domain.name}"
        mail["Subject"] = subject
        mail["Message-Id"] = f"<{abs(hash((subject, sender, references)))}@mail.example.com>"
        if references:
            mail["References"] = references
        mail.set_content("Добрый день, мы согласны.")
        mail.add_attachment("план".encode(), "text", "plain", filename="план дома.txt")
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, mail.as_bytes())
        self.assertEqual(self.env["smarthome.object"].search_count([]), self.count)
        return self.env["mail.message"].search([("message_id", "=", mail["Message-Id"])], limit=1)

    def _set_number(self, record):
        return record.number.lower().replace("-", "–")

    def test_reply_by_references(self):
        message = self.object.with_user(self.manager).message_post(
            body="Предложение готово", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        answer = self._mail(
            "Re: Предложение", references=message.message_id, to=f"catchall@{self.domain.name}"
        )
        self.assertEqual((answer.model, answer.res_id), ("smarthome.object", self.object.id))
        self.assertEqual(answer.author_id, self.client)

    def test_number_in_a_cyrillic_subject(self):
        for subject in (
            f"Вопрос по объекту {self.object.number}: когда монтаж?",
            f"RE: {self._set_number(self.object)}",
        ):
            message = self._mail(subject)
            self.assertEqual(
                (message.model, message.res_id), ("smarthome.object", self.object.id), subject
            )
        self.assertIn("план дома.txt", message.attachment_ids.mapped("name"))
        files = self.object.with_user(self.manager).get_documents()["messages"]
        self.assertIn("план дома.txt", [file["name"] for file in files])

    def test_employee_and_contact_may_write(self):
        designer = self.env["res.partner"].create({"name": "Designer", "email": "d@example.com"})
        self.object.contact_ids = [(0, 0, {"partner_id": designer.id, "part": "designer"})]
        for number, (sender, expected) in enumerate(
            (
                ("d@example.com", "smarthome.object"),
                (self.manager.email, "smarthome.object"),
                (self.other_manager.email, "smarthome.call"),
            )
        ):
            message = self._mail(f"{self.object.number} n{number}", sender=sender)
            self.assertEqual(message.model, expected, sender)

    def test_stranger_with_a_number(self):
        message = self._mail(self.object.number, sender="stranger@example.com")
        self.assertEqual(message.model, "smarthome.call")
        call = self.env["smarthome.call"].browse(message.res_id)
        self.assertRecordValues(
            call, [{"state": "missed", "direction": "in", "user_id": False, "object_id": False}]
        )
        self.assertTrue(call.activity_ids.user_id._smarthome_has_role("head"))
        self.assertIn(self.object.number, call.activity_ids.summary)
        self.assertFalse(call.with_user(self.manager).has_access("read"))

    def test_mail_without_a_number_becomes_a_missed_call(self):
        message = self._mail("Сколько стоит умный дом?", sender="Новый <new@example.com>")
        call = self.env["smarthome.call"].browse(message.res_id)
        self.assertEqual(call.state, "missed")
        self.assertIn("Сколько стоит", call.need)
        self.assertIn("мы согласны", call.need)
        self.assertFalse(call.activity_ids)

    def test_mail_of_a_known_client_goes_to_his_manager(self):
        message = self._mail("Добрый день")
        call = self.env["smarthome.call"].browse(message.res_id)
        self.assertEqual(call.user_id, self.manager)
        self.assertEqual(call.partner_id, self.client)

    def test_reply_to_a_proposal(self):
        order = self._create_proposal()
        sent = order.message_post(body="Ваше КП", subtype_xmlid="mail.mt_comment")
        message = self._mail(
            "Re: КП", references=sent.message_id, to=f"catchall@{self.domain.name}"
        )
        self.assertEqual((message.model, message.res_id), ("sale.order", order.id))
        note = self.object.message_ids[0]
        self.assertIn(order.name, note.body)
        self.assertNotIn("согласны", note.body)
