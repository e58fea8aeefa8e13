"""Plain text into a ``Document``: the renderings in which text archives keep tables.

Four are known. A line that holds only ``|`` opens a row and each cell is a line ending in `` |``; merged ones are lost
and the row is padded with more ``|``. Markdown has rows ``| a | b |``. What is copied out of a browser has tabs between
the cells of a row; a single line with a tab in it is no table. What was laid out for the eye has runs of blanks there,
and an empty cell leaves no trace; a text with few such lines has no table, and a sentence or a single line is none.
"""

from __future__ import annotations

import re

from pipelines.document import Block, Cell, Document, Grid, Paragraph
from pipelines.readers.bounds import LARGEST_TEXT
from pipelines.readers.encoding import decode
from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.mojibake import undo

_ROW, _TAB = "|", "\t"
_BLANKS, _WIDE_BLANK = re.compile("[ \u00a0\u3000]{2,}"), "\u3000"
_FEWEST_LINES = 10  # with blanks between their parts: the smallest of the three tables has five
_SENTENCE_END = "。"
_PADDING = "|" + "".join(filter(str.isspace, map(chr, range(0x3001))))  # U+3000 is the last that is white
_MARKDOWN_ROW = re.compile(r"^\|.+\|$")
_MARKDOWN_RULE = re.compile(r"^[|\s:+-]+$")


def read_text(data: bytes) -> Document:
    """Read the bytes of a text file. Raises ``Unreadable`` for one too large, or whose characters were lost before."""
    if len(data) > LARGEST_TEXT:
        raise Unreadable(Kind.TEXT, Reason.TOO_LARGE)
    decoded = undo(decode(data), Kind.TEXT)
    return Document(_blocks(decoded.text.splitlines()))


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    rows: list[list[str]] = []
    position = 0
    laid_out = sum(len(_parts(line)) > 1 for line in lines) >= _FEWEST_LINES
    while position < len(lines):
        line = lines[position].strip()
        if lines[position] == _ROW:
            cells, position = _cells(lines, position + 1)
            rows.append(cells)
        elif _MARKDOWN_ROW.match(line):
            if not _MARKDOWN_RULE.match(line):
                rows.append([cell.strip() for cell in line[1:-1].split("|")])
            position += 1
        elif _is_tabbed(lines, position) and (rows or _is_tabbed(lines, position + 1)):
            rows.append([cell.strip() for cell in lines[position].split(_TAB)])
            position += 1
        elif laid_out and not rows and (parted := _parted(lines, position)):
            blocks.append(_grid(parted, aligned=False))
            position += len(parted)
        else:
            _close(rows, blocks)
            if line:
                blocks.append(Paragraph(line))
            position += 1
    _close(rows, blocks)
    return blocks


def _is_tabbed(lines: list[str], position: int) -> bool:
    """True for a line with a tab behind its first word: an indented line has one in front."""
    return position < len(lines) and _TAB in lines[position].lstrip()


def _parted(lines: list[str], position: int) -> list[list[str]]:
    """The parts of each line from here on that runs of blanks part; nothing for a single line."""
    rows: list[list[str]] = []
    while position < len(lines) and len(parts := _parts(lines[position])) > 1:
        rows.append(parts)
        position += 1
    return rows if len(rows) > 1 else []


def _parts(line: str) -> list[str]:
    """The parts of a line between runs of blanks; a single wide blank parts them only where there is no run."""
    text = line.strip()
    if _SENTENCE_END in text or _TAB in text or "|" in text:
        return []
    return _BLANKS.split(text) if _BLANKS.search(text) else text.split(_WIDE_BLANK)


def _cells(lines: list[str], position: int) -> tuple[list[str], int]:
    """The cells of the row that opened before ``position``; a cell may run over several lines until its ``|``."""
    cells: list[str] = []
    pending: list[str] = []
    while position < len(lines) and lines[position] != _ROW:
        line = lines[position]
        end = _end_of_cell(line)
        if end is None:
            if _ends_table(lines, position):
                break
            pending.append(line.strip())
        else:
            cells.append("".join([*pending, line[:end].strip()]))
            pending = []
        position += 1
    if pending:
        position -= len(pending)
    return cells, position


def _end_of_cell(line: str) -> int | None:
    """Where the text of a cell ends that is closed by ``|`` and padding; None for a line that closes no cell.

    No pattern looks for it: on a line of nothing but padding and one more letter it would take quadratic time.
    """
    end = len(line.rstrip(_PADDING))
    return end if "|" in line[end:] else None


def _ends_table(lines: list[str], position: int) -> bool:
    """True when no cell ends before the next row opens: the line is running text after the table."""
    for line in lines[position : position + 4]:
        if line == _ROW:
            return True
        if _end_of_cell(line) is not None:
            return False
    return True


def _close(rows: list[list[str]], blocks: list[Block]) -> None:
    """End a table. Where all its rows have as many cells, merged ones left an empty cell at each place they covered."""
    if rows:
        blocks.append(_grid(rows, aligned=len({*map(len, rows)}) == 1))
        rows.clear()


def _grid(rows: list[list[str]], *, aligned: bool) -> Grid:
    cells: list[list[Cell | None]] = [
        [Cell(text, r, c) for c, text in enumerate(texts)] for r, texts in enumerate(rows)
    ]
    return Grid(cells, aligned=aligned)
