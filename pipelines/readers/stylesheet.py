"""What the ``<style>`` elements of a page hide: plain rules alone, no media queries and no file elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_LARGEST = 500_000  # characters of style sheets in one page
_MOST_SELECTORS = 200  # each is looked for in the whole page
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACES = re.compile(r"([{}])")
_DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*([\w-]+)\s*(!\s*important)?", re.IGNORECASE)
_ID, _CLASS, _NAME = re.compile(r"#[\w-]"), re.compile(r"[.\[:][\w-]"), re.compile(r"(?:^|[\s>+~])[a-zA-Z]")

Rank = tuple[bool, int, int, int, int]  # important, ids, classes, names, place: the cascade's order


def hidden_by_sheet(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The elements whose last word on ``display``, by the cascade of the page's own sheets, is ``none``.

    An element that says otherwise in its own ``style`` is shown.
    """
    sheet = "".join(node.text(deep=True) for node in tree.css("style"))[:_LARGEST]
    said: dict[int, tuple[Rank, bool, LexborNode]] = {}
    rules = list(_display_rules(_COMMENT.sub("", sheet)))
    if any(hides for _, _, hides in rules):
        for selector, rank, hides in rules[:_MOST_SELECTORS]:
            for node in _found(tree, selector):
                if node.mem_id not in said or said[node.mem_id][0] < rank:
                    said[node.mem_id] = rank, hides, node
    for _, hides, node in said.values():
        if hides and not _DISPLAY.search(node.attributes.get("style") or ""):
            yield node


def _display_rules(sheet: str) -> Iterator[tuple[str, Rank, bool]]:
    """Each selector of a rule on ``display`` with its rank and whether it hides."""
    for place, (selectors, declarations) in enumerate(_rules(sheet)):
        for word, important in _DISPLAY.findall(declarations)[-1:]:
            for selector in map(str.strip, selectors.split(",")):
                ids, classes, names = (len(pattern.findall(selector)) for pattern in (_ID, _CLASS, _NAME))
                yield selector, (bool(important), ids, classes, names, place), word.lower() == "none"


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that stand in no block of an at-rule."""
    depth, before, selectors = 0, "", ""
    for part in _BRACES.split(sheet):
        if part == "{":
            selectors, depth = (before.rpartition(";")[2] if depth == 0 else selectors), depth + 1
        elif part == "}":
            if depth == 1 and "@" not in selectors:
                yield selectors, before
            depth, before = max(depth - 1, 0), ""
        else:
            before = part


def _found(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """What a selector finds; nothing for one that lexbor does not know, and so no state such as ``:hover``."""
    try:
        return tree.css(selector) if selector else []
    except SelectolaxError:
        return []
