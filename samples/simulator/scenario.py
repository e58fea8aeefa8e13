"""A scenario: one portal, what is particular about it, and what a right night finds there; from `scenarios/*.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from samples.simulator import dirt, hostile, shells, walls
from samples.simulator.dialect import dialects
from samples.simulator.families import serve
from samples.simulator.portal import Column, Index, Kind, Portal, Row
from samples.simulator.wire import Site

FOLDER = Path(__file__).parent / "scenarios"
WRAPPERS: dict[str, Callable[..., Site]] = {
    one.__name__: one
    for one in (
        walls.Ruishu,
        walls.Jiasule,
        walls.CookieWall,
        walls.Refuses,
        walls.Hurried,
        walls.Robots,
        walls.Fickle,
        dirt.CharsetLiar,
        dirt.GzipLiar,
        dirt.Slow,
        dirt.Stub,
        shells.Framed,
        shells.Application,
        shells.Refreshing,
        shells.Circle,
        shells.SoftMissing,
        shells.Moved,
        hostile.Calendar,
        hostile.ManyLinks,
        hostile.Chain,
        hostile.NextIsItself,
        hostile.Sitemaps,
        hostile.Bomb,
        hostile.Huge,
        hostile.LongHeader,
        hostile.Hangs,
        hostile.BadAddresses,
    )
}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Data):
    """One row of a list. What a right night keeps of it is `url`, `title`, `published_on`, `year` and `issuer`.

    `found` says whether there is a report to be found behind it; `kept_at` is its address when that is not `url`.
    """

    url: str
    title: str
    published_on: date
    issuer: str
    year: int | None = None
    is_a: Kind = "report"
    since: int = 1
    until: int = 99
    corrected: int = 99
    found: bool = True
    found_until: int = 99
    """The last night after which it is the current copy of its report."""
    kept_at: str | None = None
    moved_to: str | None = None
    """The address under which it is known from the second night on."""


class List(_Data):
    """A column of the portal."""

    name: str = "政府信息公开年报"
    path: str
    id: str = "1229114055"
    rows: tuple[Entry, ...]


class Night(_Data):
    """How a right night ends: the outcome of the visit, and its incidents as kind and path."""

    outcome: str = "complete"
    incidents: tuple[tuple[str, str], ...] | None = None
    """None where the specification does not say."""


class Scenario(_Data):
    """One scenario. `wrappers` stand round the site, the innermost first, each with its options."""

    number: str
    name: str
    says: str
    """What the specification says of it."""
    code: str
    site_name: str
    dialect: str
    change: dict[str, Any] = {}
    """What this portal has otherwise than its dialect."""
    hub: str | None = None
    annual: tuple[str, str] | None = None
    columns: tuple[List, ...]
    indexes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    wrappers: tuple[dict[str, dict[str, Any]], ...] = ()
    tls: Literal["", "legacy"] = ""
    pause: float = 0
    """The pause between two requests that a night must keep for the outcome named here."""
    first: Night = Night()
    second: Night = Night()

    def site(self) -> Site:
        """The portal, with everything that stands round it."""
        dialect = dialects()[self.dialect].model_copy(update=self.change)
        columns = tuple(_column(one) for one in self.columns)
        portal = Portal(
            code=self.code,
            site_name=self.site_name,
            columns=columns,
            annual=self.annual or (columns[0].name, columns[0].path),
            hub=self.hub or dialect.hub,
            indexes=tuple(Index(*one) for one in self.indexes),
        )
        site: Site = serve(portal, dialect)
        for wrapper in self.wrappers:
            for name, options in wrapper.items():
                site = WRAPPERS[name](site, **options)
        return site

    def golden(self, night: int) -> list[tuple[str, str, str, int, str]]:
        """The reports known after this night: path, title, date, year and issuer, in the order of these."""
        rows = (row for column in self.columns for row in column.rows)
        return sorted(
            (_place(row, night), row.title, row.published_on.isoformat(), row.year or 0, row.issuer)
            for row in rows
            if row.is_a in ("report", "pdf", "docx", "scan") and row.found and row.since <= night <= row.found_until
        )


def scenarios(folder: Path = FOLDER) -> tuple[Scenario, ...]:
    """All scenarios of a folder, in the order of their files.

    Raises ValueError naming the file when one does not fit the model.
    """
    return tuple(_load(path) for path in sorted(folder.glob("*.yaml")))


def _load(path: Path) -> Scenario:
    try:
        return Scenario.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from error


def _place(row: Entry, night: int) -> str:
    if night > 1 and row.moved_to:
        return row.moved_to
    return row.kept_at or row.url


def _column(data: List) -> Column:
    return Column(data.name, data.path, tuple(_row(entry) for entry in data.rows), data.id)


def _row(entry: Entry) -> Row:
    return Row(
        url=entry.url,
        title=entry.title,
        published_on=entry.published_on,
        issuer=entry.issuer,
        year=entry.year,
        is_a=entry.is_a,
        since=entry.since,
        until=entry.until,
        corrected=entry.corrected,
    )
