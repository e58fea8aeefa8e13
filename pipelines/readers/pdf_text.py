"""Glyphs of a page into lines and cell texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipelines.readers.marks import raised
from pipelines.text import ideographs

Glyph = Mapping[str, Any]  # pdfplumber's character: text, x0, x1, top, bottom, size

ORDINAL = re.compile(r"\s*(?:[一二三四五六七八九十]+\s*、|[((][一二三四五六七八九十]+\s*[))]|\d{1,2}\s*[.、．])")
"""How a numbered heading or label begins: it never continues what stands before it."""
PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/,,共]\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—–·\s]*")
_WORD_GAP = 0.3  # of a glyph's height: a wider gap is printed as a space, so that two figures never become one
_NOTE = 0.72  # of the height of other digits: word processors raise notes at 58 to 67 hundredths
_RAISED = 0.15  # of a glyph's height: digits of one figure stand on one line more exactly than this
_SMALLER = 0.9  # of the height of the digit beside it
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")
_PADDING = 12.0  # points: Word leaves 10.8 beside the text of a cell
_SAME_LINE = 0.5  # of a glyph's height: glyphs whose middles are nearer than this stand on one line


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs on one line, left to right, with their edges in points from the page's upper left corner."""

    glyphs: Sequence[Glyph]

    @property
    def left(self) -> float:
        """The left edge of the first glyph."""
        return float(self.glyphs[0]["x0"])

    @property
    def right(self) -> float:
        """The right edge of the last glyph."""
        return float(self.glyphs[-1]["x1"])

    @property
    def top(self) -> float:
        """The upper edge of the highest glyph."""
        return float(min(glyph["top"] for glyph in self.glyphs))

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest glyph."""
        return float(max(glyph["bottom"] for glyph in self.glyphs))

    @property
    def height(self) -> float:
        """The height of its first glyph, the measure of gaps."""
        return height(self.glyphs[0])

    @property
    def text(self) -> str:
        """The glyphs as text, a space where they stand apart; a digit smaller or higher than others is a note's."""
        notes = _notes(self.glyphs)
        parts: list[str] = []
        last = self.glyphs[0]["x0"]
        for glyph in self.glyphs:
            if glyph["x0"] - last > _WORD_GAP * height(glyph):
                parts.append(" ")
            text = str(glyph["text"])
            parts.append(raised(text) if id(glyph) in notes else text)
            last = glyph["x1"]
        return ideographs("".join(parts)).strip()

    def parts(self, gap: float) -> list[Line]:
        """The line cut wherever its glyphs stand more than ``gap`` glyph heights apart."""
        runs = [[self.glyphs[0]]]
        for before, glyph in zip(self.glyphs, self.glyphs[1:], strict=False):
            if glyph["x0"] - before["x1"] > gap * height(glyph):
                runs.append([])
            runs[-1].append(glyph)
        return [Line(run) for run in runs]


def _notes(glyphs: Sequence[Glyph]) -> set[int]:
    """The ids of the digits that are much smaller than others of the line, or raised above the digit they touch."""
    digits = [glyph for glyph in glyphs if glyph["text"].isdigit()]
    note = _NOTE * max(map(height, digits), default=0.0)
    notes = {id(glyph) for glyph in digits if height(glyph) < note}
    for one, other in pairwise(digits):
        if other["x0"] - one["x1"] <= _WORD_GAP * height(one) and _is_raised(one, other):
            notes.add(id(min(one, other, key=lambda glyph: float(glyph["bottom"]))))
    return notes


def _is_raised(one: Glyph, other: Glyph) -> bool:
    """True when one of two digits stands higher. Fonts of one size differ in what they leave under their digits."""
    tall = max(height(one), height(other))
    if abs(one["bottom"] - other["bottom"]) <= _RAISED * tall:
        return False
    return one["fontname"] == other["fontname"] or min(height(one), height(other)) < _SMALLER * tall


def height(glyph: Glyph) -> float:
    """The height of a glyph in points, never nothing."""
    return max(float(glyph["bottom"] - glyph["top"]), 1.0)


def middle(glyph: Glyph) -> tuple[float, float]:
    """The middle of a glyph: x, y."""
    return (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs gathered into lines from top to bottom; blank glyphs count for nothing."""
    printed = [glyph for glyph in glyphs if not glyph["text"].isspace()]
    runs: list[list[Glyph]] = []
    last = float("-inf")
    for glyph in sorted(printed, key=lambda glyph: (middle(glyph)[1], glyph["x0"])):
        level = middle(glyph)[1]
        if level - last > _SAME_LINE * height(glyph):
            runs.append([])
            last = level
        runs[-1].append(glyph)
    return [Line(sorted(run, key=lambda glyph: float(glyph["x0"]))) for run in runs]


def text_of(glyphs: Iterable[Glyph], width: float = float("inf")) -> str:
    """The text of a cell, its lines joined by line breaks.

    Of a cell so wide, the digits on two lines are one figure where the upper line had no room for one more.
    """
    lines = lines_of(glyphs)
    text = "".join(line.text for line in lines)
    if len(lines) > 1 and _DIGITS.fullmatch(text) and all(_is_full(line, width) for line in lines[:-1]):
        return text
    return "\n".join(line.text for line in lines)


def _is_full(line: Line, width: float) -> bool:
    digit = max(float(glyph["x1"] - glyph["x0"]) for glyph in line.glyphs)
    return line.right - line.left + digit > width - _PADDING
