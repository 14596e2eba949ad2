from contextlib import contextmanager
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import accrual
from .common import SmarthomeBonusCommon

LENIENT = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    # an example is a whole object: making it smaller takes minutes
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
MONEY = st.integers(1, 99999).map(lambda cents: cents / 100)
DISCOUNTS = st.sampled_from([0, 0, 3.33, 10, 50, 99.99, 100])
LINES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 90).map(lambda one: one / 4), DISCOUNTS),
    min_size=1,
    max_size=4,
)
#: lines, coefficient, currency, and by what of the first: shares shipped and done, cost
CONTRACTS = st.lists(
    st.fixed_dictionaries(
        {
            "lines": LINES,
            "coefficient": st.sampled_from([0, 0.5, 1, 1.37, 2]),
            "foreign": st.booleans(),
            "shipped": st.sampled_from([0, 0.5, 1, 1, 1.5]),
            "done": st.sampled_from([0, 0.4, 1, 1]),
            "cost": st.sampled_from([0.7, 1, 1, 1.113]),
            "opened": st.lists(st.tuples(st.integers(0, 3), DISCOUNTS), max_size=2),
            "repriced": st.sampled_from([None, None, 0, 10, 33.33]),
            "forgiven": st.sampled_from([0, 0, 0.01, 0.77]),
        }
    ),
    min_size=1,
    max_size=3,
)
EXPENSES = st.lists(st.integers(-9999, 9999).filter(bool).map(lambda one: one / 100), max_size=3)
STEPS = st.lists(
    st.one_of(
        st.sampled_from(["close", "close", "reopen", "approve", "refuse", "approve"]),
        st.integers(-20000, 20000).filter(bool).map(lambda cents: cents / 100),
    ),
    min_size=2,
    max_size=12,
)
SHARES = st.lists(st.integers(1, 5000), min_size=1, max_size=4)


def to_percents(parts):
    """Percents of two decimals that add up to 100, in proportion to parts."""
    cents = [10000 * part // sum(parts) for part in parts]
    cents[0] += 10000 - sum(cents)
    return [one / 100 for one in cents]


@tagged("post_install", "-at_install")
class TestBonusProperties(SmarthomeBonusCommon):
    """What holds for every closed object, tried on generated ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vendors = cls.env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
        cls.products = (
            cls._create_goods("PR-1", 33.33, 17.77)
            | cls._create_goods("PR-2", 0.07, 0.03)
            | cls._create_work("PR-W", 12.34, 5.55)
            | cls.env["product.product"].create(
                {"name": "Delivery", "type": "service", "list_price": 9.99, "taxes_id": False}
            )
        )
        for product, vendor in zip(cls.products, vendors, strict=False):
            product.seller_ids = [Command.create({"partner_id": vendor.id, "price": 1})]
        euro = cls.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids = [
            Command.clear(),
            Command.create({"name": "2020-01-01", "rate": 0.913, "company_id": cls.env.company.id}),
        ]
        cls.foreign = cls.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        cls.object_type.work_coefficient = 1.2
        cls.people = cls.manager | cls.other_manager | cls.head
        cls.judge = cls._create_user("judge", "head")

    # === THE AUTOPSY === #

    @LENIENT
    @given(CONTRACTS, EXPENSES)
    def test_autopsy_adds_up(self, contracts, expenses):
        site = self._create_object(name="Any")
        orders, told = self.env["sale.order"], {}
        for contract in contracts:
            order = self._sign(site, contract, orders[:1])
            told[order] = contract
            orders |= order
        self._spend(site, *expenses)
        with self._shipped(told):
            statement = site._close()
            self._assert_whole(statement)
            self._spend(site, 12.34)
            self._assert_whole(site.statement_ids.filtered("is_current"))

    def _sign(self, site, contract, main):
        """A signed contract, or an additional proposal to it, and what became of its lines."""
        values = {"pricelist_id": self.foreign.id} if contract["foreign"] else {}
        values.update(smarthome_object_id=site.id, smarthome_main_order_id=main.id)
        lines = [(self.products[index], quantity) for index, quantity, _ in contract["lines"]]
        order = self._create_proposal(*lines, **values)
        discounts = [discount for _index, _quantity, discount in contract["lines"]]
        for line, discount in zip(order.order_line, discounts, strict=True):
            line.discount = discount
        order.smarthome_work_coefficient = contract["coefficient"]
        Order = type(order)
        with (
            patch.object(Order, "_check_can_be_signed", lambda order: None),
            patch.object(Order, "_is_below_floor", lambda order: False),
        ):
            order.action_confirm()
        self._change(order, contract)
        return order

    def _change(self, order, contract):
        """Lines that a head added to the opened contract, works done, a remainder forgiven."""
        lines = order.order_line.sudo().with_context(smarthome_contract_change=True)
        lines.create(
            [
                {
                    "order_id": order.id,
                    "product_id": self.products[index].id,
                    "product_uom_qty": 2,
                    "discount": discount,
                }
                for index, discount in contract["opened"]
            ]
        )
        if contract["repriced"] is not None:
            lines[0].discount = contract["repriced"]
        for line in order.order_line.filtered(lambda line: line.smarthome_kind == "work"):
            line.sudo().smarthome_done_quantity = line.product_uom_qty * contract["done"]
        forgiven = contract["forgiven"]
        if forgiven and order._get_unforgiven_balance() > forgiven:
            self.env["smarthome.forgiven.remainder"].create(
                {"order_id": order.id, "amount": forgiven, "reason": "A scratch"}
            )

    @contextmanager
    def _shipped(self, told):
        """More or less goods than signed, and dearer or cheaper ones."""

        def get_quantity(line):
            return line.product_uom_qty * told[line.order_id]["shipped"]

        def get_cost(line):
            cost = get_quantity(line) * line.smarthome_purchase_price
            return line.order_id._smarthome_round(cost * told[line.order_id]["cost"])

        Line = type(self.env["sale.order.line"])
        with (
            patch.object(Line, "_get_shipped_quantity", get_quantity),
            patch.object(Line, "_get_shipped_cost", get_cost),
        ):
            yield

    def _spend(self, site, *amounts):
        self.env["smarthome.expense"].create(
            [{"object_id": site.id, "name": "Any", "amount": amount} for amount in amounts]
        )

    def _assert_whole(self, statement):
        currency = statement.currency_id
        rows = statement.autopsy_ids
        self.assertEqual(currency.round(sum(rows.mapped("amount"))), statement.final_profit)
        for row in rows:
            self.assertEqual(currency.round(row.amount), row.amount, "rounded to the cent")

    # === ENTRIES === #

    @LENIENT
    @given(STEPS, SHARES.filter(lambda parts: len(parts) < 4))
    def test_entries_follow_the_truth(self, steps, parts):
        """Whatever happens in whatever order: per closing and manager the entries that stand are
        never below zero nor above the last truth, and are that truth where nothing was refused.
        """
        site = self._create_object(name="Any")
        site.share_ids = [
            Command.create({"user_id": user.id, "percent": percent})
            for user, percent in zip(self.people, to_percents(parts), strict=False)
        ]
        self._create_ready(site)
        for step in steps:
            self._take(site, step)
            self._check_chains(site)

    def _take(self, site, step):
        is_closed = site.stage == "closed"
        entries = site.bonus_ids.with_user(self.judge)
        if step == "close" and not is_closed:
            site._close()
        elif step == "reopen" and is_closed:
            site.action_reopen_closed("A mistake")
        elif step == "approve" and entries:
            entries.action_approve()
        elif step == "refuse" and entries:
            entries.action_refuse("Not agreed")
        elif isinstance(step, float):
            self._spend(site, step)
        site.invalidate_recordset(["bonus_ids"])

    def _check_chains(self, site):
        for (closing, _user), chain in site.bonus_ids.grouped(
            lambda entry: (entry.closing_id, entry.user_id)
        ).items():
            truth = self._get_truth(site, closing, chain)
            standing = chain._get_standing()
            granted = chain.filtered(lambda entry: entry.state in ("approved", "paid"))
            self.assertGreaterEqual(standing, 0)
            self.assertLessEqual(standing, truth)
            self.assertGreaterEqual(granted._get_standing(), 0)
            self.assertLessEqual(granted._get_standing(), max(truth, 0))
            if "refused" not in chain.mapped("state"):
                self.assertEqual(standing, truth)

    def _get_truth(self, site, closing, chain):
        """Bonus by the last statement of a closing; nothing once it is reopened."""
        statement = site.statement_ids.filtered("is_current")
        if not statement or statement._get_closing() != closing:
            return 0.0
        terms = chain[0].terms
        amount = accrual.get_bonus(statement.final_profit, terms["percent"], 0.01)
        return accrual.split(amount, terms["shares"], 0.01)[terms["position"]]

    @settings(LENIENT, max_examples=300)
    @given(MONEY, SHARES)
    def test_shares_lose_no_cent(self, amount, parts):
        percents = to_percents(parts)
        split = accrual.split(amount, percents, 0.01)
        self.assertAlmostEqual(sum(split), amount, 6)
        for one, percent in zip(split, percents, strict=True):
            self.assertLess(abs(one - amount * percent / 100), 0.01 + 1e-6)
            self.assertGreaterEqual(one, 0)
