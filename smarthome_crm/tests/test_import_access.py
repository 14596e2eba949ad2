from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportAccess(HttpCase, ImportCommon):
    def test_goods_and_works_are_for_purchasing_and_heads(self):
        content = self._goods_file(("ACC-1", "One", "шт", 1, 2))
        for role in ("secretary", "engineer", "storekeeper", "installer", "accountant"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._import("goods", content, getattr(self, role))
        for kind in ("goods", "works"):
            record = self._import(kind, content, self.manager)
            for method in ("action_check", "action_apply"):
                with self.subTest(kind=kind, method=method), self.assertRaises(AccessError):
                    getattr(record, method)()
            self.assertFalse(record.line_ids)
        self.assertFalse(self._product("ACC-1"))
        for user in (self.purchasing, self.head):
            self._import("goods", content, user).action_apply()
        self.assertTrue(self._product("ACC-1"))

    def test_report_is_ones_own(self):
        record = self._import("goods", self._goods_file(("ACC-2", "Two", "шт", 1, 2)), self.head)
        record.action_check()
        url = record.action_download_report()["url"]
        for user, status in ((self.head, 200), (self.purchasing, 404), (self.manager, 404)):
            user.password = f"{user.login} password of 2026"
            self.authenticate(user.login, user.password)
            with self.subTest(user=user.login):
                self.assertEqual(self.url_open(url).status_code, status)

    def test_lines_of_others_are_not_read(self):
        record = self._import("goods", self._goods_file(("ACC-3", "Three", "шт", 1, 2)))
        record.action_check()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            record.line_ids.with_user(self.manager).mapped("message")
