"""Rules about the two routes of reading: what one alone could read, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.matching import Key, Table
from pipelines.reading import Reading
from pipelines.routes import Agreement
from pipelines.rules.messages import phrase, subject_name
from pipelines.rules.result import Outcome, Result, Words, cell_subject

_SINGLE = (Agreement.ONLY_GEOMETRY, Agreement.ONLY_SEQUENCE)
_FEW = 3  # disagreements in a table that are told one by one


def read_by_both(reading: Reading) -> Iterator[Result]:
    """SHP-06: both routes read every cell of a table; else how many which of them read alone."""
    for table, compared, doubts in _compared(reading):
        single = {agreement: doubts.count(agreement) for agreement in _SINGLE if agreement in doubts}
        outcome = Outcome.FAIL if single else Outcome.PASS
        both = compared - sum(single.values())
        yield Result("SHP-06", table, outcome, compared, both, _in_words(single) if single else None)
    if not reading.routes.compared:
        yield Result("SHP-06", "report", Outcome.NOT_EVALUABLE)


def _compared(reading: Reading) -> Iterator[tuple[Table, int, list[Agreement]]]:
    """Each table with cells, how many, and for which reasons some are doubtful; none without two routes."""
    doubtful = reading.routes.doubtful
    for table, matched in reading.matches.items() if reading.routes.compared else ():
        if matched.cells:
            doubts = [doubtful[key].agreement for key in matched.cells.keys() & doubtful.keys()]
            yield table, len(matched.cells), doubts


def _in_words(single: dict[Agreement, int]) -> Words:
    parts = [phrase(agreement, Words(str(number), str(number))) for agreement, number in single.items()]
    return Words("、".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def read_alike(reading: Reading) -> Iterator[Result]:
    """SHP-07: no cell was read differently by the two routes; one that was is ours to review.

    So is a figure of the annex that reading order alone finds: it is not taken. Of a statutory table with many such
    cells one finding tells: something is amiss with its shape, not with its cells.
    """
    routes = reading.routes
    doubtful = routes.doubtful.keys()
    table_of = {key: table for table, matched in reading.matches.items() for key in matched.cells.keys() & doubtful}
    apart = [
        key for key, cell in routes.doubtful.items() if cell.agreement is Agreement.DISAGREE or key not in table_of
    ]
    tables = [table_of.get(key, Table.ANNEX) for key in apart]
    many = [table for table in (Table.DISCLOSURE, Table.REQUESTS, Table.DISPUTES) if tables.count(table) > _FEW]
    for table in many:
        cells = tuple(key for key in apart if table_of.get(key) is table)
        yield Result("SHP-07", table, Outcome.FAIL, detail=_many_apart(reading, cells), cells=cells)
    for key in (key for key in apart if table_of.get(key) not in many):
        yield Result("SHP-07", cell_subject(key), Outcome.FAIL, detail=_apart(reading, key), cells=(key,))
    if not apart:
        yield Result("SHP-07", "report", Outcome.PASS if routes.compared else Outcome.NOT_EVALUABLE)


def _apart(reading: Reading, key: Key) -> Words:
    cell, nothing = reading.routes.doubtful[key], phrase("nothing", Words("", ""))
    return Words(
        f"按表格位置为“{cell.geometry or nothing.zh}”，按阅读顺序为“{cell.sequence}”",
        f"“{cell.geometry or nothing.en}” by its place in the table, “{cell.sequence}” by reading order",
    )


def _many_apart(reading: Reading, cells: tuple[Key, ...]) -> Words:
    first, name = _apart(reading, cells[0]), subject_name(cell_subject(cells[0]))
    return Words(f"共 {len(cells)} 格，如{name.zh}{first.zh}", f"in {len(cells)} cells, such as {name.en}: {first.en}")


def confirmed(reading: Reading) -> Iterator[Result]:
    """SHP-11: no sums tell whether the columns are those of the form, so that a second route must have seen them.

    Form table 2 has no sums at all: every cell of it must be read by both. In the others geometry may stand alone, as
    it goes by the heads; reading order may not.
    """
    for table, compared, doubts in _compared(reading):
        if table is Table.ANNEX:
            continue
        if table is Table.DISCLOSURE:
            alone = sum(map(doubts.count, _SINGLE))
        else:
            alone = compared if doubts.count(Agreement.ONLY_SEQUENCE) == compared else 0
        yield Result("SHP-11", table, Outcome.FAIL if alone else Outcome.PASS, actual=alone)
    if not reading.routes.compared:
        yield Result("SHP-11", "report", Outcome.NOT_EVALUABLE)


def fault(result: Result, reading: Reading) -> str | None:
    """Whose fault a failure with cells is: ``publisher``, ``ours``, or None when they were not read by two routes."""
    routes = reading.routes
    if not routes.doubtful.keys().isdisjoint(result.cells):
        return "ours"
    return "publisher" if routes.cells.keys() >= {*result.cells} else None
