from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestBonusJudging(SmarthomeBonusCommon):
    """What follows entries that heads have approved or refused; 10 % of 98 at first."""

    def setUp(self):
        super().setUp()
        self._create_ready()
        self.object.action_close()

    def _entries(self):
        return self.env["smarthome.bonus"].search([("object_id", "=", self.object.id)], order="id")

    def _spend(self, amount):
        self.env["smarthome.expense"].create(
            {"object_id": self.object.id, "name": "Lorry", "amount": amount}
        )

    def _states(self):
        return [(entry.amount, entry.state) for entry in self._entries()]

    def _judge(self, method, *args):
        getattr(self._entries().with_user(self.head), method)(*args)

    def test_a_refused_rise_is_not_taken_back(self):
        """9.80 approved, 5.00 more refused: reopening takes back the 9.80, not 14.80."""
        self._judge("action_approve")
        self._spend(-50)
        self._judge("action_refuse", "Not his merit")
        self.object.action_reopen_closed("A mistake")
        self.assertEqual(self._states(), [(9.8, "approved"), (5.0, "refused"), (-9.8, "approved")])

    def test_a_fall_meets_the_refused_part_first(self):
        """148 - 30 = 118, still above the 98 that were paid for; 118 - 40 = 78: 2.00 less."""
        self._judge("action_approve")
        self._spend(-50)
        self._judge("action_refuse", "Not his merit")
        self._spend(30)
        self.assertEqual(self._states(), [(9.8, "approved"), (5.0, "refused")])
        self._spend(40)
        self.assertEqual(self._states()[2:], [(-2.0, "approved")])

    def test_a_fall_takes_along_what_waits(self):
        """5.00 more wait, 8.00 less come: no head can refuse the one and leave the other."""
        self._judge("action_approve")
        self._spend(-50)
        self._spend(80)
        self.assertEqual(self._states(), [(9.8, "approved"), (5.0, "approved"), (-8.0, "approved")])

    def test_a_small_fall_waits_with_the_rise(self):
        self._judge("action_approve")
        self._spend(-50)
        self._spend(20)
        self.assertEqual(self._states()[1:], [(5.0, "accrued"), (-2.0, "accrued")])
        self._judge("action_refuse", "Not his merit")
        self.assertEqual(self._entries()._get_standing(), 9.8)

    def test_refused_stays_refused(self):
        self._judge("action_refuse", "Not agreed")
        self._spend(18)
        self._spend(-50)
        self.object.action_reopen_closed("A mistake")
        entries = self._entries()
        self.assertEqual(set(entries.mapped("state")), {"refused"})
        self.object.action_close()
        self.assertEqual(self._entries()[-1].state, "accrued")

    def test_reopened_while_it_waits(self):
        self.object.action_reopen_closed("A mistake")
        self.assertEqual(self._states(), [(9.8, "accrued"), (-9.8, "accrued")])
        self._judge("action_approve")
        self.assertEqual(self._entries()._get_standing(), 0)

    def test_expected_by_shares(self):
        """30 % of 9.80 at 90 %: 2.65; a report of each who shares."""
        site = self._create_object(name="Shared")
        self._create_ready(site)
        site.share_ids = [
            Command.create({"user_id": self.manager.id, "percent": 70}),
            Command.create({"user_id": self.other_manager.id, "percent": 30}),
        ]
        self.env.flush_all()
        rows = self.env["smarthome.bonus.report"].search([("object_id", "=", site.id)])
        found = {row.user_id: (row.full_amount, row.amount) for row in rows}
        self.assertEqual(found, {self.manager: (6.86, 6.17), self.other_manager: (2.94, 2.65)})
