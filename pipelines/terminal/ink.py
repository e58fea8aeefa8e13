"""Colour on a terminal, and how wide a text stands there."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache, partial
from typing import TextIO

import click


class Ink(StrEnum):
    """What a text is, from which its colour follows. A sign beside it says the same to those who see none."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    FAILING = "failing"
    DOUBTFUL = "doubtful"
    HOLDING = "holding"


_STYLES: dict[Ink, Callable[[str], str]] = {
    Ink.PLAIN: str,
    Ink.STRONG: partial(click.style, bold=True),
    Ink.FAINT: partial(click.style, dim=True),
    Ink.FAILING: partial(click.style, fg="red", bold=True),
    Ink.DOUBTFUL: partial(click.style, fg="yellow"),
    Ink.HOLDING: partial(click.style, fg="green"),
}


def colourful(stream: TextIO) -> bool:
    """Whether to write in colour: to a terminal, unless NO_COLOR (no-color.org) or a dumb terminal forbids it."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, ink: Ink) -> str:
    """The text with the control characters of its colour."""
    return _STYLES[ink](text)


def width(text: str) -> int:
    """How many columns a text takes: an ideograph and a full-width mark take two (Unicode annex 11), an accent none."""
    return sum(map(_width, text))


@lru_cache(maxsize=1 << 12)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns. Chinese breaks anywhere, a word or a number only when it must."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and width(lines[-1]) + width(word) > columns:
            lines.append("")
        for piece in [word] if width(word) <= columns else word:
            if lines[-1] and width(lines[-1]) + width(piece) > columns:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """Runs of narrow characters up to and including a space, and every wide character by itself."""
    word = ""
    for character in text:
        if _width(character) == 2:
            if word:
                yield word
            word = ""
            yield character
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word
