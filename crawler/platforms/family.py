"""What is known of each family of content-management systems, as data: ``families.yaml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from crawler.pages import Page, path_of
from pipelines.yaml_file import load_yaml

NOTHING = re.compile(r"(?!)")


class NumberedPage(BaseModel):
    """The address of page n of a list: the match of ``this`` in the address of any of its pages replaced by ``is``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    this: re.Pattern[str]
    becomes: str = Field(alias="is")

    def address(self, url: str, number: int, total: int) -> str | None:
        """Page ``number`` of ``total``, from the address of another page; None where that is not of this shape.

        ``{countdown}`` numbers the pages backwards: the last is 1, and the one before the first ``total`` - 1.
        """
        if not self.this.search(url):
            return None
        return self.this.sub(self.becomes.format(number=number, countdown=total - number + 1), url, count=1)


class Family(BaseModel):
    """One entry of ``families.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    marks: tuple[str, ...] = ()
    addresses: re.Pattern[str] = NOTHING
    page: NumberedPage | None = None
    scripted: bool = False

    @field_validator("addresses", mode="before")
    @classmethod
    def _line_by_line(cls, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.MULTILINE)

    def made(self, page: Page) -> bool:
        """Whether this family made a page: by its words and the shape of its address; never by host."""
        return any(mark in page.source for mark in self.marks) or bool(self.addresses.search(path_of(page.url)))

    def is_linked_from(self, page: Page) -> bool:
        """Whether a link of a page leads to an address of this family, which is less sure."""
        return bool(self.addresses.search(page.paths))

    def because(self, page: Page) -> str:
        """The words or the address by which a page is one of this family; for people."""
        if mark := next((mark for mark in self.marks if mark in page.source), None):
            return f"网页中有 the page has “{mark}”"
        own, links = self.addresses.search(path_of(page.url)), self.addresses.search(page.paths)
        if own:
            return f"网址形如 its address has “{own[0]}”"
        return f"链接形如 a link has “{links[0]}”" if links else "没有已知系统的特征 no sign of a known product"


GENERIC = Family(name="generic")


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of the file."""
    return tuple(Family.model_validate(entry) for entry in load_yaml(Path(__file__).with_name("families.yaml")))
