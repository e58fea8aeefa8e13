"""Figures whose digits were printed apart: ``1 1 9`` is 119 only where the sum of its row leaves no other reading."""

from __future__ import annotations

from itertools import product
from math import prod

from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.identities import identities
from pipelines.tokens import Status, split_digits

_MOST_READINGS = 1_000  # of one row


def join_split_digits(reading: Reading) -> None:
    """Read split figures of form table 3 whose joined digits alone satisfy T3-COL.

    Any one of the parts might be the figure too, the others being strays; where the sum holds with more than one
    reading, or with none, the cell stays text.
    """
    split = {
        key: parts
        for key in reading.odd
        if (observation := reading.observations[key]).status is Status.TEXT and (parts := split_digits(observation.raw))
    }
    for identity in identities(reading) if split else []:
        if identity.rule == "T3-COL":
            _join(reading, split, identity.left, identity.right[0])


def _join(reading: Reading, split: dict[Key, list[str]], parts: tuple[Key, ...], total: Key) -> None:
    readings = [_readings(reading, split.get(key), key) for key in (*parts, total)]
    if prod(map(len, readings)) > _MOST_READINGS:
        return
    holding = [values for values in product(*readings) if sum(values[:-1]) == values[-1]]
    joined = tuple(values[0] for values in readings if values)
    if holding != [joined]:
        return
    for key, value in zip((*parts, total), joined, strict=True):
        if key in split:
            printed = reading.observations[key]
            reading.observations[key] = printed._replace(value=value, status=Status.REPORTED)


def _readings(reading: Reading, parts: list[str] | None, key: Key) -> list[float]:
    """What a cell may say, its digits joined first; nothing for a cell without a number."""
    if parts:
        return list(dict.fromkeys([int("".join(parts)), *map(int, parts)]))
    value = reading.observations[key].value
    return [] if value is None else [value]
