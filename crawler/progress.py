"""How far a night is, for a person at a terminal or for a log."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click
from sqlite_utils import Database

from pipelines import ledger


class Progress:
    """A progress bar over the portals of a run; plain lines where there is no terminal.

    Reads the ledger, which the crawl process writes.
    """

    def __init__(self, db: Database, run_id: int) -> None:
        self._db = db
        self._run_id = run_id
        self._shown = 0
        self._total = sum(ledger.outcomes(db, run_id).values())
        self._bar: Any = None
        if sys.stdout.isatty():
            self._bar = click.progressbar(length=self._total, label="访问网站 Visiting portals", show_pos=True)
        self.interval = 0.2

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.__enter__()
        self.update()
        return self

    def __exit__(self, *exception: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.update()
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def update(self) -> None:
        """Show what the ledger says now."""
        done = self._total - ledger.outcomes(self._db, self._run_id).get(None, 0)
        if done == self._shown:
            return
        if self._bar is not None:
            self._bar.update(done - self._shown)
        else:
            click.echo(f"已访问 {done}/{self._total} 个网站 Visited {done} of {self._total} portals")
        self._shown = done
