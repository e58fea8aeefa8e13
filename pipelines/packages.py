"""The report inside a package of documents, and what else there is in it: nothing of a package is left in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from pipelines.identity import Provenance
from pipelines.readers import TIME_LIMIT, Kind, Reason, Unreadable, members, sniff

if TYPE_CHECKING:
    from pipelines.reading import Reading

ReadMember = Callable[[bytes, Kind, Provenance, float], "Reading"]
"""Reads one document of a package within so many seconds; a document that cannot be read is a reading too."""


def read_package(data: bytes, provenance: Provenance, read_member: ReadMember) -> Reading:
    """The first member with figures; else the first report in words; else the first report that could not be read.

    A member's name may be its title. ``others`` of the reading are the names of members with other figures, and of
    those that were not opened: packages, and whatever there was no time for.

    Raises:
        Unreadable: no member is a report; or the package is damaged, locked or too large.
    """
    deadline = monotonic() + TIME_LIMIT
    readings: list[tuple[str, Reading]] = []
    unopened: dict[str, Reason] = {}
    for member in members(data):
        kind, seconds = sniff(member.data), deadline - monotonic()
        if kind is Kind.ZIP or seconds <= 0:
            unopened[member.name] = Reason.NESTED if kind is Kind.ZIP else Reason.TOO_SLOW
            continue
        named = replace(provenance, list_title=provenance.list_title or member.name)
        readings.append((member.name, read_member(member.data, kind, named, seconds)))
    reports = sorted(((name, reading) for name, reading in readings if reading.refusal is None), key=_rank)
    if not reports:
        raise Unreadable(Kind.ZIP, next(iter(unopened.values()), Reason.NOTHING_INSIDE))
    _, taken = reports[0]
    taken.others = [name for name, reading in reports[1:] if reading.observations and not _same(reading, taken)]
    taken.others += unopened
    return taken


def _rank(report: tuple[str, Reading]) -> int:
    _, reading = report
    return 0 if reading.observations else 2 if reading.unreadable else 1


def _same(one: Reading, other: Reading) -> bool:
    """True for the same report in two files, as publishers add a PDF to a DOC."""
    return _told(one) == _told(other)


def _told(reading: Reading) -> object:
    figures = {key: (o.value, o.status) for key, o in reading.observations.items()}
    return reading.identity.report_year, reading.identity.body_name, figures
