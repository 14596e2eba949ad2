from odoo.tests import HttpCase, tagged

from .document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentTour(DocumentCommon, HttpCase):
    """The documents of an object on the screen, with the manager's hands."""

    def _start(self, **kwargs):
        self.object.message_post(body="See the letter", attachments=[("Письмо.txt", b"letter")])
        self.start_tour(
            f"/odoo/smarthome-objects/{self.object.id}",
            "smarthome_documents",
            login=self.manager.login,
            **kwargs,
        )
        self._check_folders()

    def _check_folders(self):
        folders = {
            folder.name: sorted(folder.document_ids.mapped("name"))
            for folder in self.object.folder_ids
        }
        self.assertEqual(folders["ТЗ_от_Клиента"], ["ТЗ, вторая редакция.txt"])
        self.assertEqual(folders["Договор"], ["Письмо.txt", "План.txt"])
        self.assertEqual(folders["Схемы"], [])

    def test_documents(self):
        self._start()


@tagged("post_install", "-at_install")
class TestDocumentTourOnPhone(TestDocumentTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
