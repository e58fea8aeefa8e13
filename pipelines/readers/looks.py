"""What a style declaration makes of a text: one table of words, for style attributes and style sheets alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Look(StrEnum):
    """How a text looks that is not plain: gone, struck, off its line, shown by some, as pale as paper, or too small."""

    HIDDEN = "hidden"
    STRUCK = "struck"
    RAISED = "raised"
    DOUBTFUL = "doubtful"
    PALE = "pale"
    TINY = "tiny"


Values = Mapping[str, str]  # property → value, both in small letters
Declared = dict[str, tuple[str, bool]]  # property → value, and whether it is important

_ALIASES = {
    "font": "font-size",
    "text-decoration-line": "text-decoration",
    "background-color": "background",
    "background-image": "background",
    "-webkit-text-fill-color": "color",
    "-webkit-transform": "transform",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "max-width": "width",
    "max-height": "height",
}
_END = r"(?![\w.%])"
_ZERO = rf"-?(?:0+(?:\.0*)?|\.0+)(?:px|pt|r?em|%)?{_END}"
_POINTS = r"(?:[2-9]|[1-9]\d+|1\.[5-9])[\d.]*(?:px|pt)"  # a shift by less sets right where a font stands
_OFF = rf"[-+]?(?:{_POINTS}|0?\.?0*[1-9][\d.]*(?:r?em|ex|mm|cm|in|%)){_END}"
_TINY = (  # pages for telephones have a hundred points to the rem
    r"(?:[0-2]?(?:\.\d+)?(?:px|pt)|0?\.[0-2]\d*em|0?\.0[0-4]?\d*rem|1?\d?(?:\.\d+)?%"
    rf"|(?:0+(?:\.0*)?|\.0+)(?:r?em)?){_END}"
)
_PAPER = (
    rf"(?:(?:white|snow|#fff|#f[0-9a-f]f[0-9a-f]f[0-9a-f]){_END}"
    r"|rgba?\(\s*(?:2[45]\d[\s,]{1,9}){2}2[45]\d|hsla?\([^)]{0,50}\b100%\s*[,/)])"
)
_CLEAR = (
    rf"(?:(?:transparent|#[0-9a-f]{{6}}00|#[0-9a-f]{{3}}0){_END}"
    r"|(?:rgb|hsl)a\([^),]{0,9},[^),]{0,9},[^),]{0,9},\s*0?(?:\.0*)?%?\s*\)|(?:rgb|hsl)a?\([^)]{0,50}/\s*0?(?:\.0*)?%?\s*\))"
)
_NO_GROUND = re.compile(rf"none|inherit|initial|unset|{_CLEAR}|{_PAPER}")
_LENGTH = r"(?:\d*\.)?\d+(?:px|pt|r?em|%|mm|cm|in)|0(?=[\s/])"
_SIZE_OF_ITS_OWN = re.compile(
    rf"(?!{_TINY})[\d.]+(?:px|pt|pc|mm|cm|in|rem)(?!\w)|(?:xx?-)?(?:small|large)(?!\w)|medium|initial"
)
_SIZE = re.compile(rf"(?:^|\s)({_LENGTH}|(?:xx?-)?(?:small|large)(?:er)?|medium)")


class Word(NamedTuple):
    """A value of a property and the look it gives.

    Its ``traces`` find it in a page in small letters, where the name and the colon before each stand at all.
    """

    prop: str
    value: re.Pattern[str]
    look: Look
    names: tuple[str, ...]
    traces: tuple[tuple[bytes, re.Pattern[bytes]], ...]


_ONLY_WITH = {  # what a property does nothing without
    **dict.fromkeys(("top", "bottom", "left", "right"), ("position", re.compile("relative"))),
    **dict.fromkeys(("width", "height"), ("overflow", re.compile(r"(?:[a-z]{1,9}\s+)?(?:hidden|clip)"))),
}


def _names(prop: str) -> tuple[str, ...]:
    return prop, *(alias for alias, known in _ALIASES.items() if known == prop)


def _word(prop: str, value: str, look: Look) -> Word:
    need, needed = _ONLY_WITH.get(prop, (prop, re.compile(value)))
    said = {name: r"(?:[^;{}<>]{0,99}\s)?" if name == "font" else "" for name in _names(need)}
    traces = {name: rf"{name}\s*:\s*{before}(?:{needed.pattern})" for name, before in said.items()}
    found = tuple((f"{name}:".encode(), re.compile(trace.encode())) for name, trace in traces.items())
    return Word(prop, re.compile(value), look, _names(prop), found)


WORDS = (
    _word("display", "none", Look.HIDDEN),
    _word("visibility", "hidden|collapse", Look.HIDDEN),
    _word("text-decoration", r"(?:[^;{}<>]{0,99}\s)?line-through", Look.STRUCK),
    _word("vertical-align", f"su(?:per|b){_END}|{_OFF}", Look.RAISED),
    _word("mso-text-raise", _OFF, Look.RAISED),
    _word("mso-hide", "all", Look.DOUBTFUL),
    _word("opacity", rf"(?:0+(?:\.0\d*)?|\.0\d*)%?{_END}", Look.DOUBTFUL),
    _word("font-size", _TINY, Look.TINY),
    _word("text-indent", r"-\d{3}", Look.DOUBTFUL),
    _word("position", "absolute|fixed", Look.DOUBTFUL),
    _word("clip", r"rect\(", Look.DOUBTFUL),
    _word("clip-path", r"(?!none|unset|initial)[a-z]", Look.DOUBTFUL),
    _word("transform", r"(?!none|unset|initial)[a-z]", Look.DOUBTFUL),
    _word("filter", r"[^;{}<>]{0,99}opacity\s*[(=]\s*0", Look.DOUBTFUL),
    _word("unicode-bidi", "(?:bidi|isolate)-override", Look.DOUBTFUL),
    _word("color", _CLEAR, Look.DOUBTFUL),
    _word("color", _PAPER, Look.PALE),
    _word("top", _OFF, Look.RAISED),
    _word("bottom", _OFF, Look.RAISED),
    _word("left", _OFF, Look.DOUBTFUL),
    _word("right", _OFF, Look.DOUBTFUL),
    _word("width", _ZERO, Look.DOUBTFUL),
    _word("height", _ZERO, Look.DOUBTFUL),
)
_TRACES = [(name, trace, word) for word in WORDS for name, trace in word.traces]
_LONGEST_NAME = max(len(name) for word in WORDS for name in word.names)
_BY_PROP = {prop: [word for word in WORDS if word.prop == prop] for prop in {word.prop for word in WORDS}}
_DECLARATION = re.compile(
    r"""(?<![\w-])([\w-]{1,40})\s*:\s*((?:[^;("']|\([^)]{0,500}\)|"[^"]{0,500}"|'[^']{0,500}')*)"""
)
_IMPORTANT = re.compile(r"\s*!\s*important")
_WATCHED = (
    {word.prop for word in WORDS}
    | {need for need, _ in _ONLY_WITH.values()}
    | {
        "background",
        "content",
        "float",
    }
)


@lru_cache(maxsize=1 << 12)
def declared(text: str) -> Declared:
    """What a style attribute, or the block of a rule, says of the properties that matter here; the last word counts."""
    said: Declared = {}
    for name, value in _DECLARATION.findall(text.lower()):
        if (prop := _ALIASES.get(name, name)) in _WATCHED and (plain := _plain(name, value)):
            important = _IMPORTANT.search(value) is not None
            if important or not said.get(prop, ("", False))[1]:
                said[prop] = plain, important
    return said


def _plain(name: str, value: str) -> str:
    value = _IMPORTANT.sub("", value).strip()
    if name != "font":
        return value
    size = _SIZE.search(value)
    return size[1] if size else ""


def looks(values: Values, *, generously: bool = False) -> frozenset[Look]:
    """How an element looks of which these values are true; generously: or may look, if another rule adds to them."""
    return frozenset(
        word.look
        for prop, value in values.items()
        for word in _BY_PROP.get(prop, ())
        if word.value.match(value) and (generously or _works(prop, values))
    )


def _works(prop: str, values: Values) -> bool:
    if prop not in _ONLY_WITH:
        return True
    need, value = _ONLY_WITH[prop]
    return value.match(values.get(need, "")) is not None


def has_ground(values: Values) -> bool:
    """True where the background is given, and is neither as white as paper nor lets what is behind shine through."""
    return _NO_GROUND.match(values.get("background", "none").lower()) is None


def is_size_of_its_own(value: str) -> bool:
    """True for a font size at which letters are seen whatever the size of those around them."""
    return _SIZE_OF_ITS_OWN.match(value) is not None


def touched(told: Iterable[Word]) -> set[str]:
    """The properties on which these words depend."""
    props = {word.prop for word in told}
    return props | {_ONLY_WITH[prop][0] for prop in props & _ONLY_WITH.keys()} | {"background"}


def words(markup: bytes) -> list[Word]:
    """The words of which a page, in small letters, has a trace."""
    before_colons = b":".join({part.rstrip()[-_LONGEST_NAME:] for part in markup.split(b":")}) + b":"
    traced = (word for name, trace, word in _TRACES if name in before_colons and trace.search(markup))
    return list(dict.fromkeys(traced))
