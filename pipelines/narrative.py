"""The figures in the running text of a report, each with the words that give it: the patterns are ``narrative.yaml``.

They are evidence beside the tables and never part of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipelines.doubts import doubt
from pipelines.sections import Section
from pipelines.sentences import Sentence, Sentences, narrative, not_after, sentences, told_metrics
from pipelines.text import squeeze, tidy

_LONGEST = 20_000  # characters of one section: no real section is longer, and a hostile one shall cost no more
_NEAR = 24  # characters before a sentence in which a word may show that it is about a part or another year
_CLAUSES = re.compile("[^。;]+")
_TELLING = re.compile(r"[\d无未没不]")
_SPLIT = re.compile(r"\d\s+\d")
_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))")


class _Told(NamedTuple):
    """A figure with its place in the squeezed text, and why it is not to be taken, if anything speaks against it."""

    metric: str
    value: float
    place: int
    start: int
    end: int
    why: str | None


class Statement(NamedTuple):
    """One figure told in prose. ``words`` are characters ``start`` to ``end`` of the text of section ``section``."""

    metric: str
    value: float
    unit: str
    section: int
    start: int
    end: int
    words: str


class Doubted(NamedTuple):
    """A figure told in prose that is not taken: ``why`` names a reason of ``doubts.yaml``."""

    metric: str
    words: str
    why: str


def statements(sections: Iterable[Section], year: int | None = None) -> list[Statement]:
    """Every figure that the sections of the report of ``year`` tell beyond doubt, in reading order."""
    return narrate(sections, year)[0]


def narrate(sections: Iterable[Section], year: int | None) -> tuple[list[Statement], list[Doubted]]:
    """What the sections of the report of ``year`` tell, in reading order, and the figures that are not taken."""
    found = [statement for section in sections if section.paragraphs for statement in _in_section(section, year)]
    told = [(statement, why) for statement, why in found if why is None]
    doubted = [Doubted(statement.metric, statement.words, why) for statement, why in found if why is not None]
    ordered = sorted((statement for statement, _ in told), key=lambda statement: (statement.section, statement.start))
    return ordered, list(dict.fromkeys(doubted))


def _in_section(section: Section, year: int | None) -> Iterator[tuple[Statement, str | None]]:
    plain = [squeeze(paragraph[:_LONGEST]) for paragraph in section.paragraphs]
    known = _with_a_cue(sentences(section.number), "\n".join(plain))
    offset = 0
    for paragraph, squeezed in zip(section.paragraphs, plain, strict=True):
        if offset > _LONGEST:
            return
        told = list(_in_paragraph(squeezed, known, year))
        if told:
            starts = _places(paragraph[:_LONGEST])
            for each in told:
                start, end = starts(each.start, each.end)
                unit, words = told_metrics()[each.metric].unit, paragraph[start:end]
                place = (section.number, offset + start, offset + end)
                yield Statement(each.metric, each.value, unit, *place, words), _misprint(words) or each.why
        offset += len(paragraph) + 1
    yield from ((statement, None) for statement in _problems(section))


def _misprint(words: str) -> str | None:
    """Why the digits in words as printed may not be one number: 1 2件, 12²件, ①2件."""
    if _SPLIT.search(_THOUSANDS.sub("", tidy(words))):
        return "split"
    digits = "".join(filter(str.isdigit, words))
    if not digits or digits.isdecimal():
        return None
    return "glued" if any(_runs_on(first, second) for first, second in pairwise("".join(words.split()))) else None


def _runs_on(first: str, second: str) -> bool:
    """True for two digits of which one is raised, lowered, circled or of another such kind."""
    return first.isdigit() and second.isdigit() and not (first.isdecimal() and second.isdecimal())


def _with_a_cue(known: Sentences, text: str) -> Sentences:
    return [(cue, entries) for cue, entries in known if cue in text]


def _in_paragraph(plain: str, known: Sentences, year: int | None) -> Iterator[_Told]:
    """What the clauses of a paragraph tell; a figure that several sentences find is told once."""
    known = _with_a_cue(known, plain)
    for found in _CLAUSES.finditer(plain) if known else ():
        clause = found[0]
        if _TELLING.search(clause):
            seen: set[tuple[str, int]] = set()
            for sentence in [entry for cue, entries in known if cue in clause for entry in entries]:
                for each in _told(sentence, clause, year):
                    if (each.metric, each.place) not in seen:
                        seen.add((each.metric, each.place))
                        yield each._replace(start=found.start() + each.start, end=found.start() + each.end)


def _told(sentence: Sentence, clause: str, year: int | None) -> Iterator[_Told]:
    """Each figure with the place of its digits, so that another reading of the same digits is known again."""
    for match in sentence.regex.finditer(clause):
        part = sentence.alone and not_after().search(clause, max(0, match.start() - _NEAR), match.start())
        for metric, text in match.groupdict().items():
            if text:
                why = "part" if part else doubt(metric, clause, match, match.span(metric), year)
                yield _Told(metric, float(text.replace(",", "")), match.start(metric), *match.span(), why)
        for metric, value in sentence.says:
            why = "part" if part else doubt(metric, clause, match, (match.end(), match.end()), year)
            yield _Told(metric, value, match.start(), *match.span(), why)


def _problems(section: Section) -> Iterator[Statement]:
    """How many problems section 5 lists, one by one, before it turns to what is done about them."""
    rule = narrative().problems
    if section.number != rule.section:
        return
    text = section.text[:_LONGEST]
    turn = re.search(rule.until, text)
    items = list(re.finditer(rule.item, text[: turn.start()] if turn else text))
    if items:
        start, end = items[0].start(), items[-1].end()
        unit = told_metrics()[rule.metric].unit
        yield Statement(rule.metric, len(items), unit, section.number, start, end, text[start:end])


def _places(text: str) -> Callable[[int, int], tuple[int, int]]:
    """From places in the squeezed text to places in the text itself.

    Where folding joined characters, so that no single one has a place, every place is the whole text.
    """
    ends = list(accumulate(map(_width, text)))
    if not ends or ends[-1] != len(squeeze(text)):
        return lambda start, end: (0, len(text))
    return lambda start, end: (bisect_right(ends, start), bisect_left(ends, end) + 1)


@lru_cache(maxsize=1 << 14)
def _width(character: str) -> int:
    return len(squeeze(character))
