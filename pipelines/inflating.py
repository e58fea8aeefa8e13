"""Undoing gzip and deflate as they really come: member after member, damaged, cut short, or without end."""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b\x08"
GZIP_WINDOW = 31
WINDOWS = {
    "gzip": (GZIP_WINDOW,),
    "x-gzip": (GZIP_WINDOW,),
    "deflate": (15, -15),  # with zlib's envelope (RFC 1950), as it should be, and without (RFC 1951)
}
PIECE = 16 * 1024  # zlib copies what it is given behind the end of a member
MOST_MEMBERS = 10_000  # of one body; millions of empty ones fit into a few megabytes


def inflated(body: bytes, coding: str, limit: int) -> tuple[bytes, bool] | None:
    """The body without a coding of ``WINDOWS``, and whether it was whole; None when it is not so coded at all.

    Not much more than ``limit`` bytes come out, however many there are.
    """
    tried = (_members(body, window, limit) for window in WINDOWS[coding])
    return next((result for result in tried if result is not None), None)


def _members(body: bytes, window: int, limit: int) -> tuple[bytes, bool] | None:
    """All members of a coded body, one after the other (RFC 1952, section 2.2); what follows them is padding."""
    whole, at = bytearray(), 0
    for _ in range(MOST_MEMBERS):
        inflater = zlib.decompressobj(window)
        try:
            while not inflater.eof and at < len(body):
                piece = body[at : at + PIECE]
                whole += inflater.decompress(piece, limit + 1 - len(whole))
                at += len(piece) - len(inflater.unused_data)
                if len(whole) > limit:
                    return bytes(whole), False
        except zlib.error:
            return (bytes(whole), False) if window == GZIP_WINDOW and body.startswith(GZIP) else None
        if not inflater.eof:
            return bytes(whole), False
        if window != GZIP_WINDOW or not body.startswith(GZIP, at):
            return bytes(whole), True
    return bytes(whole), False
