"""A line on standard error that says how far a work is; nothing at all where that is no terminal."""

from __future__ import annotations

import sys
from time import monotonic

import click

_SECONDS = 0.1  # between two lines: as often as an eye can follow
_CLEAR = "\r\x1b[K"


class Progress:
    """How many of a number of things are done. ``words`` say what is done to them, in both languages."""

    def __init__(self, words: str, total: int) -> None:
        self._words = words
        self._total = total
        self._shown = 0.0
        self._visible = total > 1 and sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        """Show the number, in place of the one before."""
        if self._visible and monotonic() - self._shown > _SECONDS:
            click.echo(f"{_CLEAR}{self._words} {done}/{self._total}", nl=False, err=True)
            self._shown = monotonic()

    def clear(self) -> None:
        """Take the line away, so that something else may be written."""
        if self._visible and self._shown:
            click.echo(_CLEAR, nl=False, err=True)
            self._shown = 0.0
