"""Generating works by norms: the arithmetic, without the ORM.

Source: the regulation, "Generating works, exactly".

>>> wall, street, cable = 1, 2, 3
>>> norms = [
...     Norm(1, "category", 10, "MOUNT", "unit", 1),
...     Norm(2, "product", 102, "PLUG", "unit", 2),
...     Norm(3, "order", None, "START", "percent", 1),
... ]
>>> goods = [
...     Goods(wall, 101, (10,), 3, 300, True),
...     Goods(street, 102, (10, 11), 1, 100, True),
...     Goods(cable, 103, (12,), 50, 40, False),
... ]
>>> plan = plan_works(goods, norms)
>>> {work: demand.quantity for work, demand in plan.demands.items()}
{'MOUNT': 4.0, 'PLUG': 2.0, 'START': 1.0}
>>> plan.demands["START"].percent
True
>>> plan.equipment_amount
400.0
>>> plan.lacking
[3]

A product that wants its own norms only leaves those of its categories aside:

>>> plan_works([Goods(7, 102, (10,), 1, 9, True, own_only=True)], norms[:2]).demands["PLUG"].sources
[Source(norm=2, line=7, quantity=2)]
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Norm:
    """So many units of a work for a product, a category or a whole proposal.

    ``target`` is product, category or order and ``of`` its identifier; ``basis`` is unit, line,
    order or percent; ``quantity`` counts units of the work.
    """

    key: int
    target: str
    of: int | None
    work: object
    basis: str
    quantity: float


@dataclass(frozen=True)
class Goods:
    """A line of goods: its quantity is in the product's own unit, its subtotal after discount.

    ``categories`` are the category of the product and all above it.
    """

    key: int
    product: int
    categories: tuple
    quantity: float
    subtotal: float
    is_equipment: bool
    own_only: bool = False
    no_works: bool = False


@dataclass(frozen=True)
class Source:
    """Part of a work's quantity: by which norm and, unless once per proposal, for which line."""

    norm: int
    line: int | None
    quantity: float


@dataclass
class Demand:
    """What the norms ask of one work; a percent counts in percents of the work's own price."""

    percent: bool = False
    sources: list = field(default_factory=list)

    @property
    def quantity(self):
        return math.fsum(source.quantity for source in self.sources)


@dataclass
class Plan:
    """Demands by work, the equipment amount and the keys of goods that no norm speaks of."""

    demands: dict
    equipment_amount: float
    lacking: list


def plan_works(goods, norms):
    """Tell which works a proposal asks for.

    :param goods: ``Goods`` of the proposal's lines
    :param norms: ``Norm`` that hold for the proposal's type of object
    :return: ``Plan``; quantities are summed and not rounded, and do not depend on the lines' order
    """
    goods = sorted(goods, key=lambda line: line.key)
    by_target = defaultdict(list)
    for norm in norms:
        by_target[norm.target, norm.of].append(norm)
    demands, lacking, met = defaultdict(Demand), [], {}
    for line in goods:
        found = list(norms_of_goods(line, by_target))
        if not found and not line.no_works:
            lacking.append(line.key)
        for norm in found:
            if norm.basis == "order":
                met.setdefault(norm.key, norm)
            else:
                factor = line.quantity if norm.basis == "unit" else 1
                add_source(demands, norm, line.key, norm.quantity * factor)
    if goods:
        met.update((norm.key, norm) for norm in by_target["order", None])
    for norm in met.values():
        add_source(demands, norm, None, norm.quantity)
    amount = math.fsum(line.subtotal for line in goods if line.is_equipment)
    return Plan(dict(demands), amount, lacking)


def norms_of_goods(line, by_target):
    """Yield the norms that speak of a line's product: its own, then those of its categories."""
    own = by_target.get(("product", line.product), [])
    yield from own
    if not line.own_only:
        for category in line.categories:
            yield from by_target.get(("category", category), [])


def add_source(demands, norm, line, quantity):
    demand = demands[norm.work]
    demand.percent = norm.basis == "percent"
    demand.sources.append(Source(norm.key, line, quantity))


def percent_amount(quantity, percent, amount):
    """Money of a work priced in percents of the equipment amount, not rounded.

    >>> percent_amount(1, 8, 6876)
    550.08
    """
    return quantity * percent * amount / 100
