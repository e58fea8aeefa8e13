"""What a sample portal is: its address, its columns and the rows of their lists, from `portals/*.yaml`."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

FOLDER = Path(__file__).parent / "portals"

BodyKind = Literal[
    "district_government",
    "district_office",
    "bureau",
    "vertical_branch",
    "subdistrict",
    "town",
    "functional_zone",
    "public_institution",
]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(_Data):
    """The public body that a report is about, named as its report names it."""

    name: str
    kind: BodyKind


class Entry(_Data):
    """One row of a report list, and the article behind it.

    `is_a` says what the row truly is: a `report` on its page; a report that is only an `attachment`, a PDF with
    text; one that is only a `scan`, a PDF that is a picture; a `bulletin` of statistics under a report's title; a
    `lookalike` whose title shows what else it is; a `broken` link.
    """

    is_a: Literal["report", "attachment", "scan", "bulletin", "lookalike", "broken"] = "report"
    title: str
    published_on: date
    url: str
    """Relative to the list page, for example `202303/t20230301_6124724.html`."""
    source: str
    """What the page states as its source (来源)."""
    body: Body | None = None
    report_year: int | None = None
    figures: str | None = None
    """The name of the figure file of a report."""
    word_too: bool = False
    """Whether the page of a report also attaches the same report as a Word file."""
    dress: Literal["plain", "word", "ueditor"] = "plain"
    """Whose markup the tables wear: typed by hand, pasted from Word, or made by the UEditor."""

    @model_validator(mode="after")
    def _complete(self) -> "Entry":
        identity = ("body", "report_year")
        needed = {"report": (*identity, "figures"), "attachment": (*identity, "figures"), "scan": identity}
        for field in needed.get(self.is_a, ()):
            if getattr(self, field) is None:
                raise ValueError(f"the {self.is_a} “{self.title}” needs `{field}`")
        return self


class Column(_Data):
    """One list of reports; a list longer than `per_page` goes over several pages."""

    name: str
    path: str
    per_page: int = 20
    entries: tuple[Entry, ...]


class PlainPage(_Data):
    """A page beside the reports: a statutory neighbour, or one that only sounds like an annual report."""

    name: str
    path: str
    text: str
    place: Literal["statutory", "elsewhere"]
    """Whether the page is linked in the statutory left column or only on the home page."""


class Portal(_Data):
    """One sample portal, complete."""

    code: str
    name: str
    site_name: str
    layout: Literal["tianjin", "jiangsu", "fujian"]
    address: str
    port: int
    suffix: Literal["html", "shtml", "htm"]
    hub: str
    """The path of the 政府信息公开 platform."""
    reports: str
    """The path of its 政府信息公开年报 column."""
    frozen_date: str = ""
    """A date printed in the header of every page, years old: furniture, the date of nothing."""
    robots: str | None = None
    """The text served as robots.txt; none means 404."""
    robots_type: Literal["text/plain", "text/html"] = "text/plain"
    stub: bool = False
    """Whether the page after the last list page answers 200 with a stub, as some portals do."""
    columns: tuple[Column, ...]
    pages: tuple[PlainPage, ...]

    @property
    def entries(self) -> list[tuple[Column, Entry]]:
        """Every row of every list, with its column."""
        return [(column, entry) for column in self.columns for entry in column.entries]


def load(path: Path) -> Portal:
    """Read one portal file; raises ValueError naming the file when it does not fit the model."""
    try:
        return Portal.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from error


@cache
def portals() -> tuple[Portal, ...]:
    """All sample portals, by division code."""
    return tuple(sorted((load(path) for path in FOLDER.glob("*.yaml")), key=lambda portal: portal.code))
