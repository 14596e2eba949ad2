from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestBonus(SmarthomeBonusCommon):
    """Final profit 98 of revenue 230 (42.61 %), 10 % of it: 9.80."""

    def _entries(self):
        return self.env["smarthome.bonus"].search([("object_id", "=", self.object.id)], order="id")

    def _spend(self, amount):
        return self.env["smarthome.expense"].create(
            {"object_id": self.object.id, "name": "Lorry", "amount": amount}
        )

    @freeze_time("2026-11-25 09:00:00")
    def test_comes_with_the_closing(self):
        self._create_ready()
        self.object.with_user(self.manager).action_close()
        self.object.with_user(self.manager).action_close()
        entry = self._entries()
        self.assertRecordValues(
            entry,
            [
                {
                    "user_id": self.manager.id,
                    "kind": "closing",
                    "base": 98.0,
                    "margin": 42.61,
                    "percent": 10.0,
                    "amount": 9.8,
                    "rule_id": self.rule.id,
                    "statement_id": self.object.statement_ids.id,
                    "state": "accrued",
                    "share": 100.0,
                }
            ],
        )
        self.assertEqual(str(entry.date), "2026-11-25")

    def test_once_for_each_closing(self):
        self._create_ready()
        self.object.action_close()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["smarthome.bonus"]._accrue(self.object.statement_ids)
            self.env.flush_all()

    def test_steps(self):
        """Above 42 % of profitability 12 %: 98 x 12 % = 11.76; above 42.61 % not reached."""
        self.rule.step_ids = [
            Command.create({"above": 42, "percent": 12}),
            Command.create({"above": 50, "percent": 20}),
        ]
        self._create_ready()
        self.object.action_close()
        self.assertRecordValues(self._entries(), [{"percent": 12.0, "amount": 11.76}])

    def test_loss_gives_zero(self):
        self._create_ready()
        self._spend(100)
        self.object.action_close()
        self.assertRecordValues(self._entries(), [{"base": -2.0, "amount": 0.0}])

    def test_no_rule_gives_an_entry_of_zero(self):
        self.rule.active = False
        self._create_ready()
        self.object.action_close()
        entries = self._entries()
        self.assertRecordValues(
            entries,
            [
                {
                    "percent": 0,
                    "amount": 0,
                    "reason": False,
                    "remark": "No rule of bonus fits.",
                }
            ],
        )
        self.env["res.lang"]._activate_lang("ru_RU")
        russian = entries.with_user(self.manager).with_context(lang="ru_RU")
        self.assertEqual(russian.remark, "Нет подходящего правила бонуса.")

    @freeze_time("2026-11-25 09:00:00")
    def test_probation(self):
        """The last day of probation is still probation."""
        employee = self._put_on_probation(self.manager, "2026-11-25")
        self._create_ready()
        self.object.action_close()
        self.assertRecordValues(
            self._entries(), [{"percent": 0, "amount": 0, "is_probation": True, "base": 98}]
        )
        self.object.action_reopen_closed("Too early")
        employee.version_id.trial_date_end = "2026-11-24"
        self.object.action_close()
        self.assertEqual(self._entries().mapped("amount"), [0, 0, 9.8])

    def test_shares(self):
        """9.80 in thirds: 3.27 + 3.27 + 3.26, who is on probation gets nothing of his."""
        self.object.share_ids = [
            Command.create({"user_id": user.id, "percent": percent})
            for user, percent in (
                (self.manager, 33.33),
                (self.other_manager, 33.34),
                (self.head, 33.33),
            )
        ]
        self._create_ready()
        self.object.action_close()
        self.assertEqual(self._entries().mapped("amount"), [3.27, 3.27, 3.26])
        self.assertEqual(sum(self._entries().mapped("amount")), 9.8)

    def test_shares_add_up(self):
        with self.assertRaisesRegex(ValidationError, "100 %"):
            self.object.share_ids = [
                Command.create({"user_id": self.manager.id, "percent": 60}),
                Command.create({"user_id": self.other_manager.id, "percent": 30}),
            ]
        with self.assertRaises(AccessError):
            self.object.with_user(self.manager).share_ids = [
                Command.create({"user_id": self.manager.id, "percent": 100})
            ]

    def test_shares_of_an_object_without_a_manager(self):
        """Nobody leads it at closing, yet a head has set who gets 9.80."""
        self.object.share_ids = [
            Command.create({"user_id": user.id, "percent": 50})
            for user in (self.manager, self.other_manager)
        ]
        self._create_ready()
        self.object.user_id = False
        self.object.action_close()
        self.assertEqual(self._entries().mapped("amount"), [4.9, 4.9])

    def test_left_during_probation(self):
        """An archived employee stays what he was; nobody gets a percent by leaving."""
        employee = self._put_on_probation(self.manager, "2100-01-01")
        self._create_ready()
        employee.active = False
        self.object.action_close()
        self.assertRecordValues(self._entries(), [{"amount": 0, "is_probation": True}])

    def test_probation_in_a_company_that_is_not_chosen(self):
        """By RPC no company is chosen, the user's own is another than the object's."""
        self._put_on_probation(self.manager, "2100-01-01")
        self._create_ready()
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.write({"company_ids": [Command.link(other.id)], "company_id": other.id})
        self.env.invalidate_all()
        env = self.env(user=self.manager, su=False, context={"lang": "en_US"})
        site = self.object.with_env(env)
        self.assertEqual(site.env.company, other)
        site.action_close()
        self.assertRecordValues(self._entries(), [{"amount": 0, "is_probation": True}])

    def test_reopening_and_closing_again(self):
        self._create_ready()
        self.object.action_close()
        self._entries().with_user(self.head).action_approve()
        self.object.with_user(self.head).action_reopen_closed("A mistake")
        self._spend(18)
        self.object.action_close()
        self.assertRecordValues(
            self._entries(),
            [
                {"kind": "closing", "amount": 9.8, "state": "approved"},
                {"kind": "reversal", "amount": -9.8, "state": "approved"},
                {"kind": "closing", "amount": 8.0, "state": "accrued"},
            ],
        )
        self.assertEqual(sum(self._entries().mapped("amount")), 8.0)

    def test_late_truths_are_corrected_by_the_frozen_rule(self):
        """98 - 48 = 50: 5.00; the rule of 50 % that came after is not asked. Then 50 - 60 < 0."""
        self._create_ready()
        self.object.action_close()
        self.rule.percent = 50
        self._spend(48)
        self._spend(60)
        self._spend(-60)
        self.assertRecordValues(
            self._entries(),
            [
                {"kind": "closing", "amount": 9.8, "base": 98},
                {"kind": "correction", "amount": -4.8, "base": 50},
                {"kind": "correction", "amount": -5.0, "base": -10},
                {"kind": "correction", "amount": 5.0, "base": 50},
            ],
        )
        self.object.action_reopen_closed("A mistake")
        self.assertEqual(self._entries()[-1].amount, -5.0)
        self.assertAlmostEqual(sum(self._entries().mapped("amount")), 0, 9)

    def test_heads_judge_but_not_themselves(self):
        self._create_ready()
        self.object.user_id = self.head
        self.object.action_close()
        entry = self._entries()
        with self.assertRaisesRegex(AccessError, "his own"):
            entry.with_user(self.head).action_approve()
        other_head = self._create_user("other_head", "head")
        with self.assertRaises(UserError):
            entry.with_user(other_head).action_refuse(" ")
        entry.with_user(other_head).action_refuse("Not agreed")
        self.assertRecordValues(entry, [{"state": "refused", "reason": "Not agreed"}])
        entry.with_user(other_head).action_approve()
        self.assertEqual(entry.state, "refused")

    def test_refused_by_the_form(self):
        self._create_ready()
        self.object.action_close()
        entry = self._entries().with_user(self.head)
        action = entry.action_ask_refusal()
        wizard = self.env["smarthome.reason"].with_user(self.head)
        wizard.with_context(**action["context"]).create({"reason": "No"}).action_apply()
        self.assertEqual(entry.state, "refused")

    def test_nothing_is_deleted(self):
        self._create_ready()
        self.object.action_close()
        with self.assertRaises(UserError):
            self._entries().unlink()

    def test_access(self):
        self._create_ready()
        self.object.action_close()
        entry = self._entries()
        self.env.flush_all()
        self.assertEqual(entry.with_user(self.manager).amount, 9.8)
        for user in (self.manager, self.accountant):
            for values in ({"amount": 99}, {"state": "approved"}):
                with self.assertRaises(AccessError):
                    entry.with_user(user).write(values)
            with self.assertRaises(AccessError):
                entry.with_user(user).action_approve()
        with self.assertRaises(AccessError):
            entry.with_user(self.head).amount = 99
        users = (
            self.other_manager,
            self.engineer,
            self.storekeeper,
            self.secretary,
            self.purchasing,
            self.installer,
        )
        for user in users:
            with self.assertRaises(AccessError):
                entry.with_user(user).read(["amount"])
        self.assertFalse(self.env["smarthome.bonus"].with_user(self.other_manager).search([]))


@tagged("post_install", "-at_install")
class TestBonusRule(SmarthomeBonusCommon):
    def test_precedence(self):
        """Manager and type, team and type, type, manager, team; the later of two of a kind."""
        team = self.env["crm.team"].create({"name": "North"})
        self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": self.manager.id})
        kind = self.object_type.id
        by_team = self._create_rule(team_id=team.id, percent=1)
        by_manager = self._create_rule(user_id=self.manager.id, percent=2)
        later = self._create_rule(type_id=kind, percent=4, date_from="2026-01-01")
        by_team_and_type = self._create_rule(type_id=kind, team_id=team.id, percent=5)
        by_both = self._create_rule(type_id=kind, user_id=self.manager.id, percent=6)
        self._create_rule(type_id=kind, user_id=self.manager.id, percent=7, date_from="2030-01-01")
        for expected in (by_both, by_team_and_type, later, self.rule, by_manager, by_team):
            rules = self.rule._get_rules_of(self.env.company, "2026-11-25")
            self.assertEqual(rules._find(self.object_type, self.manager), expected)
            expected.active = False
        rules = self.rule._get_rules_of(self.env.company, "2026-11-25")
        self.assertFalse(rules._find(self.object_type, self.manager))

    def test_archived_ones_do_not_count(self):
        """Not even where whoever closes asks for them by the context of his call."""
        former = self._create_rule(
            type_id=self.object_type.id, user_id=self.manager.id, percent=50, active=False
        )
        self._create_ready()
        self.object.with_user(self.manager).with_context(active_test=False).action_close()
        self.assertNotEqual(self.object.bonus_ids.rule_id, former)
        self.assertEqual(self.object.bonus_ids.amount, 9.8)

    @mute_logger("odoo.sql_db")
    def test_two_equal_ones_are_refused(self):
        with self.assertRaises(IntegrityError):
            self._create_rule(type_id=self.object_type.id, percent=3)
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_rule_is_for_somebody(self):
        with self.assertRaises(IntegrityError):
            self._create_rule(percent=3)
            self.env.flush_all()

    def test_only_heads_make_rules(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.manager).read(["percent"])
        with self.assertRaises(AccessError):
            self.rule.with_user(self.accountant).percent = 90
