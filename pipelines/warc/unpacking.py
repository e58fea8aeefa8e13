"""The bytes of a file that may be gzipped, member by member as WARC files are, read forward in bounded memory."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

GZIP = b"\x1f\x8b"
PACKED = 16 * 1024
PIECE = 1024 * 1024


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """The file as it would be without gzip. What reads it may raise EOFError or zlib.error where it is damaged."""
    with path.open("rb") as file:
        if file.peek(len(GZIP)).startswith(GZIP):
            yield io.BufferedReader(_Members(file), PACKED)
        else:
            yield file


class _Members(io.RawIOBase):
    """The members of a gzip file as one stream.

    Python's own reader gives data out before it has seen the checksum behind it, and then cannot tell damage in one
    member from damage in the next. Here a member that fits in a piece is checked before any of it is given out.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflater: zlib._Decompress | None = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower: we are only read through
        """Fill the buffer as far as there is data; 0 at the end."""
        while not self._ready:
            if not self._inflate():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _inflate(self) -> bool:
        """Inflate the next piece; False at the end of the file."""
        packed = self._packed or self._file.read(PACKED)
        if not packed:
            if self._inflater is not None:
                raise EOFError
            return False
        inflater = self._inflater or zlib.decompressobj(31)
        self._ready = memoryview(inflater.decompress(packed, PIECE))
        self._inflater = None if inflater.eof else inflater
        self._packed = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        return True
