from odoo.tests import HttpCase, tagged

from .common import SmarthomeCrmCommon


class ProposalTourCommon(SmarthomeCrmCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.lang = "en_US"
        cls.env["product.template"].search([("is_favorite", "=", True)]).is_favorite = False
        cls.camera = cls._create_goods(
            "TOUR-CAM", price=100.0, cost=60.0, name="Tour camera", is_favorite=True
        )
        cls.work = cls._create_work("TOUR-WORK", price=30.0, rate=10.0)
        cls._create_norm(cls.work, cls.camera)

    def _start(self, tour):
        url = f"/odoo/smarthome-objects/{self.object.id}"
        self.start_tour(url, tour, login=self.manager.login)
        return self.object.order_ids


@tagged("post_install", "-at_install")
class TestProposalTour(ProposalTourCommon):
    """The proposal's screen, with the manager's hands."""

    browser_size = "1400x900"

    def test_proposal(self):
        order = self._start("smarthome_proposal")
        goods, section, work = order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertTrue(section.smarthome_is_works_section)
        self.assertEqual((goods.product_uom_qty, work.product_uom_qty), (2, 2))
        self.assertFalse(work.smarthome_hand_price)
        self.assertEqual(order.smarthome_profit, 120.0)


@tagged("post_install", "-at_install")
class TestProposalTourOnPhone(ProposalTourCommon):
    """The same on a telephone, with the buttons under the thumb."""

    browser_size = "390x844"
    touch_enabled = True

    def test_proposal(self):
        order = self._start("smarthome_proposal_phone")
        self.assertEqual(order.smarthome_profit, 60.0)
