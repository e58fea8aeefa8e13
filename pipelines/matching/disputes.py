"""Form table 4: fifteen columns under three rows of heads, one row of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipelines.document import Cell, Grid
from pipelines.editions import Edition, Head, editions
from pipelines.matching.found import Misfit, TableMatch
from pipelines.numbers import numbers_columns
from pipelines.text import core

_Wordings = dict[str, str]
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")


def match_disputes(grids: Sequence[Grid]) -> TableMatch | None:
    """Find form table 4 in the tables of a document. The editions share this table."""
    edition = next(iter(editions().values()))
    results, proceedings = _vocabulary()
    for grid in grids:
        if len(results.keys() & set(map(core, grid.texts()))) < len(edition.results):
            continue
        heads = [r for r in range(len(grid.rows)) if _count(grid.own(r), results) >= len(edition.results)]
        if not heads or not any(_count(grid.own(r), proceedings) for r in range(heads[-1] + 1)):
            continue
        below = [r for r in range(heads[-1] + 1, len(grid.rows)) if grid.own(r) and not _numbers_columns(grid, r)]
        return _read(grid, heads[-1], below, edition)
    return None


@cache
def _vocabulary() -> tuple[_Wordings, _Wordings]:
    edition = next(iter(editions().values()))
    return _wordings(edition.results), _wordings(edition.proceedings)


def _wordings(heads: dict[str, Head]) -> _Wordings:
    return {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}


def _count(cells: Sequence[Cell], wordings: _Wordings) -> int:
    return sum(core(cell.text) in wordings for cell in cells if cell.text)


def _read(grid: Grid, last_head: int, below: list[int], edition: Edition) -> TableMatch:
    matched = TableMatch(edition.id, said=[*grid.said])
    wanted = edition.dispute_metrics
    if not below:
        matched.misfits.append(Misfit("disputes", len(wanted), 0))
        return matched
    rows = [_values(grid, last_head, r, wanted) for r in below]
    if len(rows[0]) != len(wanted):
        matched.misfits.append(Misfit("disputes", len(wanted), len(rows[0])))
        return matched
    printed = [cells for cells in rows if len(cells) == len(wanted) and not _is_note(cells)]
    for cells in printed or rows[:1]:
        matched.take("disputes", {(metric, None): cell for metric, cell in zip(wanted, cells, strict=True)})
    return matched


def _is_note(row: Sequence[Cell]) -> bool:
    """True for a row with words in its first cell and nothing behind, or with nothing, which only sets the widths."""
    first, *others = row
    return not any(cell.text for cell in others) and (not first.text or _WORDS.search(first.text) is not None)


def _numbers_columns(grid: Grid, r: int) -> bool:
    return numbers_columns([cell.text for cell in grid.own(r)])


def _values(grid: Grid, last_head: int, r: int, wanted: tuple[str, ...]) -> list[Cell]:
    """The cells under the fifteen heads; or the whole row where these are out of line, complete and in order."""
    columns = _columns(grid, last_head) if grid.aligned else {}
    if set(columns) == set(wanted) and _reaches_all_heads(grid, last_head, r):
        under = [grid.rows[r][columns[metric]] for metric in wanted]
        own = [cell for cell in under if cell is not None and cell.row == r]
        if len(set(own)) == len(wanted):
            return own
    return grid.own(r) if _in_order(grid, last_head) else []


def _reaches_all_heads(grid: Grid, last_head: int, r: int) -> bool:
    """False for a row with fewer cells than there are heads: one was lost, and who knows where."""
    pairs = zip(grid.rows[last_head], grid.rows[r], strict=True)
    return all(cell is not None for head, cell in pairs if head is not None and head.text)


def _in_order(grid: Grid, last_head: int) -> bool:
    """True when the heads are all there and each row of them follows the order of the form.

    The results of the first proceeding may stand one row higher, beside the heads of the others.
    """
    edition = next(iter(editions().values()))
    results, places = _vocabulary()[0], _places(edition)
    rows = [[core(cell.text) for cell in grid.own(r) if cell.text] for r in range(last_head + 1)]
    above = [
        [0 if text in results else places[text] for text in row if text in results or text in places]
        for row in rows[:-1]
    ]
    return (
        [results[text] for row in rows for text in row if text in results]
        == [*edition.results] * len(edition.proceedings)
        and {*places.values()} <= {place for row in above for place in row}
        and all(row == sorted(row) for row in above)
    )


def _places(edition: Edition) -> dict[str, int]:
    """Wording → place of a proceeding in the form; what stands over several has the place of the first."""
    places: dict[str, int] = {}
    for place, head in enumerate(edition.proceedings.values()):
        for text in (head.label, *head.aliases, head.under or head.label):
            places.setdefault(core(text), place)
    return places


def _columns(grid: Grid, last_head: int) -> dict[str, int]:
    """Metric → column, from the heads above each column: the proceeding and, in the last row of heads, the result."""
    results, proceedings = _vocabulary()
    columns: dict[str, int] = {}
    for column in range(len(grid.rows[0])):
        path = [core(cell.text) for row in grid.rows[: last_head + 1] if (cell := row[column]) is not None]
        proceeding = next((proceedings[text] for text in reversed(path) if text in proceedings), None)
        result = next((results[text] for text in reversed(path) if text in results), None)
        if proceeding and result:
            columns.setdefault(f"{proceeding}_{result}", column)
    return columns
