from .acceptance_common import PIXEL
from .test_contract import SmarthomeContractCommon


class SmarthomeClosingCommon(SmarthomeContractCommon):
    """2 goods of 100 (cost 60) and 3 works of 10 (rate 4, coefficient 1.5), signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object_type.work_coefficient = 1.5
        cls.contract = cls._create_contract()
        cls.goods_line, cls.work_line = cls.contract.order_line

    def _do_works(self, quantity, **values):
        return self.env["smarthome.work.done"].create(
            {"order_line_id": self.work_line.id, "quantity": quantity, **values}
        )

    @classmethod
    def _put_into_acts(cls, name, content, **values):
        folder = cls.object.folder_ids.filtered(lambda folder: folder.code == "acts")
        return cls.env["smarthome.document"].create(
            {"folder_id": folder.id, "name": name, "raw": content, **values}
        )

    @classmethod
    def _accept(cls):
        """Goods at the object, a scanned act marked as signed, and a photo."""
        cls._deliver()
        cls._put_into_acts("act.pdf", b"%PDF-1.4 scanned", is_signed_act=True)
        cls._put_into_acts("working.png", PIXEL)

    def _make_ready(self):
        self._accept()
        self._do_works(3)
        self.contract.action_smarthome_receive(230)
