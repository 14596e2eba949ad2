"""Arithmetic of a month's salary: plain Python, amounts in one currency."""

from odoo.tools.float_utils import float_round


def prorate(parts, days, rounding, worked=1.0):
    """Fixed part of a month by calendar day, each part rounded half up once.

    :param parts: pairs (days of the part, fixed part of a whole month)
    :param int days: calendar days of the month
    :param float worked: worked time in proportion to the expected, at most 1
    :return: list of amounts, one for each part

    >>> prorate([(30, 500)], 30, 0.01)
    [500.0]
    >>> prorate([(14, 700), (16, 500)], 30, 0.01)
    [326.67, 266.67]
    >>> prorate([(30, 500)], 30, 0.01, worked=0.5)
    [250.0]
    """
    return [
        float_round(fixed * part * worked / days, precision_rounding=rounding)
        for part, fixed in parts
    ]


def get_worked_share(expected, worked):
    """Worked time in proportion to the expected, between 0 and 1; all where nothing is expected.

    >>> get_worked_share(160, 120), get_worked_share(160, 200), get_worked_share(0, 0)
    (0.75, 1.0, 1.0)
    """
    return min(max(worked / expected, 0.0), 1.0) if expected else 1.0


def settle_bonus(entries, carried, rounding):
    """What of the bonus is paid in a month and what is carried over; never below zero.

    :param entries: amounts of the month's entries, corrections below zero
    :param carried: what the month before left, zero or below
    :return: pair (paid, carried to the next month)

    >>> settle_bonus([100, -30], 0, 0.01)
    (70.0, 0.0)
    >>> settle_bonus([20, -50], -5, 0.01)
    (0.0, -35.0)
    """
    total = float_round(sum(entries) + carried, precision_rounding=rounding)
    return max(total, 0.0), min(total, 0.0)
