import json

from odoo.tests import HttpCase, new_test_user, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestPortalAccess(HttpCase, SmarthomeCrmCommon):
    """What the link of a proposal opens, to a visitor and to its client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, login="sh_portal", groups="base.group_portal")
        cls.order = cls._create_proposal((cls._create_goods("PRT-1", 100, 60), 2))
        cls.order.partner_id = cls.portal.partner_id
        cls.order.state = "sent"
        cls.order.activity_schedule(summary="Margin of 12 %", user_id=cls.head.id)
        cls.order.message_post(
            body="The vendor gives 40 %",
            attachments=[("vendor.txt", b"60.00")],
            subtype_xmlid="mail.mt_note",
        )
        cls.env.flush_all()

    def _ask(self, **params):
        requests = ("activities", "attachments", "followers", "suggestedRecipients")
        requests += ("scheduledMessages", "messages", "contact_fields")
        values = {"thread_model": "sale.order", "thread_id": self.order.id}
        values |= {"request_list": requests, "access_params": params}
        data = {"params": {"fetch_params": [["mail.thread", values]]}}
        response = self.url_open("/mail/data", json.dumps(data), headers=self._headers)
        return response.text

    _headers = {"Content-Type": "application/json"}

    def test_link_tells_nothing_of_the_company(self):
        token = self.order._portal_ensure_token()
        for login in (None, "sh_portal"):
            self.authenticate(login, login)
            told = self._ask(token=token)
            self.assertIn("sale.order", told)
            for word in ("Margin", "vendor", "raw_access_token", "mail.followers", "mail.activity"):
                with self.subTest(login=login, word=word):
                    self.assertNotIn(word, told)

    def test_client_reads_no_coefficient(self):
        """It multiplies the installers' pay."""
        names = self.env["sale.order"].with_user(self.portal).fields_get()
        self.assertFalse([name for name in names if name.endswith("_coefficient")])
        names = self.env["sale.order"].with_user(self.manager).fields_get()
        self.assertIn("smarthome_signed_coefficient", names)

    def test_manager_is_told(self):
        self.authenticate(self.manager.login, self.manager.login)
        told = self._ask()
        for word in ("Margin", "vendor", "mail.followers"):
            self.assertIn(word, told)

    def test_client_downloads_the_order_for_his_program(self):
        self.order.name = "КП-77"
        token = self.order._portal_ensure_token()
        self.env.flush_all()
        answer = self.url_open(f"/my/orders/{self.order.id}/download_edi?access_token={token}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("%D0%9A%D0%9F-77", answer.headers["Content-Disposition"])
        self.assertIn("<", answer.text)
        self.assertNotIn("60.0", answer.text)
