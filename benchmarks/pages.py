"""Report pages that never were: as long and as badly marked up as real ones, each with figures and words of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from random import Random

from pipelines.editions.synthetic import synthetic
from samples.expected import ExpectedReport, Key, reports
from samples.portal import portals
from samples.render import render

SMALLEST = 60_000
"""Bytes: a report pasted from Word, the worst markup of real portals; its figures in plain cells it has about 70 kB."""
_FIGURE = re.compile(r'(<td[^>]*><p[^>]*>)(?:<span lang="EN-US"[^>]*>(?:[^<]|<o:p>&nbsp;</o:p>)</span>)+(?=</p></td>)')
_SENTENCE = re.compile("。</span>")


@dataclass(frozen=True)
class Pattern:
    """A sample page and the keys of its figure cells, in reading order."""

    page: str
    keys: tuple[Key, ...]
    edition: str
    body_name: str


def patterns(edition: str) -> list[Pattern]:
    """The sample pages of an edition that are marked up by Word."""
    found = []
    for portal in portals():
        pages = render(portal)
        for report in reports(portal):
            body = pages[report.path].body
            if report.edition == edition and len(body) >= SMALLEST:
                found.append(_pattern(body.decode(), report))
    return found


def _pattern(page: str, report: ExpectedReport) -> Pattern:
    keys = tuple(report.printed)
    if len(_FIGURE.findall(page)) != len(keys):
        raise SystemExit(f"{report.path} does not have a cell for each figure; correct the pattern of a cell here.")
    return Pattern(page, keys, str(report.edition), report.body_name)


def pages(edition: str) -> Iterator[bytes]:
    """Pages of an edition without end, the same ones every time; no two print the same figures or sentences."""
    kinds = patterns(edition)
    for number, pattern in zip(count(1), cycle(kinds)):
        yield _page(pattern, number).encode()


def _page(pattern: Pattern, number: int) -> str:
    figures = synthetic(pattern.edition, Random(number))
    printed = iter([figures.get(key, "0") for key in pattern.keys])
    page = _FIGURE.sub(lambda cell: cell[1] + next(printed), pattern.page)
    page = _SENTENCE.sub(f"。这是第{number}份样例。</span>", page)
    return page.replace(pattern.body_name, f"{pattern.body_name}第{number}分局")
