"""Arithmetic of the bonus (БОНУС): plain Python, amounts in one currency, percents of 100."""

from odoo.tools.float_utils import float_compare, float_round


def get_margin(profit, revenue):
    """Profitability in percent of the revenue without tax, 0 without revenue.

    >>> get_margin(250, 1000)
    25.0
    >>> get_margin(-5, 0)
    0.0
    """
    return 100.0 * profit / revenue if revenue else 0.0


def get_percent(terms, margin):
    """Percent that terms give for a margin; "above" means greater than.

    :param dict terms: ``percent``, and ``steps`` as pairs (above, percent)

    >>> terms = {"percent": 5, "steps": [[20, 8], [40, 10]]}
    >>> get_percent(terms, 20), get_percent(terms, 20.01), get_percent(terms, 45)
    (5, 8, 10)
    >>> get_percent({"percent": 5, "steps": []}, 99)
    5
    """
    percent = terms["percent"]
    for above, step in sorted(terms["steps"]):
        if float_compare(margin, above, precision_digits=6) > 0:
            percent = step
    return percent


def get_bonus(profit, percent, rounding):
    """Bonus of a profit, rounded half up once, never below zero.

    >>> get_bonus(1234.50, 5, 0.01)
    61.73
    >>> get_bonus(-300, 5, 0.01)
    0.0
    """
    return max(float_round(profit * percent / 100.0, precision_rounding=rounding), 0.0)


def split(amount, shares, rounding):
    """Divide an amount by percents that add up to 100; no unit of money is lost or made.

    What rounding leaves goes to those whose parts were cut most, the first of equals first.
    Percents that do not add up yet divide as much as they say.

    >>> split(100.0, [33.33, 33.33, 33.34], 0.01)
    [33.33, 33.33, 33.34]
    >>> split(0.05, [50, 50], 0.01)
    [0.03, 0.02]
    >>> split(10.0, [100], 0.01)
    [10.0]
    >>> split(10.0, [50, 30], 0.01)
    [5.0, 3.0]
    """
    units = int(float_round(amount / rounding, precision_digits=0))
    exact = [units * share / 100.0 for share in shares]
    parts = [int(float_round(one, precision_digits=9) // 1) for one in exact]
    whole = int(float_round(units * sum(shares) / 100.0, precision_digits=0))
    order = sorted(range(len(parts)), key=lambda one: parts[one] - exact[one])
    for position in range(whole - sum(parts)):
        parts[order[position % len(order)]] += 1
    return [float_round(part * rounding, precision_rounding=rounding) for part in parts]


def get_discount_cost(profit, revenue, terms, rounding, discount=1.0):
    """What a discount of so many percent of the revenue takes from the bonus.

    >>> get_discount_cost(250, 1000, {"percent": 10, "steps": []}, 0.01)
    1.0
    >>> get_discount_cost(201, 1000, {"percent": 5, "steps": [[20, 8]]}, 0.01)
    6.53
    """
    less = revenue * discount / 100.0
    before = get_bonus(profit, get_percent(terms, get_margin(profit, revenue)), rounding)
    margin = get_margin(profit - less, revenue - less)
    after = get_bonus(profit - less, get_percent(terms, margin), rounding)
    return float_round(before - after, precision_rounding=rounding)
