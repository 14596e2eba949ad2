import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import accrual

LENIENT = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
CENTS = st.integers(min_value=-(10**10), max_value=10**10).map(lambda cents: cents / 100)
PERCENTS = st.integers(min_value=0, max_value=10000).map(lambda part: part / 100)


@st.composite
def shares(draw):
    """Percents with two decimals that add up to 100."""
    cuts = sorted(draw(st.lists(st.integers(1, 9999), max_size=6, unique=True)))
    edges = [0, *cuts, 10000]
    return [(edges[one + 1] - edges[one]) / 100 for one in range(len(edges) - 1)]


@tagged("post_install", "-at_install")
class TestAccrual(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(accrual)
        self.assertGreater(result.attempted, 5)
        self.assertFalse(result.failed)

    @LENIENT
    @given(CENTS, PERCENTS)
    def test_never_negative(self, profit, percent):
        bonus = accrual.get_bonus(profit, percent, 0.01)
        self.assertGreaterEqual(bonus, 0)
        self.assertLessEqual(bonus, max(profit, 0) + 0.005)

    @LENIENT
    @given(CENTS.map(abs), shares())
    def test_shares_lose_no_cent(self, amount, parts):
        divided = accrual.split(amount, parts, 0.01)
        self.assertEqual(round(sum(divided) * 100), round(amount * 100))
        self.assertTrue(all(part >= 0 for part in divided))
        for part, percent in zip(divided, parts, strict=True):
            self.assertLess(abs(part - amount * percent / 100), 0.0101 + amount * 1e-12)

    @LENIENT
    @given(CENTS, CENTS.map(abs), PERCENTS)
    def test_discount_never_pays(self, profit, revenue, percent):
        terms = {"percent": percent, "steps": [[20, min(percent + 3, 100)]]}
        self.assertGreaterEqual(accrual.get_discount_cost(profit, revenue, terms, 0.01), 0)
