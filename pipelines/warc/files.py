"""Reading WARC files of any making (WARC 1.0 and 1.1, gzip or not): forward only, in bounded memory.

This is not done with warcio because the file is a stranger's: warcio takes lines and chunks of any length into memory,
and says nothing when a file breaks off (webrecorder/warcio#138).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pipelines.reasons import Sentence
from pipelines.warc.unpacking import PIECE, unpacked
from pipelines.warc.words import say

LONGEST_LINE = 64 * 1024
MOST_LINES = 500  # of one record's header
LENGTH = re.compile(r"[0-9]{1,18}")  # of a record or a body, in bytes; Python makes no number of thousands of digits
VERSION = re.compile(rb"WARC/\d+\.\d+\s*")


class NotWarc(Exception):
    """The file does not begin as a WARC file does."""


class BrokenOff(Exception):
    """The file cannot be read further; what came before is whole.

    ``number`` is that of the record, ``sentence`` says what to do.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.sentence: Sentence = say("breaks_off", number=number)
        super().__init__(self.sentence.en)


@dataclass(slots=True)
class Record:
    """One record: its named fields by lower-case name, and its block, which is read once or passed over.

    Args:
        number: its place in the file, from 1.
        fields: the first value of each field.
        length: of the block, in bytes.
    """

    number: int
    fields: dict[str, str]
    length: int
    _stream: BinaryIO = field(repr=False)
    _left: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._left = self.length

    @property
    def kind(self) -> str:
        """``response``, ``revisit``, ``warcinfo`` and so on; empty where the record does not say."""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address asked for; wget of old wrote it in angle brackets."""
        return self.fields.get("warc-target-uri", "").strip("<>").partition("#")[0]

    def moment(self, name: str) -> str | None:
        """A date of the record as ``utc_now`` writes moments; None without one that can be read."""
        try:
            moment = datetime.fromisoformat(self.fields.get(name, ""))
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds")

    def block(self) -> bytes:
        """All of the block; the caller has looked at its length. Raises BrokenOff when the file ends within."""
        return self._take(self._left)

    def pass_over(self) -> None:
        """Read on to the end of the block. Raises BrokenOff when the file ends before."""
        while self._left:
            self._take(min(PIECE, self._left))

    def _take(self, size: int) -> bytes:
        with _telling_where(self.number):
            data = self._stream.read(size)
            if len(data) < size:
                raise EOFError
        self._left -= size
        return data


def records(path: Path) -> Iterator[Record]:
    """The records of a file. One that was not read is passed over before the next is given.

    Raises:
        OSError: the file cannot be opened.
        NotWarc: it is something else.
        BrokenOff: it ends within a record, or is damaged there.
    """
    with unpacked(path) as stream:
        number = 1
        while (fields := _fields(stream, number)) is not None:
            record = Record(number, fields, int(fields["content-length"]), stream)
            yield record
            record.pass_over()
            number += 1
        if number == 1:
            raise NotWarc


@contextmanager
def _telling_where(number: int) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenOff(number) from error


def _fields(stream: BinaryIO, number: int) -> dict[str, str] | None:
    """The named fields of the next record; None at the end of the file."""
    with _telling_where(number):
        version = _after_blanks(stream)
        if not version:
            return None
        if not VERSION.fullmatch(version):
            if number == 1:
                raise NotWarc
            raise EOFError
        fields = _named(_lines(stream))
        if not LENGTH.fullmatch(fields.get("content-length", "")):
            raise EOFError
        return fields


def _after_blanks(stream: BinaryIO) -> bytes:
    """The first line that is not blank; two blank ones end a record, and some tools write more."""
    for _ in range(MOST_LINES):
        line = stream.readline(LONGEST_LINE)
        if line.strip() or not line:
            return line
    raise EOFError


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    for _ in range(MOST_LINES):
        line = stream.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise EOFError
        if not line.strip():
            return
        yield line
    raise EOFError


def _named(lines: Iterator[bytes]) -> dict[str, str]:
    """Fields by name. A line that begins with a space continues the one before (WARC 1.0, section 4)."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and name:
            fields[name] += f" {text.strip()}"
            continue
        said, _, value = text.partition(":")
        name = said.strip().lower()
        fields.setdefault(name, value.strip())
    return fields
