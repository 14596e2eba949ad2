import base64
import io
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from odoo.addons.smarthome_crm.const import DEFAULT_FOLDERS

from .document_common import EXE, PNG, DocumentCommon


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
