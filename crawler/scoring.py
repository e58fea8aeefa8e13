"""How strongly a link leads toward the report lists. The weights are data, in ``discovery.yaml``."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, field_validator

from crawler.addresses import absolute
from crawler.links import Link
from crawler.pages import Page
from crawler.rows import LISTING, is_article, is_report_row
from pipelines.yaml_file import load_yaml

TURNS = re.compile(r"\W*(?:[首上前下后尾末]一?页|最后一?页|第?\d{1,3}页?|next|prev)\W*|\W+", re.IGNORECASE)
"""The label of a link to another page of the same list."""


class Signs(BaseModel):
    """What marks a link as leading to one kind of page, and how much each mark counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: frozenset[str]
    label_points: int
    words: str | None = None
    words_points: int = 0
    folder: str
    folder_points: int

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
        return re.compile(self.words) if self.words else None, re.compile(self.folder)

    def points(self, label: str, folder: str) -> int:
        """Points for the label and for the last folder of the address together."""
        words, folders = self._patterns
        for_label = self.label_points if label in self.labels else 0
        if not for_label and words and words.search(label):
            for_label = self.words_points
        return for_label + (self.folder_points if folders.search(folder) else 0)


class Bodies(BaseModel):
    """How the names of departments and towns are told from other labels."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    around: re.Pattern[str]
    names: re.Pattern[str]
    parts: re.Pattern[str]
    fewest: int
    in_vain: int


class Weights(BaseModel):
    """All of ``discovery.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: Signs
    hub: Signs
    inside: dict[str, Any]
    bodies: Bodies
    against: dict[str, Any]
    frame_points: int
    longest_label: int
    hub_from: int
    column_from: int
    deepest: int
    fruitless: int
    in_vain: int
    bare_folder: dict[str, str]
    usual_paths: tuple[str, ...]

    @field_validator("inside", "against")
    @classmethod
    def _compiled(cls, section: dict[str, Any]) -> dict[str, Any]:
        """Patterns may be broken over lines in the file."""
        return {
            name: re.compile(re.sub(r"\s+", "", value)) if isinstance(value, str) else value
            for name, value in section.items()
        }


@cache
def weights() -> Weights:
    """The weights of ``discovery.yaml``."""
    return Weights.model_validate(load_yaml(Path(__file__).with_name("discovery.yaml")))


def score(link: Link) -> int:
    """How strongly a link leads toward the report lists, from its label and its address alone."""
    if _is_no_column(link):
        return 0
    scale = weights()
    folder = last_folder(link.url)
    points = max(scale.column.points(link.label, folder), scale.hub.points(link.label, folder))
    if link.is_frame:
        points = max(points, scale.frame_points)
    if scale.against["words"].search(link.label):
        points += scale.against["points"]
    return points


def inside_points(link: Link, page: Page) -> int:
    """More for a link on the column's page to one level of government, to a year, or below the column itself."""
    fits = _is_below(link.url, page.url) or names_a_part(link.label)
    return int(weights().inside["points"]) if fits and not _is_no_column(link) else 0


def names_a_part(label: str) -> bool:
    """Whether a label on the column's page names one level of government, or a year."""
    inside = weights().inside
    return bool(inside["levels"].search(label) or inside["years"].search(label))


def _is_below(url: str, column: str) -> bool:
    """Whether an address lies below that of a column."""
    folder = _folder_of(column)
    return folder is not None and url.startswith(folder) and url not in (folder, column)


@lru_cache(maxsize=1 << 6)
def _folder_of(column: str) -> str | None:
    """What lies below a column lies in its folder, or for ``/channels/31.html`` in ``/channels/31/``.

    Many programs keep all columns in one folder, so that only a folder's own page speaks for it, and one without
    a query.
    """
    path = urlsplit(column).path
    if urlsplit(column).query:
        return None
    folder = absolute(column, ".") if LISTING.search(path) else absolute(column, f"{PurePosixPath(path).stem}/")
    return folder if urlsplit(folder).path != "/" else None


def _is_no_column(link: Link) -> bool:
    """Whether a link is a document: an article's address, a report's title, a long label; or turns a list's page."""
    is_document = len(link.label) > weights().longest_label or is_article(link.url) or is_report_row(link)
    return is_document or bool(TURNS.fullmatch(link.label))


def page_in_folder(url: str) -> str | None:
    """The page that a folder without one of its own has in it; None for any other address."""
    bare = weights().bare_folder
    return absolute(url, bare["page"]) if re.search(bare["folder"], url) else None


def last_folder(url: str) -> str:
    """The last folder of an address in lower case: ``/zwgk/zfxxgknb/nlist.htm`` → ``zfxxgknb``."""
    folders = [part for part in urlsplit(url).path.split("/")[:-1] if part]
    return folders[-1].lower() if folders else ""
