from urllib.parse import quote

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .sheet_reader import SheetReader
from .test_export import ExportCommon


@tagged("post_install", "-at_install")
class TestExportAccess(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proposal((cls.lamp, 3), (cls.mounting, 1))

    def test_who_exports(self):
        for user in (self.manager, self.head, self.accountant):
            with self.subTest(user=user.login):
                order = self.order.with_user(user)
                action = order.action_export_xlsx()
                self.assertEqual(action["type"], "ir.actions.act_url")
                self.assertIn(f"/smarthome/proposal/{order.id}/xlsx", action["url"])
                self.assertEqual(order._get_proposal_xlsx()[1][:2], b"PK")

    def test_who_does_not(self):
        portal = new_test_user(self.env, login="sh_portal", groups="base.group_portal")
        for user in (
            self.secretary,
            self.engineer,
            self.purchasing,
            self.storekeeper,
            self.installer,
            self.other_manager,
            portal,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_export_xlsx()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user)._get_proposal_xlsx()

    def test_the_client_himself_reads_no_file(self):
        portal = new_test_user(self.env, login="sh_portal", groups="base.group_portal")
        self.order.partner_id = portal.partner_id
        self.order.message_subscribe(portal.partner_id.ids)
        with self.assertRaises(AccessError):
            self.order.with_user(portal)._get_proposal_xlsx()

    def test_who_sees_cost_and_profit(self):
        for user in (self.head, self.accountant):
            self.order.with_user(user).action_smarthome_export_office()
            self.assertTrue(self.order.with_user(user)._get_proposal_xlsx("office")[1])
        with self.assertRaises(AccessError):
            self.order.with_user(self.manager).action_smarthome_export_office()
        with self.assertRaises(AccessError):
            self.order.with_user(self.manager)._get_proposal_xlsx("office")

    def test_nothing_is_stored(self):
        before = self.env["ir.attachment"].search_count([])
        self.order.with_user(self.head)._get_proposal_xlsx("office")
        self.order.with_user(self.head)._get_proposal_xlsx()
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)


@tagged("post_install", "-at_install")
class TestExportDownload(ExportCommon, HttpCase):
    def test_download(self):
        self.object.name = "Дом у озера"
        order = self._create_proposal((self.lamp, 3), name="КП-77")
        self.authenticate("sh_manager", "sh_manager")
        response = self.url_open(order.with_user(self.manager).action_export_xlsx()["url"])
        self.assertEqual(response.status_code, 200)
        self.assertEqual(
            response.headers["Content-Disposition"],
            f"attachment; filename*=UTF-8''{quote('КП-77-Дом у озера.xlsx')}",
        )
        self.assertIn("spreadsheetml.sheet", response.headers["Content-Type"])
        self.assertEqual(SheetReader(response.content).lines()[0][7], 31.65)

    @mute_logger("odoo.http")
    def test_refused(self):
        order = self._create_proposal((self.lamp, 3))
        url = f"/smarthome/proposal/{order.id}/xlsx"
        self.authenticate("sh_manager", "sh_manager")
        self.assertEqual(self.url_open(f"{url}?variant=office").status_code, 403)
        self.assertEqual(self.url_open(f"{url}?variant=other").status_code, 404)
        self.assertEqual(self.url_open("/smarthome/proposal/999999999/xlsx").status_code, 404)
        for login in ("sh_other_manager", "sh_secretary", "sh_storekeeper", "sh_engineer"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 403, login)
        self.authenticate(None, None)
        response = self.url_open(url, allow_redirects=False)
        self.assertIn(response.status_code, (302, 303))
