"""Whose report it is, by the best evidence there is: its title, its list, its own words, the page's labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from pipelines.bodies import body_kind, column_words, is_no_government
from pipelines.dates import DATE
from pipelines.document import Document
from pipelines.masthead import Masthead
from pipelines.opening import Opening
from pipelines.placenames import Division, in_full
from pipelines.text import squeeze
from pipelines.titles import Title, parse_title

_OPENING = 40  # paragraphs in which the title may stand
_TOP = 3  # paragraphs before which no navigation has room
_SHORTEST = 2  # characters of a name
_NAME = re.compile(r"[\u4e00-\u9fff()]{2,24}")
_SIGNED = re.compile(rf"(?P<name>{_NAME.pattern})\n?(?:{DATE})", re.IGNORECASE)
_COMPILED_BY = frozenset({"district_government", "district_office"})


class Evidence(NamedTuple):
    """All that may tell whose report a document is."""

    document: Document
    division: Division | None
    column: str
    list_title: str
    title: Title | None
    scope: str
    opening: Opening
    masthead: Masthead
    form_body: str | None


def issuer(evidence: Evidence) -> str | None:
    """The name of the body that reports, as printed; None where nothing tells it for certain.

    The title that the list prints counts where the page's own names none. A report without a body in either that speaks
    for a whole district is its government's, though the office that compiled it be named as its source.
    """
    if evidence.title and len(evidence.title.body) > 1:
        return evidence.title.body
    listed = _listed(evidence)
    if listed and body_kind(listed) != "district_government":
        return listed
    division, column = evidence.division, _plain_column(evidence.column)
    if column and body_kind(column) != "unknown" and not re.search(column_words()["generic"], column):
        return f"{division.name}人民政府" if division and _is_government(column, division) else column
    named = next(_named(evidence), None) or evidence.form_body
    if named:
        named = in_full(named, squeeze("".join(evidence.document.paragraphs())))
    if division and (column in column_words()["own_level"] or _speaks_for_all(evidence, named)):
        return f"{division.name}人民政府"
    if listed and (named is None or body_kind(named, division) in _COMPILED_BY):
        return listed
    return named or _site(evidence)


def _listed(evidence: Evidence) -> str | None:
    """The body that the list's title names; one called like a place may only be that of the portal."""
    title = parse_title(evidence.list_title)
    return title.body if title and not title.cut and body_kind(title.body) != "unknown" else None


def _plain_column(column: str) -> str:
    """The body that a list is called by; 宁河区政府信息公开年报 may be the list of all bodies of 宁河区."""
    plain = squeeze(column)
    name = re.sub(column_words()["report"], "", plain)
    of_all = "信息公开" in plain and body_kind(name) == "district_government"
    return "" if of_all or len(name) < _SHORTEST else name


def _is_government(name: str, division: Division) -> bool:
    return body_kind(name, division) == "district_government"


def _speaks_for_all(evidence: Evidence, named: str | None) -> bool:
    return evidence.scope == "region_aggregate" and (
        named is None or body_kind(named, evidence.division) in _COMPILED_BY
    )


def _named(evidence: Evidence) -> Iterator[str]:
    """The bodies that the document itself names as its own, the best evidence first.

    A name right above the title at the very top is the title's first half; lower down it may be a link. The office that
    compiled or signed a report says nothing of whose it is: it compiles the government's too. Labels and links name the
    government that runs the site: where the text says 我局 or 我镇, only its own words are believed to mean one.
    """
    said = (evidence.opening.body or "", _signature(evidence.document))
    own_words = [name for name in said if body_kind(name) != "district_office"]
    names = (
        _line_above_the_title(evidence, _TOP),
        *own_words,
        squeeze(evidence.document.meta.get("contentsource", "")),
        *evidence.masthead.issuers,
        _line_above_the_title(evidence, _OPENING),
    )
    no_government = is_no_government(evidence.document.paragraphs())
    for name in names:
        kind = body_kind(name)
        disbelieved = kind in _COMPILED_BY and no_government and name not in own_words
        if kind != "unknown" and not disbelieved:
            yield name


def _signature(document: Document) -> str:
    """The last name with nothing but a date beside or below it in the lower half of the page; above it is a source."""
    lines = [squeeze(line) for line in document.paragraphs()]
    lower = [*reversed(lines[len(lines) // 2 :])]
    ends = (_SIGNED.fullmatch(line) for below, own in pairwise(["", *lower]) for line in (f"{own}\n{below}", own))
    return next((end["name"] for end in ends if end and body_kind(end["name"]) != "unknown"), "")


def _line_above_the_title(evidence: Evidence, within: int) -> str:
    """A line that is nothing but a name, right above the title or at the very top."""
    lines = [squeeze(line) for line in islice(evidence.document.paragraphs(), within)]
    title = evidence.title.text if evidence.title else None
    below = (parse_title(line) for line in lines[1:])
    above = (line for line, found in zip(lines, below, strict=False) if found and found.text == title)
    return next((line for line in (*above, *lines[:1]) if _NAME.fullmatch(line) and not parse_title(line)), "")


def _site(evidence: Evidence) -> str | None:
    """The name of the site, where neither the list nor the report's own words are of departments or towns."""
    name = squeeze(evidence.document.meta.get("sitename", ""))
    of_parts = re.search(column_words()["generic"], squeeze(evidence.column))
    kind = body_kind(name, evidence.division)
    if not name or of_parts or kind == "unknown":
        return None
    return None if kind in _COMPILED_BY and is_no_government(evidence.document.paragraphs()) else name
