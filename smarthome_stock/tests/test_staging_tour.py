from odoo.tests import HttpCase, tagged

from .test_staging_page import StagingPageCommon


@tagged("post_install", "-at_install")
class TestStagingTour(StagingPageCommon, HttpCase):
    """The staging page in Russian: what is put in, taken, shipped, added and scanned."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        for user in cls.storekeeper, cls.engineer, cls.secretary:
            user.lang = "ru_RU"
        cls.object.name = "Дом у озера"
        cls.wire = cls._create_goods("PG-WIRE", 5, 0, barcode="4600000000031")
        cls._receive((cls.wire, 3, 2))

    def _open(self, tour, user):
        path = f"/odoo/smarthome-staging/{self.object.id}"
        self.start_tour(path, tour, login=user.login)

    def test_storekeeper(self):
        self.start_tour("/odoo/smarthome-staging", "smarthome_staging", login="sh_storekeeper")
        lamp, relay = self.order.order_line.filtered(lambda line: not line.smarthome_is_extra)
        self.assertEqual((lamp.qty_delivered, relay.qty_delivered), (4, 4))
        extra = self._get_extras(self.order)
        self.assertEqual((extra.product_id, extra.qty_delivered), (self.wire, 2))
        self.assertEqual(self._count(self.lamp, self.stock), 2)
        self.assertFalse(self.object._get_staged_quants())

    def test_engineer(self):
        self._tap("put_in")
        self._tap("ship", (self.relay, 4))
        self._open("smarthome_staging_engineer", self.engineer)
        self.assertEqual(self.order.order_line[1].smarthome_installed_quantity, 4)

    def test_refused(self):
        self._open("smarthome_staging_refused", self.secretary)


@tagged("post_install", "-at_install")
class TestStagingTourOnPhone(TestStagingTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
