import base64

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
