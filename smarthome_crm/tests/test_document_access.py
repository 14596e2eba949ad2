import io
import json
import zipfile

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .document_common import EXE, PNG, DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentAccess(DocumentCommon):
    """Whoever sees the object sees its files, and nobody else, by whatever way."""

    def test_who_reads(self):
        for user in (self.manager, self.head, self.engineer, self.accountant):
            for record in (self.document, self.photos, self.attachment):
                self.assertTrue(record.with_user(user).has_access("read"), user.name)
            self.assertEqual(self.attachment.with_user(user).raw, PNG)

    def test_crew_sees_no_papers_with_prices(self):
        """The contract and the invoices tell commercial prices."""
        self.env.invalidate_all()
        seen = self.object.with_user(self.engineer).folder_ids.mapped("code")
        self.assertEqual(seen, ["brief", "photo", "acts"])
        both = self._create_user("leads_and_sells", "manager", "engineer")
        for code in ("contract", "accounting"):
            paper = self._create_document(self._folder(code), "Договор.png", PNG)
            for record in (paper, paper.folder_id, paper.attachment_id):
                self.assertFalse(record.with_user(self.engineer).has_access("read"), code)
                self.assertTrue(record.with_user(self.manager).has_access("read"), code)
            with self.assertRaises(AccessError):
                paper.attachment_id.with_user(self.engineer).read(["raw"])
            with self.assertRaises(AccessError):
                self._create_document(self._folder(code), "Мой.png", PNG, user=self.engineer)
        self.object.engineer_id = both
        self.env.invalidate_all()
        self.assertEqual(len(self.object.with_user(both).folder_ids), 3)

    def test_others_find_nothing(self):
        users = (
            self.other_manager,
            self.secretary,
            self.purchasing,
            self.storekeeper,
            self.installer,
            self._create_user("two_roles", "secretary", "storekeeper"),
            self._create_user("two_more", "manager", "engineer"),
        )
        for user in users:
            with self.subTest(user=user.name):
                self._check_nothing(user)

    def _check_nothing(self, user):
        user.group_ids += self.env.ref("base.group_allow_export")
        Attachment = self.env["ir.attachment"].with_user(user)
        domain = [("res_model", "=", "smarthome.document")]
        self.env.invalidate_all()
        self._check_empty(lambda: Attachment.search(domain))
        self.assertFalse(Attachment.search([("id", "=", self.attachment.id)]))
        self.assertFalse(Attachment.search([("name", "ilike", "Дом.png")]))
        self.assertFalse(Attachment.name_search("Дом.png"))
        self.assertEqual(Attachment.search_count([("id", "=", self.attachment.id)]), 0)
        for field in ("name", "datas", "raw", "checksum", "index_content"):
            with self.assertRaises(AccessError):
                self.attachment.with_user(user).read([field])
        for record in (self.document, self.photos):
            self._check_nothing_of(record, user)

    def _check_nothing_of(self, record, user):
        Model = self.env[record._name].with_user(user)
        with self.assertRaises(AccessError):
            record.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            record.with_user(user).export_data(["name"])
        with self.assertRaises(AccessError):
            record.with_user(user).write({"name": "x"})
        name = record.sudo().name
        self._check_empty(lambda: Model.search([("object_id", "=", self.object.id)]))
        self._check_empty(lambda: Model.name_search(name))
        self._check_empty(
            lambda: Model.formatted_read_group([("id", "=", record.id)], ["object_id"], ["__count"])
        )

    def _check_empty(self, search):
        """Nothing is found; roles without the model are refused outright."""
        try:
            found = search()
        except AccessError:
            return
        self.assertFalse(found)

    def test_nobody_fills_a_folder_of_another(self):
        with self.assertRaises(AccessError):
            self._create_document(self.photos, "a.txt", b"a", self.other_manager)
        mine = self._create_object(name="Mine", user_id=self.other_manager.id)
        document = self._create_document(
            self._folder("photo", mine), "a.txt", b"a", self.other_manager
        )
        with self.assertRaises(AccessError):
            document.with_user(self.other_manager).folder_id = self.photos
        with self.assertRaises(AccessError):
            self.env["smarthome.folder"].with_user(self.other_manager).create(
                {"object_id": self.object.id, "name": "Intruder"}
            )

    def test_files_move_with_the_object(self):
        self.object.user_id = self.other_manager
        self.env.invalidate_all()
        self.assertEqual(self.attachment.with_user(self.other_manager).raw, PNG)
        self._check_nothing(self.manager)


@tagged("post_install", "-at_install")
class TestDocumentHttp(DocumentCommon, HttpCase):
    """Files by HTTP: upload, ZIP, and Odoo's own routes."""

    def _login(self, user):
        user.write({"password": user.login, "lang": "en_US"})
        self.authenticate(user.login, user.login)

    def _upload(self, folder, *files):
        response = self.url_open(
            "/smarthome/documents/upload",
            data={"folder_id": folder.id, "csrf_token": Request.csrf_token(self)},
            files=[("ufile", (name, content)) for name, content in files],
        )
        return json.loads(response.content)

    def test_upload(self):
        self._login(self.manager)
        answer = self._upload(self.photos, ("фото 1.png", PNG), ("фото 2.png", PNG))
        self.assertEqual(
            [file["name"] for file in answer["documents"]], ["фото 1.png", "фото 2.png"]
        )
        self.assertEqual(len(self.photos.document_ids), 3)
        answer = self._upload(self.photos, ("ok.png", PNG), ("фото.jpg", EXE))
        self.assertIn("not taken", answer["error"]["message"])
        self.env.company.smarthome_file_limit = 1
        answer = self._upload(self.photos, ("big.txt", b"a" * (1024 * 1024 + 1)))
        self.assertIn("larger than 1 MB", answer["error"]["message"])
        self.photos.invalidate_recordset()
        self.assertEqual(len(self.photos.document_ids), 3)

    def test_upload_by_another(self):
        self._login(self.other_manager)
        answer = self._upload(self.photos, ("a.png", PNG))
        self.assertIn("not yours", answer["error"]["message"])

    def test_zip_of_a_folder(self):
        self._create_document(self.photos, "дом.png", b"other")
        self._login(self.manager)
        response = self.url_open(f"/smarthome/folder/{self.photos.id}/zip")
        self.assertIn("%D0%A4%D0%9E%D0%A2%D0%9E.zip", response.headers["Content-Disposition"])
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        self.assertIsNone(archive.testzip())
        self.assertEqual(sorted(archive.namelist()), ["Дом (2).png", "дом.png"])

    def test_zip_of_an_object(self):
        self._create_document(self._folder("acts"), "Акт.txt", b"act")
        self._login(self.engineer)
        response = self.url_open(f"/smarthome/object/{self.object.id}/zip")
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        self.assertEqual(archive.read("Акты/Акт.txt"), b"act")
        self.assertEqual(archive.read("ФОТО/Дом.png"), PNG)

    @mute_logger("odoo.http")
    def test_routes_refuse_others(self):
        for user in (self.other_manager, self.secretary, self.storekeeper):
            self._login(user)
            for url in (
                f"/web/content/{self.attachment.id}",
                f"/web/image/{self.attachment.id}/10x10",
                f"/web/content/smarthome.document/{self.document.id}/raw",
                f"/smarthome/folder/{self.photos.id}/zip",
                f"/smarthome/object/{self.object.id}/zip",
            ):
                response = self.url_open(url)
                self.assertNotIn(PNG, response.content, url)
                self.assertTrue(
                    response.status_code in (403, 404)
                    or "placeholder" in response.headers.get("Content-Disposition", ""),
                    (url, response.status_code),
                )

    def test_routes_serve_the_manager(self):
        self._login(self.manager)
        response = self.url_open(f"/web/content/{self.attachment.id}")
        self.assertEqual(response.content, PNG)
