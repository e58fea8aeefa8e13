"""The text that a part of a Word file prints: none that is deleted, moved or hidden, and marks for what is no text."""

from __future__ import annotations

from docx.oxml.ns import qn

from pipelines.readers.marks import doubtful, raised
from pipelines.readers.word_styles import Element, Styles

GONE = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr")))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = qn("w:txbxContent")
_NOTHING = GONE | {BOX, FALLBACK}
_RUN, _TEXT, _SYMBOL = map(qn, ("w:r", "w:t", "w:sym"))
_READING, _FIELD, _SIMPLE_FIELD, _SAID = map(qn, ("w:rt", "w:instrText", "w:fldSimple", "w:instr"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}


def printed_text(element: Element, styles: Styles) -> str:
    """The visible text of an element, text boxes left out, which are blocks.

    What is no plain text has the marks of ``pipelines.readers.marks``: raised, struck, a symbol or a formula.
    """
    if (alone := _alone(element)) is not None:
        return alone
    text = "".join(printed_text(child, styles) for child in element)
    if element.tag == _SIMPLE_FIELD:
        return _drawn(element.get(_SAID, "")) + text
    if element.tag == _READING:
        return raised(text)
    return styles.printed(text, element) if text and element.tag == _RUN else text


def _alone(element: Element) -> str | None:
    """What an element prints whatever is round it; None for one that prints what is inside it."""
    if element.tag in _BREAKS:
        return _BREAKS[element.tag]
    if element.tag in _NOTHING:
        return ""
    if element.tag in (_SYMBOL, _FORMULA):
        return doubtful("".join(element.itertext()))
    if element.tag == _FIELD:
        return _drawn(element.text or "")
    return element.text or "" if element.tag == _TEXT else None


def _drawn(field: str) -> str:
    """What a field draws by itself and not as its result: a formula."""
    words = field.split(maxsplit=1)
    return doubtful(words[-1].strip()) if words and words[0].upper() == "EQ" else ""
