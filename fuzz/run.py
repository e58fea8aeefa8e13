"""One run: mutants of a reader one after another until the time is over, failures kept, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic

from fuzz.culprit import culprit
from fuzz.judge import SLOWEST, SLOWEST_CONVERTED, judge
from fuzz.readers import READERS, Mutant, mutant
from pipelines.readers import Kind, sniff
from pipelines.readers.office import convert

_BATCH = 12  # documents a call of LibreOffice, whose start takes longer than a document
_CONVERTED = frozenset({Kind.DOC, Kind.RTF})


@dataclass
class Summary:
    """What a run did: how many documents, how they ended, the slowest, and each fault, by their numbers."""

    reader: str
    seed: int
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)
    seconds: float = 0.0
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents were judged."""
        return self.outcomes.total()

    def lines(self) -> Iterator[str]:
        """The summary as it is printed."""
        rate = self.documents / max(self.seconds, 0.001)
        yield (
            f"{self.reader}: {self.documents} documents in {self.seconds:.0f} s ({rate:.1f}/s),"
            f" slowest {self.slowest[0]:.1f} s (no. {self.slowest[1]}), {len(self.faults)} faults, seed {self.seed}"
        )
        yield "  " + ", ".join(f"{outcome} {number}" for outcome, number in self.outcomes.most_common())


def fuzz(name: str, seconds: float, seed: int, keep: Path | None = None, at_most: int | None = None) -> Summary:
    """Judge mutants for so long; documents with a fault are kept in the folder ``keep`` under their number."""
    summary, started = Summary(name, seed), monotonic()
    for number, made in _mutants(name, seed, at_most):
        _judge(summary, number, made, keep)
        summary.seconds = monotonic() - started
        if summary.seconds > seconds:
            break
    return summary


def _judge(summary: Summary, number: int, made: Mutant, keep: Path | None) -> None:
    slow = sniff(made.data) in _CONVERTED
    verdict = judge(made, SLOWEST_CONVERTED if slow else SLOWEST, twice=not slow)
    summary.outcomes[verdict.outcome] += 1
    summary.slowest = max(summary.slowest, (verdict.seconds, number))
    ours = culprit(made.data) if verdict.outcome == "damaged" else None
    faults = [*verdict.faults, *([f"our own error taken for damage: {ours}"] if ours else [])]
    summary.faults += [(number, fault) for fault in faults]
    if faults and keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{summary.reader}-{summary.seed}-{number}").write_bytes(made.data)


def _mutants(name: str, seed: int, at_most: int | None) -> Iterator[tuple[int, Mutant]]:
    numbers = count() if at_most is None else range(at_most)
    if not READERS[name].converted:
        yield from ((number, mutant(name, seed, number)) for number in numbers)
        return
    batch: list[tuple[int, Mutant]] = []
    for number in numbers:
        batch.append((number, mutant(name, seed, number)))
        if len(batch) == _BATCH:
            yield from _converted(batch)
            batch = []
    yield from _converted(batch)


def _converted(batch: list[tuple[int, Mutant]]) -> Iterator[tuple[int, Mutant]]:
    """What LibreOffice makes of many at once; one it makes nothing of is left as it is and so is read alone."""
    kinds = [sniff(made.data) for _, made in batch]
    asked = [place for place, kind in enumerate(kinds) if kind in _CONVERTED]
    answers = dict(zip(asked, convert([(kinds[place], batch[place][1].data) for place in asked]), strict=True))
    for place, (number, made) in enumerate(batch):
        answer = answers.get(place)
        yield number, Mutant(answer, made.truth) if isinstance(answer, bytes) else made
