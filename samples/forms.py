"""The statutory forms as they are printed: three tables of cells, filled with a report's figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samples.figures import APPLICANTS, RESULTS, Figures

FOLDER = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Cell:
    """One cell of a printed table: a label (`metric` is None) or a figure. `|` may break a label."""

    text: str
    cols: int = 1
    rows: int = 1
    metric: str | None = None
    applicant: str | None = None


Table = list[list[Cell]]


@dataclass(frozen=True)
class Form:
    """The three filled tables of one report, in the order of the statutory form."""

    disclosure: Table
    requests: Table
    disputes: Table

    def figures(self) -> Iterator[Cell]:
        """The cells that hold figures, in reading order."""
        for table in (self.disclosure, self.requests, self.disputes):
            yield from (cell for row in table for cell in row if cell.metric)


def places(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with the row and the column of its upper left corner."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.cols)}
            yield row, column, cell
            column += cell.cols


def width_of(table: Table) -> int:
    """How many columns a table has."""
    return max(column + cell.cols for _, column, cell in places(table))


@cache
def _layout(name: str) -> dict[str, list[list[Any]]]:
    layout: dict[str, list[list[Any]]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return layout


def _cells(item: str | dict[str, Any], figures: Figures) -> Iterator[Cell]:
    if isinstance(item, str):
        yield Cell(item)
    elif "text" in item:
        yield Cell(item["text"], item.get("cols", 1), item.get("rows", 1))
    elif "outcome" in item:
        outcome = item["outcome"]
        yield from (Cell(figures.text(outcome, who), metric=outcome, applicant=who) for who in APPLICANTS)
    elif "proceeding" in item:
        metrics = [f"{item['proceeding']}_{result}" for result in RESULTS]
        yield from (Cell(figures.text(metric), metric=metric) for metric in metrics)
    else:
        yield Cell(figures.text(item["metric"]), item.get("cols", 1), metric=item["metric"])


def _table(layout: str, table: str, figures: Figures) -> Table:
    return [[cell for item in row for cell in _cells(item, figures)] for row in _layout(layout)[table]]


def fill(figures: Figures) -> Form:
    """Print a report's figures into the form of its edition.

    Raises ValueError when the figures name a metric that the form does not have: a slip in a figure file.
    """
    form = Form(
        disclosure=_table(figures.edition, "disclosure", figures),
        requests=_table(figures.requests_edition or figures.edition, "requests", figures),
        disputes=_table("disputes", "disputes", figures),
    )
    printed = {cell.metric for cell in form.figures()}
    named = {*figures.disclosure, *figures.requests, *(f"{p}_total" for p in figures.disputes)}
    if unknown := sorted(named - printed):
        raise ValueError(f"The {figures.edition} form has no place for {', '.join(unknown)}; correct the figures.")
    return form
