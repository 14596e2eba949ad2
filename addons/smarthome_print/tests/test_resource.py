import base64
from unittest.mock import patch

from odoo.tests import new_test_user, tagged
from odoo.tools.image import image_process

from ..tools.chromium import Answer
from .common import PrintCommon

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestResource(PrintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.env["ir.actions.report"].get_base_url()
        cls.picture = image_process(PIXEL, size=(1, 1), output_format="PNG")
        cls.secret, cls.public = cls.env["ir.attachment"].create(
            [
                {"name": "secret.png", "raw": cls.picture, "public": False},
                {"name": "public.png", "raw": cls.picture, "public": True},
            ]
        )

    def _answer(self, path, user=None):
        resources = self.env["smarthome.print.resource"].with_user(user or self.reader)
        return resources._get_answer(path if "://" in path else self.base + path)

    def test_what_is_answered(self):
        partner = self._create_partner()
        partner.image_1920 = base64.b64encode(self.picture)
        for path in (
            "/web/static/img/logo.png",
            "/web/static/fonts/google/Roboto/Roboto-Regular.ttf",
            "/report/barcode/QR/%D0%94%D0%BE%D0%BC?width=200&height=200",
            "/report/barcode/?barcode_type=Code128&value=A/1&width=300&height=50",
            f"/web/image/res.partner/{partner.id}/image_128",
            f"/web/image/res.partner/{partner.id}/image_128/64x64/face.png",
            f"/web/image?model=res.partner&id={partner.id}&field=avatar_128",
            f"/web/image/{self.public.id}-abcdef/public.png",
            f"/web/content/{self.public.id}",
            "/web/image/web.image_placeholder",
            "/web/binary/company_logo?company=1",
            "/logo.png",
        ):
            with self.subTest(path=path):
                answer = self._answer(path)
                self.assertIsInstance(answer, Answer)
                self.assertTrue(answer.content)
                self.assertRegex(answer.mimetype, r"^(image|font|application/x-font)")

    def test_images_are_made_smaller(self):
        partner = self._create_partner()
        partner.image_1920 = base64.b64encode(self._answer("/web/static/img/logo.png").content)
        path = f"/web/image/res.partner/{partner.id}/image_1920"
        whole, small = self._answer(path), self._answer(f"{path}/16x16")
        self.assertLess(len(small.content), len(whole.content))

    def test_a_bundle_is_made_when_missing(self):
        name = "web.report_assets_common.min.css"
        self.env["ir.attachment"].search([("url", "=like", f"/web/assets/%/{name}")]).unlink()
        answer = self._answer(f"/web/assets/1234567/{name}")
        self.assertEqual(answer.mimetype, "text/css")
        self.assertIn(b"Roboto-Bold.ttf", answer.content)

    def test_what_is_refused(self):
        for path in (
            "http://evil.example/x.png",
            "http://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:5432/",
            "file:///etc/passwd",
            f"ftp://{self.base.split('://')[1]}/web/static/img/logo.png",
            "/web/static/..%2F..%2F__manifest__.py",
            "/web/static/%2e%2e/__manifest__.py",
            "/web/static/..%5C..%5Codoo.conf",
            "/web/static/img%00/logo.png",
            "/web/static/no/such/file.png",
            "/web/models/ir_http.py",
            "/web/assets/1/web.assets_backend.min.js",
            "/web/assets/1/no.such.thing.css",
            "/web/session/get_session_info",
            "/report/barcode/QR",
            "/report/barcode/QR/x?width=99999&height=99999",
            f"/web/content/{self.secret.id}",
            "/web/content/res.users/2/password",
            "/web/content/res.users/2/login",
            "/web/content/ir.attachment/notanumber/raw",
            "/web/content/no.such.model/1/raw",
            "http://web/static/img/logo.png",
        ):
            with self.subTest(path=path):
                self.assertIsNone(self._answer(path))

    def test_a_picture_out_of_reach_is_replaced(self):
        blank = self._answer("/web/static/img/placeholder.png")
        for path in (f"/web/image/{self.secret.id}", "/web/image/999999999"):
            with self.subTest(path=path):
                self.assertEqual(self._answer(path), blank)
        self.assertNotEqual(self._answer(f"/web/image/{self.public.id}"), blank)

    def test_rights_are_the_readers_own(self):
        admin = new_test_user(self.env, "print_admin", "base.group_user,base.group_system")
        path = f"/web/content/{self.secret.id}"
        self.assertEqual(self._answer(path, admin).content, self.picture)
        sudo = self.env["smarthome.print.resource"].with_user(self.reader).sudo()
        self.assertIsNone(sudo._get_answer(self.base + path))
        token = self.secret.generate_access_token()[0]
        answer = self._answer(f"{path}?access_token={token}")
        self.assertEqual(answer.content, self.picture)

    def test_scheduled_prints_read_what_is_public(self):
        root = self.env.ref("base.user_root")
        self.assertIsNone(self._answer(f"/web/content/{self.secret.id}", root))
        self.assertTrue(self._answer(f"/web/content/{self.public.id}", root))

    def test_linked_attachments_are_not_followed(self):
        outside = self.env["ir.attachment"].create({
            "name": "x", "type": "url", "public": True, "url": "http://evil.example/x.png",
        })  # fmt: skip
        self.assertIsNone(self._answer(f"/web/content/{outside.id}"))

    def test_the_other_address_of_the_server(self):
        self.env["ir.config_parameter"].set_param("report.url", "http://odoo.internal:8069")
        self.assertTrue(self._answer("http://odoo.internal:8069/web/static/img/logo.png"))
        self.assertIsNone(self._answer("http://odoo.internal:9999/web/static/img/logo.png"))

    def test_resources_are_printed(self):
        comment = "".join(
            f'<img src="{source}"/>'
            for source in (
                "/web/static/img/logo.png",
                "/report/barcode/QR/%D0%94%D0%BE%D0%BC?width=123&amp;height=123",
                f"{self.base}/report/barcode/Code128/A1?width=321&amp;height=45",
            )
        )
        images = self._images(self._print(self._create_partner(comment=comment)))
        self.assertIn((123, 123), images)
        self.assertIn((321, 45), images)

    def test_blocked_addresses_do_not_stop_a_print(self):
        comment = (
            '<p>до</p><img src="http://evil.example/x.png"/><img src="file:///etc/passwd"/>'
            '<div style="background-image: url(http://evil.example/y.png)">фон</div><p>после</p>'
        )
        asked = []
        model = type(self.env["smarthome.print.resource"])
        whole = model._get_answer

        def remember(self, url):
            answer = whole(self, url)
            asked.append((url, answer))
            return answer

        partner = self._create_partner()
        partner.env.cr.execute(
            "UPDATE res_partner SET comment = %s WHERE id = %s", [comment, partner.id]
        )
        partner.invalidate_recordset()
        with patch.object(model, "_get_answer", remember):
            text = self._texts(self._print(partner))[0]
        self.assertIn("до фон после", text)
        refused = [url for url, answer in asked if answer is None]
        self.assertIn("http://evil.example/x.png", refused)
        self.assertFalse([url for url in refused if url.startswith(self.base)], refused)
