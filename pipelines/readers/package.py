"""The documents inside a ZIP, read in memory, one level deep, within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.readers.kinds import BROKEN_ZIP, Kind, Reason, Unreadable

MAX_MEMBERS = 200
MAX_MEMBER = 50 << 20  # bytes unpacked
MAX_TOTAL = 100 << 20  # bytes unpacked
_UTF8_NAME = 0x800
_LOCKED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a package and its name there, folders left out."""

    name: str
    data: bytes


def members(data: bytes) -> Iterator[Member]:
    """The members in the order of the package.

    Raises ``Unreadable`` when the package is damaged, locked by a password, or holds more than the bounds allow; the
    bounds are checked against what is really unpacked, whatever the package declares.
    """
    left = MAX_TOTAL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # not is_dir(): in Python 3.11 it raises IndexError for an entry without a name
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if len(entries) > MAX_MEMBERS:
                raise Unreadable(Kind.ZIP, Reason.TOO_LARGE)
            for entry in entries:
                member = _member(archive, entry, min(MAX_MEMBER, left))
                left -= len(member.data)
                yield member
    except BROKEN_ZIP as error:
        raise Unreadable(Kind.ZIP, Reason.DAMAGED) from error


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bound: int) -> Member:
    if entry.flag_bits & _LOCKED:
        raise Unreadable(Kind.ZIP, Reason.ENCRYPTED)
    with archive.open(entry) as opened:
        data = opened.read(bound + 1)
    if len(data) > bound:
        raise Unreadable(Kind.ZIP, Reason.TOO_LARGE)
    return Member(_name(entry), data)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: Chinese Windows writes GBK, which ``zipfile`` takes for code page 437."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        name = name.encode("cp437", errors="replace").decode("gb18030", errors="replace")
    return name.replace("\\", "/").rsplit("/", 1)[-1]
