from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestBonusMeter(SmarthomeBonusCommon):
    """2 goods of 100 (cost 60), 3 works of 10 (rate 4): 98 of 230, bonus 10 % = 9.80."""

    def _create_draft(self):
        return self._create_proposal((self.goods, 2), (self.work, 3))

    def _read(self, order, user=None):
        order.invalidate_recordset()
        return order.with_user(user or self.manager).smarthome_bonus_meter

    def test_own_bonus(self):
        """1 % of 230 is 2.30 less profit: 0.23 less bonus."""
        meter = self._read(self._create_draft())
        self.assertEqual(
            meter,
            {
                "amount": 9.8,
                "percent": 10.0,
                "discount_cost": 0.23,
                "is_probation": False,
                "has_rule": True,
                "is_mine": True,
                "currency_id": self.env.company.currency_id.id,
            },
        )

    def test_moves_before_saving(self):
        """A discount of 10 % on the goods: 78 x 10 % = 7.80, in the form already."""
        order = self._create_draft()
        with Form(order.with_user(self.manager)) as form:
            with form.order_line.edit(0) as line:
                line.discount = 10
            self.assertEqual(form.smarthome_bonus_meter["amount"], 7.8)
            with form.order_line.edit(0) as line:
                line.discount = 0
            self.assertEqual(form.smarthome_bonus_meter["amount"], 9.8)

    def test_a_step_lost_by_the_discount(self):
        """Above 42 % of margin 20 %: 19.60; with 1 % less 95.70 of 227.70 = 42.03 %: 19.14."""
        self.rule.step_ids = [Command.create({"above": 42, "percent": 20})]
        meter = self._read(self._create_draft())
        self.assertEqual((meter["amount"], meter["discount_cost"]), (19.6, 0.46))
        self.rule.step_ids.above = 42.3
        self.assertEqual(self._read(self._create_draft())["discount_cost"], 10.03)

    def test_probation_and_no_rule(self):
        self.rule.active = False
        meter = self._read(self._create_draft())
        self.assertEqual((meter["amount"], meter["has_rule"]), (0, False))
        self.rule.active = True
        self._put_on_probation(self.manager, "2100-01-01")
        meter = self._read(self._create_draft())
        self.assertEqual((meter["amount"], meter["is_probation"]), (0, True))

    def test_split_like_at_closing(self):
        """9.80 in thirds is 3.27 + 3.27 + 3.26: the third sees 3.26; 9.57 would be 3.19."""
        self.object.share_ids = [
            Command.create({"user_id": user.id, "percent": percent})
            for user, percent in (
                (self.other_manager, 33.33),
                (self.head, 33.34),
                (self.manager, 33.33),
            )
        ]
        meter = self._read(self._create_draft())
        self.assertEqual((meter["amount"], meter["discount_cost"]), (3.26, 0.07))

    def test_bonus_is_the_manager_of_the_object(self):
        """A head named another seller on the proposal: the bonus stays with the object."""
        order = self._create_draft()
        order.user_id = self.other_manager
        self.env.flush_all()
        self.assertFalse(self._read(order, self.other_manager))
        self.assertEqual(self._read(order, self.head)["amount"], 9.8)

    def test_who_sees_it(self):
        order = self._create_draft()
        self.assertFalse(self._read(order, self.head)["is_mine"])
        for user in (self.accountant, self.engineer, self.storekeeper, self.secretary):
            with self.assertRaises(AccessError):
                order.with_user(user).read(["smarthome_bonus_meter"])
        with self.assertRaises(AccessError):
            order.with_user(self.other_manager).read(["smarthome_bonus_meter"])

    def test_another_currency(self):
        """A proposal in a currency of which two make a dollar: 98 / 2 x 10 % = 4.90."""
        roubles = self.env.ref("base.BYN")
        roubles.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": roubles.id, "name": "2020-01-01", "rate": 2.0}
        )
        pricelist = self.env["product.pricelist"].create({"name": "BYN", "currency_id": roubles.id})
        order = self._create_draft()
        order.pricelist_id = pricelist
        order.currency_id = roubles
        order.invalidate_recordset()
        self.assertEqual(order.currency_rate, 2.0)
        expected = round(order.smarthome_profit / 2 * 0.1, 2)
        self.assertEqual(self._read(order)["amount"], expected)
