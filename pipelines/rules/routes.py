"""Rules about the two routes of reading: what one alone could read, and where they contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipelines.reading import Reading
from pipelines.routes import Agreement
from pipelines.rules.messages import phrase
from pipelines.rules.result import Outcome, Result, Words, cell_subject

_SINGLE = (Agreement.ONLY_GEOMETRY, Agreement.ONLY_SEQUENCE)


def read_by_both(reading: Reading) -> Iterator[Result]:
    """SHP-06: both routes read every cell of a table; else how many which of them read alone."""
    routes = reading.routes
    for table, matched in reading.matches.items():
        compared = len(matched.cells.keys() & routes.cells.keys())
        counts = Counter(routes.doubtful[key] for key in matched.cells.keys() & routes.doubtful.keys())
        single = {agreement: counts[agreement] for agreement in _SINGLE if counts[agreement]}
        if compared:
            outcome = Outcome.FAIL if single else Outcome.PASS
            both = compared - sum(single.values())
            yield Result("SHP-06", table, outcome, compared, both, _in_words(single) if single else None)
    if not routes.cells:
        yield Result("SHP-06", "report", Outcome.NOT_EVALUABLE)


def _in_words(single: dict[Agreement, int]) -> Words:
    parts = [phrase(agreement, Words(str(number), str(number))) for agreement, number in single.items()]
    return Words("、".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def read_alike(reading: Reading) -> Iterator[Result]:
    """SHP-07: no cell was read differently by the two routes; one that was is ours to review.

    So is a figure of the annex that reading order alone finds: it is not taken.
    """
    routes = reading.routes
    taken = {key for matched in reading.matches.values() for key in matched.cells}
    apart = [key for key, agreement in routes.doubtful.items() if agreement is Agreement.DISAGREE or key not in taken]
    for key in apart:
        cell = routes.cells[key]
        nothing = phrase("nothing", Words("", ""))
        detail = Words(
            f"按表格位置为“{cell.geometry or nothing.zh}”，按阅读顺序为“{cell.sequence}”",
            f"“{cell.geometry or nothing.en}” by its place in the table, “{cell.sequence}” by reading order",
        )
        yield Result("SHP-07", cell_subject(key), Outcome.FAIL, detail=detail, cells=(key,))
    if not apart:
        yield Result("SHP-07", "report", Outcome.PASS if routes.cells else Outcome.NOT_EVALUABLE)


def fault(result: Result, reading: Reading) -> str | None:
    """Whose fault a failure is: ``publisher``, ``ours``, or None when its cells were not read by two routes."""
    routes = reading.routes
    if result.outcome is not Outcome.FAIL or not result.cells or not routes.cells.keys() >= {*result.cells}:
        return None
    return "publisher" if routes.doubtful.keys().isdisjoint(result.cells) else "ours"
