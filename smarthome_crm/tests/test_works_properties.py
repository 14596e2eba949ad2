from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeCrmCommon

LENIENT = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
QUANTITIES = st.integers(1, 400).map(lambda number: number / 4)
GOODS = st.lists(st.tuples(st.integers(0, 3), QUANTITIES), min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["generate", "goods", "hand quantity", "hand price", "add", "drop"]),
        st.integers(0, 9),
        QUANTITIES,
    ),
    max_size=8,
)


@tagged("post_install", "-at_install")
class TestWorksProperties(SmarthomeCrmCommon):
    """What holds for every proposal, tried on generated ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env["product.category"].create({"name": "Any"})
        cls.goods = [
            cls._create_goods(f"P{number}", 10.1 * number + 7.77, 5.55 * number, category)
            for number in range(4)
        ]
        cls.works = [cls._create_work(f"W{number}", 3.3, 1.7, 0.1) for number in range(3)]
        cls.percent = cls._create_work("WP", 8, 3.5, smarthome_is_percent=True)
        cls._create_norm(cls.works[0], category, 0.333)
        cls._create_norm(cls.works[1], cls.goods[1], 1.5)
        cls._create_norm(cls.works[1], cls.goods[2], 2.25, basis="line")
        cls._create_norm(cls.works[2])
        cls._create_norm(cls.percent)

    def _proposal(self, goods):
        return self._create_proposal(*((self.goods[index], qty) for index, qty in goods))

    def _works(self, order):
        return {
            line.product_id.id: (line.product_uom_qty, line.price_unit, line.smarthome_pay)
            for line in order.order_line
            if line.smarthome_is_generated
        }

    @LENIENT
    @given(GOODS)
    def test_twice_equals_once(self, goods):
        order = self._proposal(goods)
        order.action_generate_works()
        names = ["product_id", "product_uom_qty", "price_unit", "sequence", "smarthome_pay"]
        once = order.order_line.read(names)
        order.action_generate_works()
        self.assertEqual(order.order_line.read(names), once)

    @LENIENT
    @given(GOODS, st.randoms(use_true_random=False))
    def test_order_of_lines_does_not_matter(self, goods, random):
        first = self._proposal(goods)
        shuffled = list(goods)
        random.shuffle(shuffled)
        second = self._proposal(shuffled)
        (first | second).action_generate_works()
        self.assertEqual(self._works(first), self._works(second))

    @LENIENT
    @given(GOODS)
    def test_figures_add_up_to_the_cent(self, goods):
        order = self._proposal(goods)
        order.action_generate_works()
        self.assertAlmostEqual(
            order.smarthome_goods_revenue + order.smarthome_works_revenue,
            order.amount_untaxed,
            places=6,
        )
        costs = sum(order.order_line.mapped("smarthome_cost"))
        pay = sum(order.order_line.mapped("smarthome_pay"))
        self.assertAlmostEqual(order.smarthome_profit, order.amount_untaxed - costs - pay, places=6)
        for line in order.order_line:
            for amount in line.smarthome_cost, line.smarthome_pay, line.price_subtotal:
                self.assertAlmostEqual(amount, round(amount, 2), places=9)

    @LENIENT
    @given(GOODS, STEPS)
    def test_hands_survive_any_sequence(self, goods, steps):
        order = self._proposal(goods)
        order.action_generate_works()
        by_hand = {}
        for step, number, quantity in steps:
            self._do(order, step, number, quantity, by_hand)
        order.action_generate_works()
        for (line, name), value in by_hand.items():
            self.assertTrue(line.exists())
            self.assertEqual(line[name], value)

    def _do(self, order, step, number, quantity, by_hand):
        lines = order.order_line.sorted("id")
        goods = lines.filtered(lambda line: line.smarthome_kind == "goods")
        works = lines.filtered("smarthome_is_generated")
        if step == "generate":
            order.action_generate_works()
        elif step == "add":
            values = {"product_id": self.goods[number % 4].id, "product_uom_qty": quantity}
            order.order_line = [Command.create(values)]
        elif step == "goods" and goods:
            goods[number % len(goods)].product_uom_qty = quantity
        elif step == "drop" and goods:
            goods[number % len(goods)].unlink()
        elif step.startswith("hand") and works:
            line = works[number % len(works)]
            name = "product_uom_qty" if step == "hand quantity" else "price_unit"
            if line[name] != quantity:
                line[name] = quantity
                by_hand[line, name] = quantity
