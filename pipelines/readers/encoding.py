"""Decoding by trial: portals declare the wrong charset so often that only the bytes are believed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and how many characters could not be decoded."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes) -> Decoded:
    """Decode as UTF-8 and as GB18030 and keep what has fewer undecodable characters; a byte-order mark decides."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decode(data, encoding)
    utf8 = _decode(data, "utf-8")
    if not utf8.replaced:
        return utf8
    return min(utf8, _decode(data, "gb18030"), key=lambda decoded: decoded.replaced)


def _decode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))
