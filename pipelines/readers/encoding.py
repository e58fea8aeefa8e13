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
    """Decode as UTF-8 where most of what is not ASCII decodes so, else as UTF-8 or GB18030, whichever fails less.

    A byte-order mark decides at once. Text in GB18030 hardly ever decodes as UTF-8, while UTF-8 with a few corrupt
    bytes often decodes as GB18030 nonsense without an error; so UTF-8 is favoured.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decode(data, encoding)
    utf8 = _decode(data, "utf-8")
    if not utf8.replaced or 2 * utf8.replaced < sum(character > "\x7f" for character in utf8.text):
        return utf8
    return min(utf8, _decode(data, "gb18030"), key=lambda decoded: decoded.replaced)


def _decode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))
