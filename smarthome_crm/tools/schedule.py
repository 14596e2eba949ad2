"""Payment schedules: the arithmetic, without the ORM.

Source: the regulation, "Money, exactly": amounts include tax, rows always add up to the total to
the cent, the last row takes the remainder; receipts pay first in, first out.

>>> split(100.0, [33.33, 33.33, 33.34], 0.01)
[33.33, 33.33, 33.34]
>>> split(0.05, [50, 50], 0.01)
[0.03, 0.02]
>>> split(1000, [50, 40, 10], 1)
[500.0, 400.0, 100.0]

Receipts pay the rows in their order; what is above all of them is an overpayment:

>>> allocate([50.0, 40.0, 10.0], 70.0, 0.01)
([50.0, 20.0, 0.0], 0.0)
>>> allocate([50.0], 60.0, 0.01)
([50.0], 10.0)
"""

from decimal import ROUND_HALF_UP, Decimal


def exact(amount, rounding):
    """Round an amount half up to a currency's smallest unit, as a Decimal.

    >>> exact(2.675, 0.01)
    Decimal('2.68')
    """
    unit = Decimal(str(rounding))
    return (Decimal(str(amount)) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def split(total, percents, rounding):
    """Split a total by percents so that the rows add up to it.

    :param total: amount to split, may be negative
    :param percents: numbers that need not add up to 100: the last row takes the remainder
    :param rounding: smallest unit of the currency, e.g. 0.01
    :return: list of floats of the same length
    """
    left = exact(total, rounding)
    amounts = []
    for percent in percents[:-1]:
        wanted = Decimal(str(total)) * Decimal(str(percent)) / 100
        amount = _towards(left, exact(wanted, rounding))
        amounts.append(float(amount))
        left -= amount
    return [*amounts, float(left)] if percents else []


def _towards(left, amount):
    """Let no row take more than is left of the total, on its own side of zero."""
    return max(min(amount, max(left, Decimal(0))), min(left, Decimal(0)))


def resplit(total, rows, rounding):
    """Bring a schedule in step with a changed total, leaving paid rows as they are.

    :param total: the new total
    :param rows: list of (amount, paid) in their order
    :param rounding: smallest unit of the currency
    :return: list of amounts; rows with something paid keep their amount, the others share what is
        left in their old proportion, the last of them takes the remainder; where every row is
        paid, what is left is one amount more; where the total falls below the kept rows, what is
        not paid of them goes, the last first, and more paid than the new total is one negative
        amount more: money to give back

    >>> resplit(120.0, [(50.0, 50.0), (40.0, 0.0), (10.0, 0.0)], 0.01)
    [50.0, 56.0, 14.0]
    >>> resplit(120.0, [(100.0, 100.0)], 0.01)
    [100.0, 20.0]
    >>> resplit(100.0, [(100.0, 100.0)], 0.01)
    [100.0]
    >>> resplit(80.0, [(100.0, 100.0), (10.0, 0.0)], 0.01)
    [100.0, 0.0, -20.0]
    >>> resplit(75.0, [(50.0, 50.0), (50.0, 20.0)], 0.01)
    [50.0, 25.0]
    >>> resplit(50.0, [(100.0, 60.0)], 0.01)
    [60.0, -10.0]
    """
    kept = sum((exact(amount, rounding) for amount, paid in rows if paid), Decimal(0))
    left = exact(total, rounding) - kept
    open_amounts = [amount for amount, paid in rows if not paid]
    if left < 0:
        return _lower(rows, left, rounding)
    if not open_amounts:
        return [amount for amount, _paid in rows] + ([float(left)] if left else [])
    weight = sum(open_amounts)
    count = len(open_amounts)
    percents = [100 * amount / weight if weight else 100 / count for amount in open_amounts]
    shared = iter(split(float(left), percents, rounding))
    return [amount if paid else next(shared) for amount, paid in rows]


def _lower(rows, left, rounding):
    """Lower a schedule by what is too much: open rows first, then what is not paid of others.

    :param rows: list of (amount, paid) in their order
    :param left: the new total less the rows with something paid, below zero
    """
    amounts = []
    for amount, paid in reversed(rows):
        amount, paid = exact(amount, rounding), exact(paid, rounding)
        taken = min(max(amount - paid, Decimal(0)), -left) if paid else amount
        left += taken if paid else 0
        amounts.append(float(amount - taken))
    return amounts[::-1] + ([float(left)] if left else [])


def allocate(amounts, received, rounding):
    """Pay rows with what was received, first in, first out.

    Rows below zero are money to give back: what the others lack was given back.

    :param amounts: amounts of the rows in the order they fall due
    :param received: sum of receipts less reversals
    :param rounding: smallest unit of the currency
    :return: (list of paid parts, overpayment)

    >>> allocate([100.0, -20.0], 100.0, 0.01)
    ([100.0, 0.0], 0.0)
    >>> allocate([100.0, -20.0], 85.0, 0.01)
    ([100.0, -15.0], 0.0)
    """
    left, zero = exact(received, rounding), Decimal(0)
    wanted = [exact(amount, rounding) for amount in amounts]
    lacking = sum((amount for amount in wanted if amount > 0), zero) - left
    owed = -sum((amount for amount in wanted if amount < 0), zero)
    back = min(max(lacking, zero), owed)
    left += back
    paid = []
    for amount in wanted:
        part = max(zero - back, amount) if amount < 0 else max(min(left, amount), zero)
        paid.append(float(part))
        if amount < 0:
            back += part
        else:
            left -= part
    return paid, float(max(left, zero))
