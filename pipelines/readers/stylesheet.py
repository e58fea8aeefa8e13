"""What the ``<style>`` elements of a page and its style attributes say of its elements; no file elsewhere is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipelines.readers.looks import Declared, Look, Values, Word, declared, has_ground, looks, touched

_LARGEST = 500_000  # characters of style sheets in one page
_MOST_RULES = 500  # that may matter to one look: each is looked for in the whole page
_MOST_MATCHES = 50_000  # of elements and such rules
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACES = re.compile(r"([{}])")
_ID, _CLASS, _NAME = re.compile(r"#[\w-]"), re.compile(r"[.\[:][\w-]"), re.compile(r"(?:^|[\s>+~])[a-zA-Z]")
_ON_SCREENS = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"@media\s+print\s*$|@(?!media|supports|layer|container)", re.IGNORECASE)
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^()]*\))?")
_WRITES = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_OF_OTHER_TEXT = re.compile(r"::(?!first-)|:(?:before|after)$", re.IGNORECASE)
_FIGURES = re.compile(r"\d|counter|attr\(")
_ATTRIBUTE = re.compile(r"attr\(\s*([\w-]+)[^)]*\)")
FRAME = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
_NOTHING = LexborHTMLParser("")

Rank = tuple[bool, bool, int, int, int, int]  # important, in the element itself, ids, classes, names, place
Said = tuple[Rank, str, str]  # rank, property, value


class Rule(NamedTuple):
    """One selector with what it declares, the looks this gives, and whether that holds on some screens only."""

    selector: str
    place: int
    said: Declared
    looks: frozenset[Look]
    may_look: frozenset[Look]
    on_some: bool

    def rank(self, important: bool) -> Rank:
        """The place of a declaration in the cascade."""
        ids, classes, names = (len(pattern.findall(self.selector)) for pattern in (_ID, _CLASS, _NAME))
        return important, False, ids, classes, names, self.place


class Styles:
    """What its ``sheet`` and attributes tell the elements of a page; ``overwhelmed`` if that is too much to search."""

    def __init__(self, tree: LexborHTMLParser, *, has_sheets: bool) -> None:
        assert tree.root is not None  # lexbor makes an element html of everything
        self._root = tree.root
        sheets = tree.css("style") if has_sheets else ()
        self.sheet = "".join(node.text(deep=True) for node in sheets)[:_LARGEST]
        self.overwhelmed = len(self.sheet) == _LARGEST
        self._rules = _rules(self.sheet) if self.sheet else ()

    def looking(self, words: Collection[Word]) -> Iterator[tuple[LexborNode, Values]]:
        """The elements of which one of these words is said, with what the cascade says of them."""
        if not words:
            return
        wanted, props = {word.look for word in words}, touched(words)
        rules = [rule for rule in self._rules if not rule.on_some and rule.said.keys() & props]
        telling = (rule for rule in rules if rule.may_look & wanted)
        yield from self._told([name for word in words for name in word.names], rules, telling)

    def saying(self, prop: str, beginning: str = "") -> Iterator[tuple[LexborNode, Values]]:
        """The elements of which a property is said, by a rule with a value of this beginning, and all that is said."""
        rules = [rule for rule in self._rules if not rule.on_some and prop in rule.said]
        telling = [rule for rule in rules if rule.said[prop][0].startswith(beginning)]
        yield from self._told([prop.partition("-")[0]], rules, telling)

    def _told(
        self, names: Iterable[str], rules: Sequence[Rule], telling: Iterable[Rule]
    ) -> Iterator[tuple[LexborNode, Values]]:
        """The elements that a style attribute with these names, or a telling rule, speaks of; all rules have a say."""
        styled = ", ".join(f"[style*='{name}' i]" for name in names)
        nodes = {node.mem_id: node for node in self._root.css(styled)}
        hit = {node.mem_id: node for _, found in self._matches(telling) for node in found}
        said = _cascade(self._matches(rules), hit) if hit else {}
        for key, node in (nodes | hit).items():
            yield node, _last_words([*said.get(key, ()), *_own(node)])

    def unsure(self) -> Iterator[LexborNode]:
        """The elements that some screens show otherwise, or of which a rule speaks that cannot be read."""
        writing = (rule for rule in self._rules if _FIGURES.search(rule.said.get("content", ("", False))[0]))
        beside = [
            rule._replace(selector=_WRITES.sub("", rule.selector)) for rule in writing if _WRITES.search(rule.selector)
        ]
        telling = [rule for rule in self._rules if rule.looks and not _OF_OTHER_TEXT.search(rule.selector)]
        clever = [rule for rule in telling if _found(_NOTHING, rule.selector) is None]
        plainer = [rule._replace(selector=_PSEUDO.sub("", rule.selector)) for rule in clever]
        for rule, found in self._matches(beside):
            yield from (node for node in found if _writes_a_figure(rule.said["content"][0], node))
        for _, found in self._matches([*(rule for rule in telling if rule.on_some), *plainer]):
            yield from (node for node in found if node.tag not in FRAME)

    def _matches(self, rules: Iterable[Rule]) -> Iterator[tuple[Rule, list[LexborNode]]]:
        """Each rule with the elements it is about, as long as they are not more than can be looked at."""
        left = _MOST_MATCHES
        for number, rule in enumerate(rules, 1):
            found = _found(self._root, rule.selector) or []
            left -= len(found)
            if number > _MOST_RULES or left < 0:
                self.overwhelmed = True
                return
            yield rule, found

    def is_on_colour(self, node: LexborNode | None) -> bool:
        """True for an element on a ground that is not as white as paper."""
        while node is not None:
            if node.mem_id in self._coloured:
                return True
            node = node.parent
        return False

    @cached_property
    def _coloured(self) -> set[int]:
        own = self._root.css("[style*='background' i], [bgcolor], [background]")
        grounds = (rule for rule in self._rules if has_ground(_values(rule.said)))
        told = {node.mem_id for _, found in self._matches(grounds) for node in found}
        return told | {node.mem_id for node in own if _has_ground(node)}


def _values(said: Declared) -> Values:
    return {prop: value for prop, (value, _) in said.items()}


def _writes_a_figure(content: str, node: LexborNode) -> bool:
    """Whether what a rule writes beside an element holds a figure; pages for telephones write the head of each cell."""
    attributes = node.attributes
    written = _ATTRIBUTE.sub(lambda attribute: attributes.get(attribute[1]) or "", content)
    return _FIGURES.search(written) is not None


def _has_ground(node: LexborNode) -> bool:
    attributes = node.attributes
    ground = {"background": attributes.get("bgcolor") or ("picture" if attributes.get("background") else "none")}
    return has_ground(ground | {prop: value for _, prop, value in _own(node)})


def _cascade(matches: Iterable[tuple[Rule, list[LexborNode]]], nodes: Collection[int]) -> dict[int, list[Said]]:
    said: dict[int, list[Said]] = {key: [] for key in nodes}
    for rule, found in matches:
        told = [(rule.rank(important), prop, value) for prop, (value, important) in rule.said.items()]
        for node in found:
            if node.mem_id in said:
                said[node.mem_id] += told
    return said


def _own(node: LexborNode) -> Iterator[Said]:
    for prop, (value, important) in declared(node.attributes.get("style") or "").items():
        yield (important, True, 0, 0, 0, 0), prop, value


def _last_words(said: Iterable[Said]) -> Values:
    return {prop: value for _, prop, value in sorted(said)}


@lru_cache(maxsize=1 << 4)  # the pages of a portal have one sheet
def _rules(sheet: str) -> tuple[Rule, ...]:
    return tuple(_rules_of(_COMMENT.sub("", sheet)))


def _rules_of(sheet: str) -> Iterator[Rule]:
    """The rules of a sheet that speak of a look, those in blocks for screens among them."""
    blocks: list[str] = []
    before = ""
    for place, part in enumerate(_BRACES.split(sheet)):
        if part == "{":
            blocks.append(before.rpartition(";")[2].strip())
        elif part == "}" and blocks:
            selectors = blocks.pop()
            if "@" not in selectors and not any(map(_ELSEWHERE.match, blocks)) and (said := declared(before)):
                told, may = looks(_values(said)), looks(_values(said), generously=True)
                on_some = not all(map(_ON_SCREENS.match, blocks))
                yield from (Rule(each.strip(), place, said, told, may, on_some) for each in selectors.split(","))
        before = "" if part in ("{", "}") else part


def _found(within: LexborNode | LexborHTMLParser, selector: str) -> list[LexborNode] | None:
    """What a selector finds; nothing for a state such as ``:hover``, and None for one that lexbor does not know."""
    try:
        return within.css(selector) if selector.strip() else None
    except SelectolaxError:
        return None
