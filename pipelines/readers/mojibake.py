"""Text that was decoded wrongly before it reached us: UTF-8 read as another encoding and saved again."""

from __future__ import annotations

from pipelines.readers.encoding import Decoded
from pipelines.readers.kinds import Kind, Reason, Unreadable

_FEWEST = 5
_SIGNS = {"gb18030": ("锛", "銆"), "cp1252": ("ï¼", "ã€"), "latin-1": ("ï¼", "ã\x80")}
"""What the first bytes of full-width punctuation become in each encoding; real text hardly ever has these."""
_PUNCTUATION = ",。、:;()"


def undo(decoded: Decoded, kind: Kind) -> Decoded:
    """The text as it was before it was decoded wrongly; the same text when it was not.

    It is restored only when every character goes back exactly; ``encoding`` then says so. Raises ``Unreadable`` when
    characters were lost on the way.
    """
    for encoding, signs in _SIGNS.items():
        count = sum(map(decoded.text.count, signs))
        if count >= _FEWEST and count > sum(map(decoded.text.count, _PUNCTUATION)):
            return _restored(decoded, encoding, kind)
    return decoded


def _restored(decoded: Decoded, encoding: str, kind: Kind) -> Decoded:
    try:
        text = decoded.text.encode(encoding).decode("utf-8")
    except UnicodeError as error:
        raise Unreadable(kind, Reason.MOJIBAKE) from error
    return Decoded(text, f"utf-8 read as {encoding}", decoded.replaced)
