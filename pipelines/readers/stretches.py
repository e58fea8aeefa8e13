"""The tags of a page before anything has parsed it: each different one once, since most of a page repeats itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator
from functools import lru_cache

_IN_A_VALUE = re.compile(rb"""=\s*+(?:"[^">]*+|'[^'>]*+)>""")
_LONGEST_DIGIT = 3  # bytes in UTF-8


@lru_cache(maxsize=1)  # the bounds of a page and its looks are asked for one after the other
def stretches(page: bytes) -> Collection[bytes]:
    """Parts of a page, each once, in one of which every tag is whole but for its end, with the text before it.

    A tag ends at the first ``>`` that is not inside the value of an attribute. Whatever may be inside one goes on in
    the same stretch, so that this holds wherever comments and scripts begin and end.
    """
    pieces = page.split(b">")
    different = frozenset(pieces)
    if _IN_A_VALUE.search(b">".join([*different, b""])) is None:
        return different
    return frozenset(_joined(pieces, {piece for piece in different if _IN_A_VALUE.search(piece + b">")}))


def _joined(pieces: Iterable[bytes], open_: Container[bytes]) -> Iterator[bytes]:
    stretch: list[bytes] = []
    for piece in pieces:
        stretch.append(piece)
        if piece not in open_:
            yield b">".join(stretch)
            stretch.clear()
    yield b">".join(stretch)


def tags_told(page: bytes) -> bytes:
    """All that the different tags of a page say, in small letters; of the text before each, its last digit is left."""
    return b">".join({*map(_without_text, stretches(page)), b""}).lower() + b">"


def _without_text(stretch: bytes) -> bytes:
    begins = stretch.find(b"<") - _LONGEST_DIGIT
    return stretch[begins:] if begins > 0 else stretch
