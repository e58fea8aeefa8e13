"""Decoding by trial: portals declare the wrong charset so often that the bytes are believed before a declaration."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_MARK, _REPLACED = "\ufeff", "\ufffd"
_START = 4096  # bytes that tell whether two make a character
_FEWEST_ZEROS = 0.02  # of the characters: digits, line ends and markup, whose upper byte is zero
_EXPECTED = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\ufeff\uff00-\uffef]")
_MOST_UNEXPECTED = 0.1
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(big5(?:-hkscs)?|shift_jis|euc-kr|euc-jp)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and how many characters could not be decoded.

    ``utf8`` are the bytes it was decoded from where they are, one by one, what it would be encoded to.
    """

    text: str
    encoding: str
    replaced: int
    utf8: bytes | None = None


def decode(data: bytes) -> Decoded:
    """Decode as UTF-8 where most of what is not ASCII decodes so, else as UTF-8 or GB18030, whichever fails less.

    Two bytes a character are told by their mark or their zeros, and a page that declares an encoding of another
    country has it tried too. Text in GB18030 hardly ever decodes as UTF-8, while UTF-8 with a few corrupt bytes often
    decodes as GB18030 nonsense without an error; so UTF-8 is favoured. The mark of UTF-8 is dropped and not believed:
    it also stands before GB18030, and inside the text where an include began.
    """
    if wide := wide_encoding(data):
        return _decode(data, wide)
    data = data.removeprefix(codecs.BOM_UTF8)
    utf8 = _decode(data, "utf-8")
    if not utf8.replaced or 2 * utf8.replaced < sum(character > "\x7f" for character in utf8.text):
        return utf8
    declared = _DECLARED.search(data, 0, _START)
    others = [_decode(data, encoding) for encoding in (*([declared[1].decode()] if declared else []), "gb18030")]
    return min(utf8, *others, key=lambda decoded: decoded.replaced)


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 that these bytes are: by their mark, or because every second byte is zero where text has ASCII."""
    marked = _MARKS.get(data[:2])
    start = data[: min(_START, len(data) // 2 * 2)]
    if marked or b"\0" not in start:
        return marked
    low, high = start[1::2].count(0), start[0::2].count(0)
    if max(low, high) < _FEWEST_ZEROS * len(start) / 2:
        return None
    encoding = "utf-16-le" if low > high else "utf-16-be"
    text = start.decode(encoding, errors="replace")
    return encoding if len(text) - len(_EXPECTED.findall(text)) <= _MOST_UNEXPECTED * len(text) else None


def _decode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    replaced = text.count(_REPLACED) if _REPLACED in text else 0  # finding nothing takes less than counting nothing
    if _MARK in text:
        return Decoded(text.replace(_MARK, ""), encoding, replaced)
    return Decoded(text, encoding, replaced, None if replaced or encoding != "utf-8" else data)
