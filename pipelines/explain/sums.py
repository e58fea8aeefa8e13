"""The sums of a table as linear equations over its figures, and what a change of figures does to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.matching import Key


class Equation(NamedTuple):
    """The figures of ``left`` add up to the same as those of ``right``."""

    left: tuple[Key, ...]
    right: tuple[Key, ...]


class Sums:
    """Equations with the figures they are about; ``failing`` are the numbers of those that do not hold."""

    def __init__(self, equations: Sequence[Equation], values: Mapping[Key, float]) -> None:
        self.equations = equations
        self.values = values
        self.signs: dict[Key, dict[int, int]] = {}
        for number, equation in enumerate(equations):
            for side, sign in ((equation.left, 1), (equation.right, -1)):
                for key in side:
                    self.signs.setdefault(key, {})[number] = sign
        self.surplus = [sum(values[k] for k in e.left) - sum(values[k] for k in e.right) for e in equations]
        self.failing = frozenset(number for number, surplus in enumerate(self.surplus) if surplus)

    def groups(self) -> list[frozenset[int]]:
        """The failing equations in groups that share a figure, directly or by way of another of the group."""
        groups: list[tuple[set[int], set[Key]]] = []
        for number in sorted(self.failing):
            numbers, keys = {number}, {*self.equations[number].left, *self.equations[number].right}
            for group in [group for group in groups if not group[1].isdisjoint(keys)]:
                groups.remove(group)
                numbers |= group[0]
                keys |= group[1]
            groups.append((numbers, keys))
        return [frozenset(numbers) for numbers, _ in groups]

    def hold(self, figures: Mapping[Key, float], wanted: frozenset[int]) -> bool:
        """True when these figures in place of the printed ones make the ``wanted`` equations hold and break none."""
        surplus = {number: self.surplus[number] for number in wanted}
        for key, figure in figures.items():
            for number, sign in self.signs.get(key, {}).items():
                surplus[number] = surplus.get(number, self.surplus[number]) + sign * (figure - self.values[key])
        return not any(surplus.values())

    def needed(self, key: Key, number: int, figures: Mapping[Key, float]) -> float:
        """What ``key`` must be for one equation to hold when the other ``figures`` replace the printed ones."""
        signs = self.signs[key]
        surplus = self.surplus[number] + sum(
            self.signs[other].get(number, 0) * (figure - self.values[other])
            for other, figure in figures.items()
            if other in self.signs and other != key
        )
        return self.values[key] - surplus / signs[number]
