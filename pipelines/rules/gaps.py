"""Rules about cells that are not printed and yet cannot be nothing: what the sums need of them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.matching import Key
from pipelines.reading import Observation, Reading
from pipelines.rules.figures import total
from pipelines.rules.identities import PLACES, Identity, identities
from pipelines.rules.messages import names_of
from pipelines.rules.result import Outcome, Result, Words, cell_subject

_NAMED = 3  # unprinted cells of one sum that are named


def one_value_for_each_gap(reading: Reading) -> Iterator[Result]:
    """GAP-02: all sums in which one cell alone is not printed need the same of it; else nothing makes them all hold."""
    needed: dict[Key, dict[float, Identity]] = {}
    for identity in _with_gaps(reading):
        gap = _gap(identity, reading)
        if gap is not None and len(gap[0]) == 1:
            needed.setdefault(gap[0][0], {}).setdefault(gap[1], identity)
    apart = {key: values for key, values in needed.items() if len(values) > 1}
    for key, values in apart.items():
        told = "、".join(f"{value:.10g}" for value in values)
        cells = tuple(dict.fromkeys(cell for each in values.values() for cell in (*each.left, *each.right)))
        yield Result(
            "GAP-02", cell_subject(key), Outcome.FAIL, detail=Words(told, told.replace("、", ", ")), cells=cells
        )
    if not apart:
        yield Result("GAP-02", "report", Outcome.PASS)


def no_gap_is_needed(reading: Reading) -> Iterator[Result]:
    """GAP-01: no sum needs more than nothing of cells that are not printed. It says of which, and how much together."""
    found = False
    for identity in _with_gaps(reading):
        gap = _gap(identity, reading)
        if gap is not None and gap[1] > 0:
            found = True
            names = names_of([cell_subject(key) for key in gap[0][:_NAMED]])
            more = len(gap[0]) > _NAMED
            detail = Words(names.zh + "等" * more, names.en + "; …" * more)
            yield Result("GAP-01", identity.subject, Outcome.FAIL, actual=gap[1], detail=detail)
    if not found:
        yield Result("GAP-01", "report", Outcome.PASS)


def _with_gaps(reading: Reading) -> list[Identity]:
    """The sums with a cell that is not printed: in most reports none."""
    gaps = {key for key in reading.odd if _is_open(reading.observations[key])}
    return [each for each in identities(reading) if not gaps.isdisjoint((*each.left, *each.right))] if gaps else []


def _gap(identity: Identity, reading: Reading) -> tuple[list[Key], float] | None:
    """The unprinted cells of a sum, all on one side, and what they must be together; None where that is not told."""
    left, right = total(reading, identity.left), total(reading, identity.right)
    if left is None or right is None or left.open == right.open:
        return None
    missing = round(right.value - left.value if left.open else left.value - right.value, PLACES)
    keys = identity.left if left.open else identity.right
    return ([key for key in keys if _is_open(reading.observations[key])], missing) if missing >= 0 else None


def _is_open(observation: Observation) -> bool:
    return observation.value is None and observation.proven is None
