"""Figures as the soft rules see them: printed or proven, and a blank as zero only where that is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.bodies import body_kind
from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.identities import OPEN
from pipelines.rules.result import Outcome
from pipelines.tokens import Status

UNPRINTED = OPEN | {Status.INFERRED_ZERO, Status.DERIVED}


class Sum(NamedTuple):
    """A sum of figures. ``open`` when an unprinted figure without proof was counted as zero."""

    value: float
    open: bool = False


def total(reading: Reading, keys: Iterable[Key]) -> Sum | None:
    """The sum of these figures; None when one is not on the form or holds no number where it should."""
    value: float = 0
    is_open = False
    for key in keys:
        observation = reading.observations.get(key)
        if observation is None:
            return None
        printed = observation.value if observation.value is not None else observation.proven
        if printed is not None:
            value += printed
        elif observation.status in OPEN:
            is_open = True
        else:
            return None
    return Sum(value, is_open)


def figure(reading: Reading, metric: str, applicant: str | None = None) -> Sum | None:
    """One figure; None as for ``total``."""
    return total(reading, [(metric, applicant)])


def holds(said: float, figures: Sum) -> Outcome:
    """Whether a sum is what is said of it; a blank that could make up the difference leaves it open."""
    if said == figures.value:
        return Outcome.PASS_BLANK_AS_ZERO if figures.open else Outcome.PASS
    return Outcome.NOT_EVALUABLE if figures.open and figures.value < said else Outcome.FAIL


def passed(*figures: Sum) -> Outcome:
    """A rule that holds: outright, or with blanks as zero."""
    return Outcome.PASS_BLANK_AS_ZERO if any(f.open for f in figures) else Outcome.PASS


def kind_of(reading: Reading) -> str:
    """The kind of the reporting body; ``unknown`` without a name."""
    division = reading.provenance.division
    return body_kind(reading.identity.body_name or "", division)


def printed_nothing(reading: Reading, keys: Iterable[Key]) -> bool:
    """True when every one of these cells is on the form and none holds a printed number."""
    cells = [reading.observations.get(key) for key in keys]
    return bool(cells) and all(cell is not None and cell.status in UNPRINTED for cell in cells)
