"""Two people at one bonus at the same moment: one set of entries, one judgement."""

from together import Together

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.smarthome_crm.tests.acceptance_common import PIXEL


@tagged("post_install", "-at_install")
class TestBonusSameMoment(Together):
    """A contract of 5 works of 20 without cost: the profit is 100, the bonus 10 %."""

    name = "Together at a bonus"
    roles = {
        "bonus_manager": "manager",
        "bonus_head": "head",
        "bonus_other_head": "head",
        "bonus_accountant": "accountant",
    }

    def setUp(self):
        super().setUp()
        people = self._run(self._make_people)
        self.manager, self.head, self.other_head, self.accountant = people
        self.object_id, self.order_id = self._run(self._make_ready)

    # === Committed records === #

    def _make_ready(self, env):
        """Signed, done, accepted and paid for: nothing stands in the way of closing."""
        object_type = env["smarthome.object.type"].create({"name": self.name})
        env["smarthome.bonus.rule"].create({"type_id": object_type.id, "percent": 10})
        partner = env["res.partner"].create({"name": self.name, "user_id": self.manager})
        work = env["product.product"].create(
            {
                "name": self.name,
                "list_price": 20,
                "taxes_id": [Command.clear()],
                "type": "service",
                "smarthome_is_work": True,
            }
        )
        site = env["smarthome.object"].create(
            {
                "name": self.name,
                "partner_id": partner.id,
                "user_id": self.manager,
                "type_id": object_type.id,
            }
        )
        return site.id, self._make_contract(env, site, work).id

    def _make_contract(self, env, site, work):
        order = env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "smarthome_date_end": "2026-12-10",
                "order_line": [Command.create({"product_id": work.id, "product_uom_qty": 5})],
            }
        )
        order.action_confirm()
        env["smarthome.work.done"].create({"order_line_id": order.order_line.id, "quantity": 5})
        acts = site.folder_ids.filtered(lambda folder: folder.code == "acts")
        env["smarthome.document"].create(
            [
                {"folder_id": acts.id, "name": "a.pdf", "raw": b"%PDF-1.4", "is_signed_act": True},
                {"folder_id": acts.id, "name": "a.png", "raw": PIXEL},
            ]
        )
        order.action_smarthome_receive(100)
        return order

    # === What they press === #

    def _site(self, env):
        return env["smarthome.object"].browse(self.object_id)

    def _close(self, env):
        return self._site(env).action_close()

    def _reopen(self, env):
        return self._site(env).action_reopen_closed("A mistake")

    def _approve(self, env):
        return self._site(env).bonus_ids.action_approve()

    def _refuse(self, env):
        return self._site(env).bonus_ids.action_refuse("Not agreed")

    def _spend(self, amount):
        def spend(env):
            values = {"object_id": self.object_id, "name": "Late", "amount": amount}
            return env["smarthome.expense"].create(values).id

        return spend

    def _read(self):
        """Entries as they are committed: kind, amount, state."""

        def read(env):
            entries = self._site(env).bonus_ids.sorted("id")
            return [(entry.kind, entry.amount, entry.state) for entry in entries]

        return self._run(read)

    def _in_turn(self, one, other):
        """Both press on what they saw before; the second one is done after the first."""
        return self._press_together(one, other, in_turn=True)

    # === Closing === #

    def test_accrued_once(self):
        tries, told = self._press_together((self.manager, self._close), (self.head, self._close))
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self.assertEqual(told, {0: True, 1: True})
        self.assertEqual(self._read(), [("closing", 10.0, "accrued")])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_late_truths_of_two(self):
        """20 more and 10 back at once: two corrections, together by 10 less."""
        self._run(self._close)
        self._press_together((self.accountant, self._spend(20)), (self.head, self._spend(-10)))
        entries = self._read()
        self.assertEqual(len(entries), 3)
        self.assertEqual(round(sum(amount for _kind, amount, _state in entries), 2), 9.0)

    # === Judging === #

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_heads_approve(self):
        self._run(self._close)
        tries, told = self._press_together(
            (self.head, self._approve), (self.other_head, self._approve)
        )
        self.assertGreaterEqual(len(tries), 3)
        self.assertEqual(told, {0: True, 1: True})
        self.assertEqual(self._read(), [("closing", 10.0, "approved")])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_approves_and_one_refuses(self):
        """Whoever is first decides; the other one changes nothing."""
        self._run(self._close)
        self._in_turn((self.head, self._approve), (self.other_head, self._refuse))
        self.assertEqual(self._read(), [("closing", 10.0, "approved")])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_refuses_and_one_approves(self):
        self._run(self._close)
        self._in_turn((self.head, self._refuse), (self.other_head, self._approve))
        self.assertEqual(self._read(), [("closing", 10.0, "refused")])

    # === Judging and reopening === #

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_approved_then_reopened(self):
        """What was approved is taken back as approved: nothing of it waits for anybody."""
        self._run(self._close)
        self._in_turn((self.head, self._approve), (self.other_head, self._reopen))
        self.assertEqual(
            self._read(), [("closing", 10.0, "approved"), ("reversal", -10.0, "approved")]
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_reopened_then_approved(self):
        """Who approves a moment later approves the taking back too."""
        self._run(self._close)
        self._in_turn((self.other_head, self._reopen), (self.head, self._approve))
        self.assertEqual(
            self._read(), [("closing", 10.0, "approved"), ("reversal", -10.0, "approved")]
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_refused_then_corrected(self):
        """A late truth of the same moment brings nothing back of what was refused."""
        self._run(self._close)
        self._in_turn((self.head, self._refuse), (self.accountant, self._spend(20)))
        self.assertEqual(self._read(), [("closing", 10.0, "refused")])
