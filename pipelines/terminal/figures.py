"""How each figure of a reading is shown: as printed, with a sign and a colour where a plain number would mislead."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.matching import Key
from pipelines.reading import Observation, Reading
from pipelines.rows import plain
from pipelines.rules.identities import identities
from pipelines.terminal.frame import Cell
from pipelines.terminal.ink import Ink
from pipelines.tokens import Status

_BLANK = "·"
_LEGEND = {
    "!": ("所在的和不成立", "stands in a sum that does not hold"),
    "?": ("两种读法不一致", "was read differently by our two ways of reading"),
    "[n]": ("原表未印，由勾稽关系证明", "is not printed, the sums prove it"),
    _BLANK: ("原表空白", "is blank"),
    "–": ("原表没有此格", "is no cell of this report"),
}


class Figures:
    """The figures of one reading as cells of its tables; remembers which signs it has used."""

    def __init__(self, reading: Reading) -> None:
        self._observations = reading.observations
        self._failing = _failing(reading)
        self._used: set[str] = set()

    def cell(self, metric: str, applicant: str | None = None, cols: int = 1) -> Cell:
        """The cell of one figure."""
        key = (metric, applicant)
        text, ink = self._shown(self._observations.get(key))
        if key in self._failing:
            text, ink = self._signed(text, "!"), Ink.FAILING
        return Cell(text, cols, ink=ink, right=True)

    def prints(self, metric: str) -> bool:
        """Whether the report was asked for this metric."""
        return (metric, None) in self._observations or (metric, "total") in self._observations

    def unit_of(self, metric: str) -> str | None:
        """The unit printed beside a figure, or above its column."""
        observation = self._observations.get((metric, None))
        return observation.unit if observation else None

    def legend(self) -> Iterator[str]:
        """What the signs mean that were used."""
        for sign, (zh, en) in _LEGEND.items():
            if sign in self._used:
                yield f"{sign} {zh} {en}"

    def _shown(self, observation: Observation | None) -> tuple[str, Ink]:
        if observation is None or observation.status is Status.ABSENT:
            return self._signed("", "–"), Ink.FAINT
        if observation.status is Status.UNREADABLE:
            return self._signed(observation.raw, "?"), Ink.DOUBTFUL
        if observation.proven is not None:
            self._used.add("[n]")
            return f"[{plain(observation.proven)}]", Ink.FAINT
        if observation.status is Status.BLANK:
            return self._signed("", _BLANK), Ink.FAINT
        if observation.printed_unit is not None and observation.value is not None:
            return plain(observation.value), Ink.PLAIN
        return observation.raw.strip(), Ink.PLAIN

    def _signed(self, text: str, sign: str) -> str:
        self._used.add(sign)
        return text + sign


def _failing(reading: Reading) -> set[Key]:
    """Every figure of a sum that does not hold."""
    failed = {(f.rule, f.subject) for f in reading.findings if f.outcome == "fail" and f.severity == "hard"}
    sums = (identity for identity in identities(reading) if (identity.rule, identity.subject) in failed)
    return {key for identity in sums for key in (*identity.left, *identity.right)}
