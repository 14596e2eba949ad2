"""Properties of the schedules of payments: sums agree to the cent for whatever is agreed."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.schedule import allocate, exact, resplit, split

#: smallest units of currencies: three decimals, cents, tenths, five cents, whole, hundreds
ROUNDINGS = st.sampled_from([0.001, 0.01, 0.1, 0.05, 1.0, 100.0])
EVERY_TIME_THE_SAME = settings(deadline=None, derandomize=True)
PERCENTS = st.lists(
    st.decimals("0.01", "100", places=2).map(float),
    min_size=1,
    max_size=8,
)
TOTALS = st.decimals("0", "9999999.99", places=2).map(float)
MONEY = st.integers(0, 10**9)


def units(amount, rounding):
    """An amount as a whole number of the smallest unit; proves that it is one."""
    count = Decimal(str(amount)) / Decimal(str(rounding))
    assert count == count.to_integral_value(), (amount, rounding)
    return int(count)


def in_currency(count, rounding):
    return float(count * Decimal(str(rounding)))


@tagged("post_install", "-at_install")
class TestScheduleProperties(BaseCase):
    @EVERY_TIME_THE_SAME
    @given(TOTALS, PERCENTS, ROUNDINGS)
    def test_split_adds_up_and_is_not_negative(self, total, percents, rounding):
        rows = split(total, percents, rounding)
        self.assertEqual(len(rows), len(percents))
        counts = [units(row, rounding) for row in rows]
        self.assertEqual(sum(counts), units(exact(total, rounding), rounding))
        self.assertTrue(all(count >= 0 for count in counts))

    @EVERY_TIME_THE_SAME
    @given(TOTALS, PERCENTS, ROUNDINGS)
    def test_money_to_give_back_is_split_as_its_mirror(self, total, percents, rounding):
        """A negative total is meant: no row of it is positive."""
        rows = split(-total, percents, rounding)
        self.assertTrue(all(row <= 0 for row in rows))
        unit = Decimal(str(rounding))
        self.assertEqual(sum((Decimal(str(row)) for row in rows), Decimal(0)), exact(-total, unit))

    @EVERY_TIME_THE_SAME
    @given(st.lists(MONEY, max_size=8), MONEY, ROUNDINGS)
    def test_receipts_pay_in_order_and_nothing_is_lost(self, counts, received, rounding):
        amounts = [in_currency(count, rounding) for count in counts]
        paid, over = allocate(amounts, in_currency(received, rounding), rounding)
        parts = [units(part, rounding) for part in paid]
        self.assertEqual(sum(parts) + units(over, rounding), received)
        self.assertTrue(all(0 <= part <= count for part, count in zip(parts, counts, strict=True)))
        for position, (part, count) in enumerate(zip(parts, counts, strict=True)):
            if part < count:
                self.assertFalse(any(parts[position + 1 :]), "a later row is paid first")
                self.assertFalse(over)
                break

    @EVERY_TIME_THE_SAME
    @given(st.lists(MONEY, min_size=1, max_size=8), st.integers(0, 10), MONEY, ROUNDINGS)
    def test_changed_total_keeps_paid_rows(self, counts, paid_rows, total, rounding):
        rows = [
            (in_currency(count, rounding), in_currency(count, rounding) if i < paid_rows else 0.0)
            for i, count in enumerate(counts)
        ]
        amounts = resplit(in_currency(total, rounding), rows, rounding)
        self.assertEqual(sum(units(amount, rounding) for amount in amounts), total)
        for (amount, paid), planned in zip(rows, amounts, strict=False):
            if paid:
                self.assertEqual(planned, amount)
        kept = sum(units(amount, rounding) for amount, paid in rows if paid)
        if kept <= total:
            self.assertTrue(all(amount >= 0 for amount in amounts))

    @EVERY_TIME_THE_SAME
    @given(st.lists(MONEY, min_size=1, max_size=8), MONEY, st.lists(MONEY, max_size=4), ROUNDINGS)
    def test_no_row_owes_what_the_contract_does_not(self, counts, received, totals, rounding):
        """However often the total changes: rows come to it, and what they owe is its balance."""
        amounts = [in_currency(count, rounding) for count in counts]
        money = in_currency(received, rounding)
        for total in totals:
            paid, _over = allocate(amounts, money, rounding)
            rows = list(zip(amounts, paid, strict=True))
            amounts = resplit(in_currency(total, rounding), rows, rounding)
            paid, over = allocate(amounts, money, rounding)
            planned = [units(amount, rounding) for amount in amounts]
            parts = [units(part, rounding) for part in paid]
            self.assertEqual(sum(planned), total)
            self.assertEqual(sum(parts) + units(over, rounding), received)
            owed = sum(max(a - p, 0) for a, p in zip(planned, parts, strict=True))
            self.assertEqual(owed, max(total - received, 0))

    @EVERY_TIME_THE_SAME
    @given(TOTALS, PERCENTS, st.lists(MONEY, max_size=5))
    def test_whole_story_agrees_to_the_cent(self, total, percents, receipts):
        """Split, pay, and what is open is the total less what came, or the overpayment."""
        rounding = 0.01
        rows = split(total, percents, rounding)
        received = sum(receipts)
        paid, over = allocate(rows, in_currency(received, rounding), rounding)
        left = sum(units(row, rounding) for row in rows) - sum(units(p, rounding) for p in paid)
        self.assertEqual(left - units(over, rounding), units(exact(total, 0.01), 0.01) - received)
