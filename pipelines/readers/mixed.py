"""Cells whose digits stand in parts that look unlike: nobody knows then whether they are one figure.

Word and WPS part the digits of a figure for their own reasons, with other fonts, languages or bold on each. That is no
likeness lost. Another class, a link, an element that is none of theirs, or a much smaller letter is.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from pipelines.readers.looks import declared
from pipelines.readers.marks import DOUBTFUL, is_label

_INLINE = rb"(?!/?(?i:t[dhr]|br|p|div)[\s>/])"
_TAG = rb"<" + _INLINE + rb"[^<>]*>"
_BEGINNING = rb"<(?:(?<=[0-9;]<)|(?<=\xef\xbc[\x90-\x99]<))" + _INLINE  # the letter is looked for at once
_TRACE = re.compile(_BEGINNING + rb"[^<>]*>(?:" + _TAG + rb")*(?:[0-9]|\xef\xbc|&#)")
_FIRST_TRACE = re.compile(_BEGINNING)
_DIGIT = re.compile(r"\d")
_PLAIN_TAGS = frozenset({"span", "font", "b", "strong", "i", "em", "u", "ins", "a", "p", "div", "center", "nobr"})
_PLAIN_TAGS |= {"sup", "sub", "rt", "ruby", "s", "del", "strike"}  # what is raised or struck has marks of its own
_PLAIN_TAGS |= {"small", "big", "section", "label", "bdi", "tt", "o:p", "st1:chmetcnv", "st1:chsdate"}
_PLAIN_CLASS = re.compile(r"(?:Mso(?!Footnote|Endnote|Comment)\w*|font\d+|xl\d+|\d+|GramE|SpellE)")
_SIZE = re.compile(r"(\d*\.?\d+)([a-z%]+)")
_UNITS = {"px": 1.0, "pt": 4 / 3, "mm": 3.78, "cm": 37.8, "in": 96.0, "rem": 16.0}
_OF_PARENT = {"em": 1.0, "%": 0.01}
_NAMED = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0}
_BY_TAG = {"small": "83%", "big": "120%"}
_FONT_SIZES = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "-1": "83%", "-2": "65%"}
_USUAL = 14.0  # pixels high: the letters of tables on these portals
_MOST_PARTS = 20  # of one figure
_MUCH_SMALLER = 0.75  # a note's mark has two thirds of the height of a figure


def has_trace(markup: bytes, told: bytes) -> bool:
    """True where nothing but tags of no line parts two digits of a page; ``told`` is what its different tags say."""
    return _FIRST_TRACE.search(told) is not None and _TRACE.search(markup) is not None


def is_mixed(cell: LexborNode) -> bool:
    """True for a cell of no label, and not yet doubtful, whose digits stand in parts that look unlike."""
    parts = [
        node for node in cell.traverse(include_text=True) if node.is_text_node and _DIGIT.search(node.text(deep=False))
    ]
    if len(parts) < 2 or is_label(text := cell.text(deep=True)) or DOUBTFUL[0] in text:
        return False
    if len(parts) > _MOST_PARTS:
        return True
    chains = [_chain(part, cell) for part in parts]
    sizes = [_size(chain) for chain in chains]
    return len({_oddities(chain) for chain in chains}) > 1 or min(sizes) <= _MUCH_SMALLER * max(sizes)


def _chain(text: LexborNode, cell: LexborNode) -> list[LexborNode]:
    """The elements round a text, from the outermost in its cell to the innermost."""
    chain: list[LexborNode] = []
    node = text.parent
    while node is not None and node.mem_id != cell.mem_id:
        chain.append(node)
        node = node.parent
    return chain[::-1]


def _oddities(chain: list[LexborNode]) -> frozenset[str]:
    """What in these elements is no noise of a word processor."""
    odd: set[str] = set()
    for node in chain:
        attributes, tag = node.attributes, node.tag or ""
        if tag not in _PLAIN_TAGS:
            odd.add(tag)
        if tag == "a" and "href" in attributes:
            odd.add(f"link {attributes['href']}")
        odd.update(name for name in (attributes.get("class") or "").split() if not _PLAIN_CLASS.fullmatch(name))
        if (float_ := declared(attributes.get("style") or "").get("float", ("none", False))[0]) != "none":
            odd.add(float_)
    return frozenset(odd)


def _size(chain: list[LexborNode]) -> float:
    """The height of letters in pixels, as these elements say."""
    size = _USUAL
    for node in chain:
        attributes = node.attributes
        said = declared(attributes.get("style") or "").get("font-size", ("", False))[0]
        size = _pixels(said or _FONT_SIZES.get(attributes.get("size") or "") or _BY_TAG.get(node.tag or "", ""), size)
    return size


def _pixels(said: str, around: float) -> float:
    if (found := _SIZE.fullmatch(said)) is None:
        return _NAMED.get(said, around)
    number, unit = float(found[1]), found[2]
    return number * (_UNITS[unit] if unit in _UNITS else _OF_PARENT.get(unit, 0) * around) or around
