"""Reports that never were: figures that satisfy every identity of an edition, for tests and benchmarks.

They are made from the edition's own file, so a new edition has synthetic reports as soon as it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pipelines.editions import AnnexEdition, Edition, forms
from pipelines.editions.annex import Order
from pipelines.vocabulary import AMOUNTS, APPLICANTS, MONEY, PROCEEDINGS, RESULTS, metrics

Figures = dict[tuple[str, str | None], str]
Row = list[tuple[str, int, int]]
"""The cells of a printed row: text, rowspan, colspan."""

_COUNTS = (0, 0, 1, 3, 17, 245, 8388)
_FEW = (0, 0, 0, 1, 2, 5, 74)


def synthetic(edition: str, rng: Random) -> Figures:
    """The printed figures of a consistent report; none for one in words. Raises ``KeyError`` for no such edition."""
    form = forms()[edition]
    if isinstance(form, AnnexEdition):
        values = _annex(form, rng)
        return {(metric, None): f"{values[metric]:.10g}" for metric in form.metric_names}
    return dict(_tables(form, rng)) if isinstance(form, Edition) else {}


def annex_layout(edition: str, figures: Figures) -> list[Row]:
    """The annex as it is printed: a row of heads, then label, unit and figure; headings have dashes for a unit."""
    form = forms()[edition]
    if not isinstance(form, AnnexEdition):
        raise ValueError(f"edition {edition} has no annex")
    rows: list[Row] = [[(text, 1, 1) for text in (form.columns.label[0], form.columns.unit[0], form.columns.year[0])]]
    for chapter in form.chapters:
        if chapter.heading and not chapter.metric:
            rows.append([(chapter.heading, 1, 1), ("——", 1, 1), ("", 1, 1)])
        for row in chapter.all_rows:
            rows.append([(row.label, 1, 1), (row.unit, 1, 1), (figures[row.metric, None], 1, 1)])
    return rows


def _annex(form: AnnexEdition, rng: Random) -> dict[str, float]:
    """Wholes first, each within the bounds that its relations set; then every whole is parted among its parts."""
    parts = {name for each in form.sums for name in each.parts}
    wholes = {each.total for each in form.sums}
    bounds = {order.left[0]: order for order in form.orders if len(order.right) == 1 and order.left[0] not in parts}
    values: dict[str, float] = {}
    for metric in (metric for metric in form.metric_names if metric not in parts):
        _settle(metric, bounds, values, rng)
    for metric in (metric for metric in values if metrics()[metric].unit in AMOUNTS and metric not in wholes):
        values[metric] += rng.randint(0, 99) / 100
    for each in sorted(form.sums, key=lambda each: each.total in parts):
        values |= zip(each.parts, _parted(int(values[each.total]), len(each.parts), rng), strict=True)
    for order in (order for order in form.orders if len(order.right) > 1):
        values[order.right[0]] = max(values[order.right[0]], values[order.left[0]])
    return values


def _settle(metric: str, bounds: dict[str, Order], values: dict[str, float], rng: Random) -> float:
    if metric not in values:
        order = bounds.get(metric)
        if order is None:
            values[metric] = rng.choice(_COUNTS)
        else:
            most = _settle(order.right[0], bounds, values, rng)
            values[metric] = most if order.relation == "equal" else rng.randint(0, int(most))
    return values[metric]


def _parted(total: int, parts: int, rng: Random) -> list[int]:
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def _tables(form: Edition, rng: Random) -> Iterator[tuple[tuple[str, str | None], str]]:
    for metric in form.disclosure_metrics:
        sign = rng.choice(("", "-")) if metric.endswith("_change") else ""
        decimals = f".{rng.randint(1, 9)}" if metric in MONEY else ""
        number = str(rng.choice(_COUNTS)) + decimals
        yield (metric, None), number if number == "0" else sign + number
    columns = {applicant: _column(form, rng) for applicant in APPLICANTS[:-1]}
    columns["total"] = {row: sum(column[row] for column in columns.values()) for row in form.request_rows}
    for row in form.request_rows:
        for applicant in APPLICANTS:
            yield (row, applicant), str(columns[applicant][row])
    for proceeding in PROCEEDINGS:
        counts = [rng.choice(_FEW) for _ in RESULTS[:-1]]
        for result, count in zip(RESULTS, [*counts, sum(counts)], strict=True):
            yield (f"{proceeding}_{result}", None), str(count)


def _column(form: Edition, rng: Random) -> dict[str, int]:
    """One kind of applicant: what came in is what was handled or is carried out."""
    column = {row: rng.choice(_FEW) for row in form.request_rows[2:-2]}
    handled, out = sum(column.values()), rng.choice(_FEW)
    carried_in = rng.randint(0, handled + out)
    received = handled + out - carried_in
    frame = {"requests_received": received, "requests_carried_in": carried_in}
    return frame | column | {"requests_handled": handled, "requests_carried_out": out}
