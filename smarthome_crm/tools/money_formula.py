"""Spreadsheet formulas that give a sum of money to the cent.

A line's sum is quantity x price less discount, rounded once. Where that does not give the sum
that the order has (a price with tax included), another price per unit does.

>>> amount_of(3, 33.335, 10, 0.01)
Decimal('90.00')
>>> matching_price(3, 33.335, 10, 90.00, 0.01)
33.335
>>> matching_price(3, 10, 0, 25.00, 0.01)
8.333
>>> matching_price(3, 10, 100, 25.00, 0.01) is None
True
>>> round_formula("A1*B1", 0.01), round_formula("A1", 1), round_formula("A1", 0.05)
('ROUND(A1*B1,2)', 'ROUND(A1,0)', 'ROUND((A1)/0.05,0)*0.05')
>>> sum_formula(["H9", "H17"])
'SUM(H9,H17)'
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

#: most decimals a price per unit may get to make its formula exact
MAX_PRICE_DECIMALS = 8
#: a function of a spreadsheet takes no more arguments
MAX_ARGUMENTS = 200


def rounded(value, rounding):
    """Round half away from zero to a multiple, as both Odoo and spreadsheets do."""
    step = Decimal(str(rounding))
    return (Decimal(value) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def amount_of(quantity, price, discount, rounding):
    """What a spreadsheet makes of ``ROUND(quantity*price*(1-discount/100))``."""
    exact = Decimal(str(quantity)) * Decimal(str(price)) * (100 - Decimal(str(discount))) / 100
    return rounded(exact, rounding)


def percent_of(amount, percent, rounding):
    """What a spreadsheet makes of ``ROUND(amount*percent/100)``.

    >>> percent_of(30.07, 20, 0.01)
    Decimal('6.01')
    """
    return rounded(Decimal(str(amount)) * Decimal(str(percent)) / 100, rounding)


def matching_price(quantity, price, discount, amount, rounding):
    """Price per unit that gives the amount: the price itself, else the shortest that does.

    :return: float, or None when no price does
    """
    raw = quantity * price * (1 - discount / 100)
    if abs(raw - amount) < 0.49 * rounding:
        # far from the middle between two amounts, where only exact figures decide
        return price
    wanted = rounded(str(amount), rounding)
    if amount_of(quantity, price, discount, rounding) == wanted:
        return price
    try:
        share = Decimal(str(quantity)) * (100 - Decimal(str(discount))) / 100
        exact = wanted / share
    except (InvalidOperation, ZeroDivisionError):
        return None
    for decimals in range(2, MAX_PRICE_DECIMALS + 1):
        candidate = float(round(exact, decimals))
        if amount_of(quantity, candidate, discount, rounding) == wanted:
            return candidate
    return None


def round_formula(expression, rounding):
    """Formula that rounds an expression by a currency."""
    return _get_round_template(rounding) % expression


@lru_cache
def _get_round_template(rounding):
    step = Decimal(str(rounding)).normalize()
    digits = -step.as_tuple().exponent
    if step == Decimal(1).scaleb(-digits):
        return f"ROUND(%s,{digits})"
    return f"ROUND((%s)/{step:f},0)*{step:f}"


def sum_formula(cells):
    """Formula that sums single cells, in pieces when there are very many."""
    cells = list(cells)
    pieces = [cells[i : i + MAX_ARGUMENTS] for i in range(0, len(cells), MAX_ARGUMENTS)]
    return "+".join(f"SUM({','.join(piece)})" for piece in pieces) or "0"


def decimals_of(number, at_least=0):
    """Decimals that show a number as it is.

    >>> decimals_of(8.333), decimals_of(5.0, at_least=2), decimals_of(1e-07)
    (3, 2, 7)
    """
    if round(number, at_least) == number:
        return at_least
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return min(max(-exponent, at_least), MAX_PRICE_DECIMALS)
