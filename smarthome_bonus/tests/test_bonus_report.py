from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestBonusReport(SmarthomeBonusCommon):
    def _rows(self, user=None):
        self.env.flush_all()
        report = self.env["smarthome.bonus.report"]
        report.invalidate_model()
        return report.with_user(user or self.manager).search(
            [("object_id", "in", self.env["smarthome.object"].sudo().search([]).ids)]
        )

    def test_expected_beside_earned(self):
        """98 x 10 % = 9.80 at 90 % = 8.82 of a contract; earned whole once it is closed."""
        self._create_ready()
        self.assertRecordValues(
            self._rows().filtered(lambda row: row.object_id == self.object),
            [{"kind": "expected", "profit": 98, "full_amount": 9.8, "amount": 8.82}],
        )
        self.object.action_close()
        self.assertRecordValues(
            self._rows().filtered(lambda row: row.object_id == self.object),
            [{"kind": "earned", "amount": 9.8, "state": "accrued"}],
        )

    def test_rules_in_sql_are_those_of_python(self):
        """The newest open proposal counts; precedence, steps, date and team as in _find."""
        team = self.env["crm.team"].create({"name": "North"})
        self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": self.manager.id})
        kind = self.object_type.id
        rules = self.rule
        rules |= self._create_rule(team_id=team.id, percent=1)
        rules |= self._create_rule(user_id=self.manager.id, percent=2)
        rules |= self._create_rule(type_id=kind, percent=4, date_from="2026-01-01")
        rules |= self._create_rule(type_id=kind, team_id=team.id, percent=5)
        rules |= self._create_rule(type_id=kind, user_id=self.manager.id, percent=6)
        rules.step_ids = [Command.create({"above": 30, "percent": 33})]
        self._create_proposal((self.goods, 1), (self.work, 1))
        self._create_proposal((self.goods, 2), (self.work, 3))
        while rules:
            found = (
                self.env["smarthome.bonus.rule"]
                ._get_rules_of(self.env.company, "2026-12-31")
                ._find(self.object_type, self.manager)
            )
            found.step_ids.above = 42.6
            self.assertEqual(self._rows().mapped("percent"), [33], found.display_name)
            found.step_ids.above = 42.61
            self.assertEqual(self._rows().mapped("percent"), [found.percent])
            found.active = False
            rules -= found
        self.assertEqual(self._rows().mapped("amount"), [0])

    def test_margin_of_what_was_promised(self):
        """98 of 230 is 42.61 %; goods charged later are in neither of the two."""
        self.rule.step_ids = [Command.create({"above": 42, "percent": 20})]
        order = self._create_contract()
        lines = order.order_line.sudo().with_context(smarthome_contract_change=True)
        lines.create({"order_id": order.id, "product_id": self.goods.id, "product_uom_qty": 2})
        self.assertEqual(self._rows().mapped("percent"), [20])

    @freeze_time("2026-11-25 09:00:00")
    def test_nothing_is_expected_on_probation(self):
        employee = self._put_on_probation(self.manager, "2100-01-01")
        self._create_proposal((self.goods, 2))
        self.assertEqual(self._rows().mapped("full_amount"), [0])
        employee.version_id.trial_date_end = "2020-01-01"
        self.assertEqual(self._rows().mapped("full_amount"), [8])

    def test_access(self):
        self._create_ready()
        self.assertTrue(self._rows())
        self.assertFalse(self._rows(self.other_manager))
        self.assertTrue(self._rows(self.head))
        for user in (self.engineer, self.storekeeper, self.secretary, self.purchasing):
            with self.assertRaises(AccessError):
                self._rows(user)
