import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from odoo.addons.smarthome_crm.const import DEFAULT_FOLDERS

from .common import SmarthomeCrmCommon

PNG = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200


class DocumentCommon(SmarthomeCrmCommon):
    """An object of the first manager with a photo in a folder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.photos = cls._folder("photo")
        cls.document = cls._create_document(cls.photos, "Дом.png", PNG)
        cls.attachment = cls.document.attachment_id

    @classmethod
    def _folder(cls, code, record=None):
        folders = (record or cls.object).folder_ids
        return folders.filtered(lambda folder: folder.code == code)

    @classmethod
    def _create_document(cls, folder, name, content, user=None):
        Document = cls.env["smarthome.document"].with_user(user or cls.manager)
        return Document.create({"folder_id": folder.id, "name": name, "raw": content})


@tagged("post_install", "-at_install")
class TestDocument(DocumentCommon):
    """Folders of an object, and what they take."""

    def test_folders_come_with_the_object(self):
        self.assertEqual(self.object.folder_ids.mapped("name"), list(DEFAULT_FOLDERS.values()))
        self.assertEqual(self.object.folder_ids.mapped("code"), list(DEFAULT_FOLDERS))

    def test_folders_of_many_objects_in_one_batch(self):
        values = [
            {"name": f"Object {index}", "type_id": self.object_type.id} for index in range(40)
        ]
        self.env["smarthome.object"].create(values[:1])
        counts = []
        for some in (values[:4], values):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["smarthome.folder"]._create_default_folders(
                self.env["smarthome.object"].browse()
            )
            objects = self.env["smarthome.object"].create(some)
            folders = objects.folder_ids
            self.assertEqual(len(folders), 5 * len(some))
            counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] * 10)

    @mute_logger("odoo.sql_db")
    def test_folders_by_hand(self):
        Folder = self.env["smarthome.folder"].with_user(self.manager)
        folder = Folder.create({"object_id": self.object.id, "name": "Схемы"})
        with self.assertRaisesRegex(Exception, "with this name|name_uniq"), self.cr.savepoint():
            Folder.create({"object_id": self.object.id, "name": "СХЕМЫ"})
        document = self._create_document(folder, "a.txt", b"a")
        with self.assertRaisesRegex(UserError, "still holds"):
            folder.unlink()
        document.folder_id = self.photos
        folder.unlink()
        with self.assertRaisesRegex(UserError, "stays"):
            self.photos.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "stays with its object"):
            other = self._create_object(name="Second")
            self.photos.with_user(self.manager).object_id = other

    def test_size_limit(self):
        self.env.company.smarthome_file_limit = 1
        big = b"a" * (1024 * 1024 + 1)
        with self.assertRaisesRegex(UserError, "“big.txt” is larger than 1 MB"):
            self._create_document(self.photos, "big.txt", big)
        for values in ({"raw": big}, {"datas": base64.b64encode(big)}):
            with self.assertRaisesRegex(UserError, "larger than 1 MB"):
                self.document.write(values)
            with self.assertRaisesRegex(UserError, "larger than 1 MB"):
                self.attachment.with_user(self.manager).write(values)

    def test_refused_types(self):
        cases = (
            ("virus.exe", b"words"),
            ("photo.jpg", EXE),
            ("photo.jpg.EXE. ", b"words"),
            ("tool", b"\x7fELF\x02\x01"),
            ("notes.txt", b"#!/bin/sh\nrm -rf"),
            ("photo\u202egpj.exe", b"words"),
        )
        for name, content in cases:
            with self.assertRaisesRegex(UserError, "such files are not taken"):
                self._create_document(self.photos, name, content)
        with self.assertRaises(UserError):
            self.document.name = "photo.bat"
        with self.assertRaises(UserError):
            self.attachment.with_user(self.manager).name = "photo.bat"
        with self.assertRaises(UserError):
            self.attachment.with_user(self.manager).raw = EXE

    def test_refused_types_are_a_setting(self):
        self.env.company.smarthome_refused_types = ".PDF; dwg"
        with self.assertRaisesRegex(UserError, "“pdf”"):
            self._create_document(self.photos, "plan.jpg", b"%PDF-1.4 plan")
        self._create_document(self.photos, "tool.exe", b"words")

    def test_names_are_cleaned(self):
        document = self._create_document(self.photos, "../../etc/пла\x00н?.txt", b"a")
        self.assertEqual(document.name, "_.._etc_план_.txt")

    def test_photos_keep_their_size(self):
        from PIL import Image

        stream = io.BytesIO()
        Image.new("RGB", (3000, 2500), "red").save(stream, "JPEG")
        document = self._create_document(self.photos, "big.jpg", stream.getvalue())
        self.assertEqual(document.file_size, len(stream.getvalue()))

    def test_trash_and_back(self):
        self.document.action_archive()
        data = self.object.with_user(self.manager).get_documents()
        self.assertEqual([file["id"] for file in data["trash"]], self.document.ids)
        self.assertFalse(data["documents"])
        self.assertEqual(self.object.document_count, 0)
        self.document.action_unarchive()
        self.object.invalidate_recordset(["document_count"])
        self.assertEqual(self.object.document_count, 1)

    def test_only_heads_delete_for_good(self):
        with self.assertRaises(AccessError):
            self.document.with_user(self.manager).unlink()
        with (
            self.assertRaisesRegex(Exception, "attachment_id"),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.attachment.with_user(self.manager).unlink()
        self.document.with_user(self.head).unlink()
        self.assertFalse(self.attachment.exists())

    def test_files_go_with_their_object(self):
        record = self._create_object(name="Mistake")
        document = self._create_document(self._folder("photo", record), "a.txt", b"a")
        attachment = document.attachment_id
        record.unlink()
        self.assertFalse(document.exists() or attachment.exists())

    def test_files_of_messages_move_into_folders(self):
        self.object.message_post(body="See", attachments=[("план.txt", b"plan"), ("v.jpg", EXE)])
        record = self.object.with_user(self.manager)
        files = {file["name"]: file["attachment_id"] for file in record.get_documents()["messages"]}
        brief = self._folder("brief")
        Document = self.env["smarthome.document"].with_user(self.manager)
        document = Document.create({"folder_id": brief.id, "attachment_id": files["план.txt"]})
        self.assertEqual(document.raw, b"plan")
        self.assertEqual(document.attachment_id.res_model, "smarthome.document")
        left = [file["name"] for file in record.get_documents()["messages"]]
        self.assertEqual(left, ["v.jpg"])
        self.assertEqual(
            self.object.message_ids.attachment_ids.mapped("name"), ["план.txt", "v.jpg"]
        )
        with self.assertRaisesRegex(UserError, "not taken"):
            Document.create({"folder_id": brief.id, "attachment_id": files["v.jpg"]})

    def test_nothing_else_moves_into_folders(self):
        other = self._create_object(name="Of another", user_id=self.other_manager.id)
        foreign = self._create_document(
            self._folder("photo", other), "secret.txt", b"secret", self.other_manager
        )
        Document = self.env["smarthome.document"].with_user(self.manager)
        with self.assertRaises(AccessError):
            Document.create(
                {"folder_id": self.photos.id, "attachment_id": foreign.attachment_id.id}
            )
        logo = self.env["ir.attachment"].create(
            {"name": "x", "raw": b"x", "res_model": "res.partner", "res_id": self.client.id}
        )
        with self.assertRaisesRegex(UserError, "from the messages of this object"):
            Document.create({"folder_id": self.photos.id, "attachment_id": logo.id})
        with self.assertRaises(UserError):
            self.document.with_user(self.manager).attachment_id = logo

    def test_attachment_cannot_be_taken_out(self):
        attachment = self.attachment.with_user(self.manager)
        for values in (
            {"public": True},
            {"res_model": "res.partner", "res_id": self.manager.partner_id.id},
            {"res_id": 0},
            {"db_datas": b"x"},
            {"url": "/x", "type": "url"},
        ):
            with self.assertRaises(AccessError):
                attachment.write(values)
            with self.assertRaises(AccessError):
                self.document.with_user(self.manager).write(values)
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.manager).create(
                {
                    "name": "a",
                    "raw": b"a",
                    "res_model": "smarthome.document",
                    "res_id": self.document.id,
                }
            )

    def test_list_can_be_sent_to_the_browser(self):
        Document = self.env["smarthome.document"].with_user(self.manager)
        views = Document.get_views([(False, "list")])
        names = views["models"]["smarthome.document"]["fields"]
        shown = {name: {} for name in names if f'name="{name}"' in views["views"]["list"]["arch"]}
        self.assertIn("datas", shown)
        found = Document.with_context(bin_size=True).web_search_read([], shown)
        rows = json.loads(json.dumps(found["records"], default=json_default))
        self.assertEqual(rows[0]["name"], "Дом.png")

    def test_copy(self):
        copy = self.document.copy()
        self.assertNotEqual(copy.attachment_id, self.attachment)
        self.assertEqual(copy.raw, PNG)
        self.assertEqual(copy.attachment_id.res_id, copy.id)


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
