from odoo.tests import tagged

from odoo.addons.smarthome_crm.tests.tour_common import RussianTourCase

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestBonusTour(SmarthomeBonusCommon, RussianTourCase):
    """2 goods of 100 (cost 60), 3 works of 10 (rate 4): 98 of 230, bonus 10 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager, cls.head)
        cls.object.name = "Дом у озера"

    def _walk(self, path, tour, user):
        self.start_tour(f"/odoo/{path}", tour, login=user.login, timeout=180)

    def test_meter(self):
        """A discount of 10 % on the goods takes 20 of the profit: 78 x 10 % = 7.80."""
        order = self._create_proposal((self.goods, 2), (self.work, 3))
        self._walk(f"smarthome-proposals/{order.id}", "smarthome_bonus_meter", self.manager)
        self.assertEqual(order.order_line.mapped("discount"), [0, 0])
        meter = order.with_user(self.manager).smarthome_bonus_meter
        self.assertEqual((order.smarthome_profit, meter["amount"]), (98, 9.8))

    def test_from_closing_to_my_bonuses(self):
        """A delivery of 10 that nobody promised: 88 in the end, 8.80 for the manager."""
        self._create_ready()
        self.env["smarthome.expense"].create(
            {
                "object_id": self.object.id,
                "name": "Доставка",
                "kind": "transport",
                "amount": 10,
            }
        )
        path = f"smarthome-objects/{self.object.id}"
        self._walk(path, "smarthome_bonus_closing", self.manager)
        self._check_closing()
        action = "action-smarthome_bonus.smarthome_bonus_action"
        self._walk(action, "smarthome_bonus_approval", self.head)
        self._check_approval()
        action = "action-smarthome_bonus.smarthome_bonus_report_action_mine"
        self._walk(action, "smarthome_bonus_mine", self.manager)

    def _check_closing(self):
        statement = self.object.statement_ids
        self.assertRecordValues(
            statement, [{"forecast_profit": 98, "final_profit": 88, "is_current": True}]
        )
        self.assertRecordValues(
            statement.autopsy_ids,
            [{"cause": "proposal", "amount": 98}, {"cause": "expense", "amount": -10}],
        )
        self.assertRecordValues(
            self.object.bonus_ids,
            [{"user_id": self.manager.id, "amount": 8.8, "percent": 10, "state": "accrued"}],
        )

    def _check_approval(self):
        self.assertRecordValues(
            self.object.bonus_ids,
            [{"amount": 8.8, "state": "approved", "approved_by_id": self.head.id}],
        )


@tagged("post_install", "-at_install")
class TestBonusTourOnPhone(TestBonusTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
