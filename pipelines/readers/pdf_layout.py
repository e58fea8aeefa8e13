"""Rows of a table without lines into a grid: columns from where the figures stand, under the heads above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.document import Cell, Grid
from pipelines.readers.pdf_heads import Placed, blank_columns, place_heads
from pipelines.readers.pdf_rows import Row, Words, overlap
from pipelines.readers.pdf_text import Glyph, text_of

_HIGHER = 0.3  # glyph heights: heads that differ by less stand on one line


@dataclass(slots=True)
class _Section:
    """Rows of heads and the rows below them, with the left and right edges of the figures in each column.

    ``placed`` are the heads over the columns, None where their places are not known; ``corner`` those over the labels.
    """

    heads: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    edges: list[tuple[float, float]] = field(default_factory=list)
    placed: list[Placed] | None = None
    corner: list[Words] = field(default_factory=list)


def lay_out_rows(rows: Sequence[Row]) -> Grid:
    """The grid of these rows; not aligned where the heads of some rows are not known to stand over their figures.

    Figures under other heads stand in other columns of the grid, even where they are printed in one line.
    """
    sections = [_with_columns(section) for section in _sections(rows)]
    if any(section.placed is None for section in sections if section.rows):
        texts = [row for section in sections for row in _in_order(section)]
        return Grid([[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(texts)], aligned=False)
    labels = max(max(len(section.corner), *(len(row.labels) for row in section.rows), 0) for section in sections)
    cells: list[Cell] = []
    column = labels
    for section in sections:
        cells += _heads(section, _height(cells), column)
        cells += [
            cell
            for r, row in enumerate(section.rows, _height(cells))
            for cell in _cells(section, row, r, labels, column)
        ]
        column += len(section.edges)
    return _covered(cells)


def _sections(rows: Iterable[Row]) -> Iterator[_Section]:
    """The rows cut before each run of heads. A row of labels alone, left of all figures, is one of blank cells."""
    section = _Section()
    for row in rows:
        if not row.figures and not section.rows:
            section.heads.append(row)
        elif row.figures or _is_blank(row, section):
            section.rows.append(row)
        else:
            yield section
            section = _Section([row])
    yield section


def _is_blank(row: Row, section: _Section) -> bool:
    figures = (figure.left for each in section.rows for figure in each.figures)
    return max(words.right for words in row.labels) < min(figures)


def _with_columns(section: _Section) -> _Section:
    columns = _side_by_side(Words([figure]) for row in section.rows for figure in row.figures)
    words = [words for row in section.rows for words in row.words]
    columns += _side_by_side(w for w in words if not any(overlap(w, column) for column in columns))
    labels = [label for row in section.rows for label in row.labels]
    edge = max((label.right for label in labels), default=float("-inf"))
    heads = [words for row in section.heads for words in row.labels]
    section.corner = [h for h in heads if h.centre < edge]
    over = [head for head in heads if head.centre >= edge]
    columns = _by_left([*columns, *blank_columns(over, columns)])
    section.edges = [(column.left, column.right) for column in columns]
    if len({row.page for row in section.heads}) == 1:
        section.placed = place_heads(over, columns)
    return section


def _side_by_side(cells: Iterable[Words]) -> list[Words]:
    """Columns: cells that stand above one another, if only in part."""
    columns: list[Words] = []
    for cell in sorted(cells, key=lambda cell: cell.left):
        if columns and cell.left < columns[-1].right:
            columns[-1].lines += cell.lines
        else:
            columns.append(Words([*cell.lines]))
    return columns


def _heads(section: _Section, top: int, column: int) -> Iterator[Cell]:
    """The heads of a section from row ``top`` on; words without figures below them stand beside all columns."""
    if not section.rows:
        for r, row in enumerate(section.heads, top):
            yield from (Cell(words.text, r, column + c) for c, words in enumerate(_by_left(row.labels)))
    lines: dict[int, float] = {}
    for head in section.placed or ():
        lines[head.row] = min(head.words.middle, lines.get(head.row, head.words.middle))
        yield Cell(head.words.text, top + head.row, column + head.column, head.rowspan, head.colspan)
    for c, words in enumerate(_by_left(section.corner if section.rows else ())):
        above = [row for row, middle in lines.items() if middle < words.middle + _HIGHER * words.height]
        yield Cell(words.text, top + max(above, default=0), c)


def _cells(section: _Section, row: Row, r: int, labels: int, column: int) -> Iterator[Cell]:
    """Row ``r`` of the grid: its labels, the last of them up to ``labels``, and its figures from ``column`` on."""
    for c, words in enumerate(_by_left(row.labels)):
        yield Cell(words.text, r, c, colspan=1 if c + 1 < len(row.labels) else labels - c)
    yield from (Cell(text, r, c) for c, text in enumerate(_texts(section, row), column))


def _in_order(section: _Section) -> Iterator[list[str]]:
    for row in section.heads:
        yield [words.text for words in _by_left(row.labels)]
    for row in section.rows:
        yield [*(words.text for words in _by_left(row.labels)), *_texts(section, row)]


def _texts(section: _Section, row: Row) -> list[str]:
    """What a row prints in each column, blanks included; what stands in several is in the one it begins in."""
    held: list[list[Glyph]] = [[] for _ in section.edges]
    for cell in (*row.figures, *(line for words in row.words for line in words.lines)):
        place = next(
            (c for c, (left, right) in enumerate(section.edges) if left < cell.right and cell.left < right), -1
        )
        held[place] += cell.glyphs
    return [text_of(glyphs) for glyphs in held]


def _by_left(words: Iterable[Words]) -> list[Words]:
    return sorted(words, key=lambda each: each.left)


def _height(cells: Sequence[Cell]) -> int:
    return max((cell.row + cell.rowspan for cell in cells), default=0)


def _covered(cells: Sequence[Cell]) -> Grid:
    width = max(cell.column + cell.colspan for cell in cells)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(_height(cells))]
    for cell in cells:
        for row in rows[cell.row : cell.row + cell.rowspan]:
            row[cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
    return Grid(rows)
