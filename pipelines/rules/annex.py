"""Rules of the annex: relations that usually hold, rows that its form does not have, and the choice of a column.

Its sums are identities like those of the statutory tables (``identities``).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.editions import annexes
from pipelines.editions.annex import Order
from pipelines.matching import Table
from pipelines.reading import Reading
from pipelines.rules.result import Outcome, Result, Words


def orders_hold(reading: Reading) -> Iterator[Result]:
    """S14-06, S14-07, S14-08: what the edition says must be equal to, or at most, something else."""
    form = annexes().get(reading.matches[Table.ANNEX].edition) if Table.ANNEX in reading.matches else None
    for order in form.orders if form else ():
        yield _order(order, reading)


def _order(order: Order, reading: Reading) -> Result:
    subject = order.left[0]
    left, right = (_sum(reading, names) for names in (order.left, order.right))
    if left is None or right is None:
        return Result(order.rule, subject, Outcome.NOT_EVALUABLE)
    holds = left == right if order.relation == "equal" else left <= right
    return Result(order.rule, subject, Outcome.PASS if holds else Outcome.FAIL, right, left)


def _sum(reading: Reading, names: tuple[str, ...]) -> float | None:
    """The sum of printed figures; None when one of them is not printed."""
    values = [o.value if (o := reading.observations.get((name, None))) else None for name in names]
    return None if None in values else round(sum(value or 0 for value in values), 6)


def no_strange_rows(reading: Reading) -> Iterator[Result]:
    """ANX-01: every row of the annex that prints a figure is a row of its form."""
    matched = reading.matches.get(Table.ANNEX)
    if matched is not None:
        names = "、".join(matched.strangers)
        yield Result("ANX-01", Table.ANNEX, Outcome.FAIL if names else Outcome.PASS, detail=Words(names, names))


def one_column(reading: Reading) -> Iterator[Result]:
    """ANX-02: the annex has one column of figures; of several, the one that was taken is told."""
    matched = reading.matches.get(Table.ANNEX)
    if matched is not None:
        detail = Words(matched.taken, matched.taken) if matched.taken else None
        yield Result("ANX-02", Table.ANNEX, Outcome.FAIL if detail else Outcome.PASS, detail=detail)
