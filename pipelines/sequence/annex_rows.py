"""The rows of an annex in reading order: those of tables as they are; running text is cut at the labels of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipelines.editions import AnnexEdition
from pipelines.sequence.annex_heads import Heads, Part, part_of, read_heads
from pipelines.sequence.stream import Token

_HEAD_ROWS = 3

Known = Callable[[Token], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a row that belongs to one block of heads. ``heads`` are None where the table prints none.

    ``torn`` says that the row has not the cells of its heads, where several blocks stand side by side.
    """

    tokens: Sequence[Token]
    heads: Heads | None
    headed: bool
    torn: bool = False


def pieces(tokens: Sequence[Token], form: AnnexEdition, year: int | None, known: Known) -> list[Piece]:
    """All pieces, block after block: of two blocks side by side first all rows of the left one."""
    rows = _rows(tokens, form, known)
    found: list[tuple[int, int, Piece]] = []
    blocks: list[Heads] | None = None
    epoch = width = number = 0
    while number < len(rows):
        row = rows[number]
        if any(part_of(token.text, form) is Part.LABEL for token in row):
            heads = _head_rows(rows[number:], known)
            blocks, width = read_heads(heads, form, year), len(row)
            number, epoch = number + len(heads), epoch + 1
            continue
        found += [(epoch, block, piece) for block, piece in enumerate(_cut(row, blocks, width))]
        number += 1
    return [piece for _, _, piece in sorted(found, key=lambda each: each[:2])]


def _head_rows(rows: Sequence[Sequence[Token]], known: Known) -> list[Sequence[Token]]:
    """The rows of heads: up to the first row with a label of the form."""
    heads = [rows[0]]
    for row in rows[1:_HEAD_ROWS]:
        if any(map(known, row)):
            break
        heads.append(row)
    return heads


def _cut(row: Sequence[Token], blocks: list[Heads] | None, width: int) -> Iterator[Piece]:
    """The pieces of a row, one a block."""
    if blocks is None or len(blocks) < 2:
        yield Piece(row, blocks[0] if blocks else None, headed=blocks is not None)
        return
    starts = [heads.at - heads.coded for heads in blocks]
    for start, end, heads in zip(starts, [*starts[1:], width], blocks, strict=True):
        yield Piece(row[start:end], heads, headed=True, torn=len(row) != width)


def _rows(tokens: Sequence[Token], form: AnnexEdition, known: Known) -> list[Sequence[Token]]:
    if any(token.line is not None for token in tokens):
        return [list(row) for _, row in groupby(tokens, key=lambda token: token.line)]
    return _text_rows(tokens, form, known)


def _text_rows(tokens: Sequence[Token], form: AnnexEdition, known: Known) -> list[Sequence[Token]]:
    """Running text cut in front of each label, or of the code before it; the last row ends where its heads say."""
    start = next((at for at, token in enumerate(tokens) if part_of(token.text, form) is Part.LABEL), None)
    marks = [at for at, token in enumerate(tokens) if start is not None and at > start and known(token)]
    if start is None or not marks:
        return []
    coded = int(start > 0 and part_of(tokens[start - 1].text, form) is Part.CODE)
    width = marks[0] - start
    borders = [start - coded, *(mark - coded for mark in marks), marks[-1] - coded + width]
    return [tokens[first:end] for first, end in pairwise(borders)]
