"""How Word prints a run or numbers a paragraph: its own properties over its styles and theirs (ECMA-376, 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from docx.oxml.ns import qn

from pipelines.readers.marks import doubtful, is_label, raised, struck

Element = Any  # lxml's element: lxml has no types

VALUE = qn("w:val")
RUN_PROPERTIES, PARAGRAPH = qn("w:rPr"), qn("w:p")
_HIDDEN, _STRUCK, _STRUCK_TWICE, _RAISED = map(qn, ("w:vanish", "w:strike", "w:dstrike", "w:vertAlign"))
_POSITION, _COLOUR, _SIZE, _SHADE, _MARKER = map(qn, ("w:position", "w:color", "w:sz", "w:shd", "w:highlight"))
_LOOKED_AT = frozenset({_HIDDEN, _STRUCK, _STRUCK_TWICE, _RAISED, _POSITION, _COLOUR, _SIZE, _SHADE, _MARKER})
_FILL = qn("w:fill")
_OFF = frozenset({"0", "false", "off"})
_WHITE = frozenset({"FFFFFF", "AUTO", "NONE", "WHITE", ""})
_STILL_ON_THE_LINE = 2  # half points
_UNREADABLE = 4  # half points: smaller letters are dots
_Look = Mapping[str, str]


class Styles:
    """The styles of a Word file and its numberings, from the roots of their parts; None for a file without them."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = () if styles is None else _all(styles, "w:style")
        self._styles: dict[str, Element] = {style.get(qn("w:styleId"), ""): style for style in found}
        self._root = styles
        self._numbering = numbering
        self._known: dict[tuple[str | None, str | None], _Look] = {}

    def printed(self, text: str, run: Element) -> str:
        """The text of a run as Word prints it."""
        look = self._look(run)
        if _is_on(look, _HIDDEN):
            return ""
        if _is_on(look, _STRUCK) or _is_on(look, _STRUCK_TWICE):
            return struck(text)
        if look.get(_RAISED, "baseline") != "baseline" or self._is_off_its_line(run, look):
            return raised(text)
        is_faint = _number(look.get(_SIZE), _UNREADABLE) < _UNREADABLE or _is_pale(look, run)
        return doubtful(text) if is_faint and text.strip() and not is_label(text) else text

    def is_numbered(self, paragraph: Element) -> bool:
        """True for a paragraph before which Word prints a number that is not in the text."""
        number, level = self._number_of(paragraph)
        if self._numbering is None or number in (None, "0"):
            return False
        listed = _find(self._numbering, "w:num", "w:numId", number)
        kept = None if listed is None else listed.find(qn("w:abstractNumId"))
        kind = None if kept is None else _find(self._numbering, "w:abstractNum", "w:abstractNumId", kept.get(VALUE))
        found = None if kind is None else _find(kind, "w:lvl", "w:ilvl", level)
        if found is None:
            return False
        written, form = found.find(qn("w:lvlText")), found.find(qn("w:numFmt"))
        is_counted = form is None or form.get(VALUE) not in ("none", "bullet")
        return is_counted and written is not None and "%" in written.get(VALUE, "")

    def _look(self, run: Element) -> _Look:
        paragraph, properties = next(run.iterancestors(PARAGRAPH), None), run.find(RUN_PROPERTIES)
        names = (_style(paragraph, "w:pPr/w:pStyle"), _style(run, "w:rPr/w:rStyle"))
        if (look := self._known.get(names)) is None:
            of_paragraph = self._of_style(names[0] or self._default)
            look = self._known[names] = self._defaults | of_paragraph | self._of_style(names[1])
        return look if properties is None else {**look, **_said(properties)}

    @cached_property
    def _default(self) -> str | None:
        """The style of paragraphs that name none."""
        for name, style in self._styles.items():
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in _OFF:
                return name
        return None

    @cached_property
    def _defaults(self) -> dict[str, str]:
        path = "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr")))
        return _said(None if self._root is None else self._root.find(path))

    def _of_style(self, name: str | None) -> dict[str, str]:
        looks = [_said(style.find(RUN_PROPERTIES)) for style in self._line(name)]
        return {tag: value for look in reversed(looks) for tag, value in look.items()}

    def _line(self, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on; a circle of styles is gone through once."""
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            yield (style := self._styles[name])
            name = _style(style, "w:basedOn")

    def _is_off_its_line(self, run: Element, look: _Look) -> bool:
        """True for a run above or below others of its paragraph; a whole paragraph may be moved to fit its cell."""
        place = _number(look.get(_POSITION), 0)
        if abs(place) < _STILL_ON_THE_LINE or (paragraph := next(run.iterancestors(PARAGRAPH), None)) is None:
            return False
        others = (each for each in paragraph.iter(qn("w:r")) if "".join(each.itertext(qn("w:t"))).strip())
        return any(_number(self._look(each).get(_POSITION), 0) != place for each in others)

    def _number_of(self, paragraph: Element) -> tuple[str | None, str]:
        """The numbering of a paragraph, its own or its style's, and the level in it."""
        styles = self._line(_style(paragraph, "w:pPr/w:pStyle") or self._default)
        found = [
            listed
            for each in (paragraph, *styles)
            if (listed := each.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None
        ]
        number = next((value for listed in found if (value := _style(listed, "w:numId"))), None)
        return number, next((value for listed in found if (value := _style(listed, "w:ilvl"))), "0")


def _all(root: Element, name: str) -> Iterator[Element]:
    found: Iterator[Element] = root.iterchildren(qn(name))
    return found


def _find(root: Element, name: str, key: str, value: str | None) -> Element | None:
    return next((each for each in _all(root, name) if each.get(qn(key)) == value), None)


def _style(element: Element | None, path: str) -> str | None:
    """The value of an element below another, such as the name of a style."""
    found = None if element is None else element.find("/".join(map(qn, path.split("/"))))
    value: str | None = None if found is None else found.get(VALUE)
    return value


def _said(properties: Element | None) -> dict[str, str]:
    """What properties say of those that are looked at here; one without a value says yes."""
    if properties is None:
        return {}
    return {
        each.tag: each.get(_FILL if each.tag == _SHADE else VALUE, "") for each in properties if each.tag in _LOOKED_AT
    }


def _is_on(look: _Look, name: str) -> bool:
    return name in look and look[name] not in _OFF


def _number(digits: str | None, default: int) -> int:
    try:
        return int(float(digits or default))
    except (ValueError, OverflowError):
        return default


def _is_pale(look: _Look, run: Element) -> bool:
    """True for white letters on nothing darker."""
    if look.get(_COLOUR, "").upper() != "FFFFFF":
        return False
    behind = [look.get(_SHADE, ""), look.get(_MARKER, "")]
    for around in run.iterancestors(PARAGRAPH, qn("w:tc")):
        behind += [shade.get(_FILL, "") for shade in around.iterfind(f"*/{_SHADE}")]
    return all(fill.upper() in _WHITE for fill in behind)
