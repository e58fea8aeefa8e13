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
    compared = reading.routes.cells
    for table, matched in reading.matches.items():
        counts = Counter(compared[key].agreement for key in matched.cells if key in compared)
        single = {agreement: counts[agreement] for agreement in _SINGLE if counts[agreement]}
        if counts:
            both = counts.total() - sum(single.values())
            outcome = Outcome.FAIL if single else Outcome.PASS
            yield Result("SHP-06", table, outcome, counts.total(), both, _in_words(single))
    if not compared:
        yield Result("SHP-06", "report", Outcome.NOT_EVALUABLE)


def _in_words(single: dict[Agreement, int]) -> Words:
    parts = [phrase(agreement, Words(str(number), str(number))) for agreement, number in single.items()]
    return Words("、".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def read_alike(reading: Reading) -> Iterator[Result]:
    """SHP-07: no cell was read differently by the two routes; one that was is ours to review."""
    compared = reading.routes.cells
    apart = {key: cell for key, cell in compared.items() if cell.agreement is Agreement.DISAGREE}
    for key, cell in apart.items():
        detail = Words(
            f"按表格位置为“{cell.geometry}”,按阅读顺序为“{cell.sequence}”",
            f"“{cell.geometry}” by its place in the table, “{cell.sequence}” by reading order",
        )
        yield Result("SHP-07", cell_subject(key), Outcome.FAIL, detail=detail, cells=(key,))
    if not apart:
        yield Result("SHP-07", "report", Outcome.PASS if compared else Outcome.NOT_EVALUABLE)


def fault(result: Result, reading: Reading) -> str | None:
    """Whose fault a failure is: ``publisher``, ``ours``, or None when its cells were not read by two routes."""
    compared = [reading.routes.cells.get(key) for key in result.cells]
    if result.outcome is not Outcome.FAIL or not compared or None in compared:
        return None
    agreed = all(cell is not None and cell.agreement is Agreement.AGREE for cell in compared)
    return "publisher" if agreed else "ours"
