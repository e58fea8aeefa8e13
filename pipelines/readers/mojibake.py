"""Text that was decoded wrongly before it reached us: UTF-8 read as another encoding and saved again."""

from __future__ import annotations

from pipelines.readers.encoding import Decoded
from pipelines.readers.kinds import Kind, Reason, Unreadable

_WORD = "政府"  # every page that matters to us has it
_FEWEST = 3
_TURNED_INTO = {
    "gb18030": (_WORD.encode().decode("gb18030"), _WORD.encode()[1:5].decode("gb18030")),  # two bytes a character
    "cp1252": (_WORD.encode().decode("cp1252"),),
    "latin-1": (_WORD.encode().decode("latin-1"),),
}


def undo(decoded: Decoded, kind: Kind) -> Decoded:
    """The text as it was before it was decoded wrongly; the same text when it was not.

    It is restored only when every character goes back exactly; ``encoding`` then says so. Raises ``Unreadable`` when
    characters were lost on the way.
    """
    for encoding, garbled in _TURNED_INTO.items():
        if not any(word[0] in decoded.text for word in garbled):  # a single character is found much faster
            continue
        if _FEWEST <= sum(map(decoded.text.count, garbled)) > decoded.text.count(_WORD):
            return _restored(decoded, encoding, kind)
    return decoded


def _restored(decoded: Decoded, encoding: str, kind: Kind) -> Decoded:
    try:
        text = decoded.text.encode(encoding).decode("utf-8")
    except UnicodeError as error:
        raise Unreadable(kind, Reason.MOJIBAKE) from error
    return Decoded(text, f"utf-8 read as {encoding}", decoded.replaced)
