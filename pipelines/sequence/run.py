"""What route B finds of one statutory table, and how it takes values and puts labels in the order of the form."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, takewhile
from operator import lt

from pipelines.sequence.stream import Stream
from pipelines.text import tidy
from pipelines.tokens import Kind, Status, read_token
from pipelines.units import in_measure, one_of
from pipelines.vocabulary import metrics

_LIKENESS = 0.8  # share of characters that a misprinted label has in common with the label that is missing there

Mark = tuple[int, int]  # the position of a label in the stream and the place of its row in the form


@dataclass(slots=True)
class Run:
    """One table: its edition (empty when its labels do not tell), its cells as printed and the rows not read.

    The key of a cell is (metric, applicant). ``lossy`` says that the table stands in running text whose values are not
    as many as its labels ask for: some were dropped or run together. Then no cell of it is given. ``units`` are those
    printed with some cells.
    """

    edition: str
    cells: dict[tuple[str, str | None], str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    lossy: bool = False
    units: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def take_units_said(self, over_labels: Iterable[tuple[str, ...]]) -> None:
        """Give each figure without a unit of its own that which is said over the labels of the table, if it fits."""
        said = list(dict.fromkeys(chain.from_iterable(over_labels)))
        for key in self.cells.keys() - self.units.keys() if said else ():
            if unit := one_of(in_measure(said, metrics()[key[0]].unit)):
                self.units[key] = unit


def in_order(marks: Sequence[Mark]) -> list[Mark]:
    """The longest run of marks whose rows follow in the order of the form; of equally long ones the earliest.

    A stray label elsewhere on the page and a second copy of the table are left out by this.
    """
    rows = [row for _, row in marks]
    if all(map(lt, rows, rows[1:])):
        return list(marks)
    lowest: list[int] = []  # lowest[k]: the row on which a run of k + 1 marks can end soonest
    ends: list[int] = []
    before: list[int] = []
    for number, row in enumerate(rows):
        place = bisect_left(lowest, row)
        before.append(ends[place - 1] if place else -1)
        if place == len(lowest):
            lowest.append(row)
            ends.append(number)
        elif row < lowest[place]:
            lowest[place], ends[place] = row, number
    run: list[Mark] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(marks[number])
        number = before[number]
    return run[::-1]


def ends(borders: Iterable[int], length: int) -> dict[int, int]:
    """Where the values of the label at each border must have ended: at the next border, the last at the very end."""
    return dict(pairwise([*sorted(set(borders)), length]))


def values_after(stream: Stream, label: int, end: int, wanted: int) -> list[str] | None:
    """The values right behind the label at ``label`` and before ``end``; None when they are not ``wanted`` in number.

    In a table they stand in the label's row, or in the next one when nothing follows it there. Empty cells behind them
    may be padding: they are given too, for the caller to judge. In running text an empty cell leaves no trace.
    """
    if stream.lines[label] is None:
        texts = list(takewhile(_is_value, stream.texts[label + 1 : end]))
        return texts if len(texts) == wanted else None
    behind = min(stream.behind_line(label), end)
    own = stream.texts[label + 1 : behind]
    if len(own) == wanted:
        return own
    if len(own) < wanted and not any(map(tidy, own)) and behind < end:
        next_line = takewhile(lambda at: stream.lines[at] == stream.lines[behind], range(behind, end))
        own = [stream.texts[at] for at in next_line]
    return own if len(own) >= wanted and not any(map(tidy, own[wanted:])) else None


def _is_value(text: str) -> bool:
    """A number, a mark or a word for none; any other wording ends the values of a label in running text."""
    return any(read_token(text, kind).status is not Status.TEXT for kind in (Kind.CHANGE, Kind.MONEY))


def settle(run: Run, stream: Stream, labels: Sequence[int], *, numbers: bool) -> Run | None:
    """Give a table the units said over its labels; refuse the whole of one in running text that lacks a row.

    ``numbers`` says whether any value was seen; labels without a single one are an explanation of the form, no report.
    """
    run.take_units_said(stream.said[label] for label in labels)
    if not run.unread or all(stream.lines[label] is not None for label in labels):
        return run
    return Run(run.edition, unread=run.unread, lossy=True) if numbers else None


def alike(name: str, wanted: str) -> bool:
    """Whether a label may be a misprint of another: they have nearly all their characters in common."""
    shared = (Counter(name) & Counter(wanted)).total()
    return 2 * shared >= _LIKENESS * (len(name) + len(wanted))
