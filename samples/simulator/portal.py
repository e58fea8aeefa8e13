"""What a simulated portal holds, whatever program serves it: its columns, their rows, and who each report is of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["report", "pdf", "docx", "scan", "cut", "other", "elsewhere", "broken"]
"""What is behind a row: a report on its page, or only as PDF, as Word file, as a picture; a page that breaks off; a
page that is no report; an address on another host; nothing."""


@dataclass(frozen=True)
class Row:
    """One row of a list and the page behind it.

    `url` is the path with its query. `since` and `until` are the first and the last night on which the row is there;
    from the night `corrected` on, the report has other figures.
    """

    url: str
    title: str
    published_on: date
    issuer: str = ""
    year: int | None = None
    is_a: Kind = "report"
    since: int = 1
    until: int = 99
    corrected: int = 99
    salt: str = ""
    """What else the figures follow from, where bodies of one name stand for different ones."""

    def at(self, url: str) -> Row:
        """The same row with this address."""
        return replace(self, url=url)

    def seed(self, night: int) -> str:
        """What the figures follow from: the same body has the same figures wherever its report stands."""
        return f"{self.salt}{self.issuer}{' corrected' if night >= self.corrected else ''}"


@dataclass(frozen=True)
class Column:
    """One list of rows, newest first, as its program pages it. `id` is what its program calls it."""

    name: str
    path: str
    rows: tuple[Row, ...]
    id: str = "1229114055"

    def on(self, night: int) -> Column:
        """The column as it is on this night."""
        return replace(self, rows=tuple(row for row in self.rows if row.since <= night <= row.until))


@dataclass(frozen=True)
class Index:
    """A page that only leads on: to columns by level or by year, or to further such pages."""

    name: str
    path: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Portal:
    """One portal: the division's code, the name of its site, and where things are.

    `annual` is the label and the path that the statutory left column of the hub gives for annual reports.
    """

    code: str
    site_name: str
    columns: tuple[Column, ...]
    annual: tuple[str, str]
    hub: str = "/zfxxgk/"
    indexes: tuple[Index, ...] = ()
