"""How one family of portals writes its addresses and its pages, from `dialects.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "dialects.yaml"


class Dialect(BaseModel):
    """One family. The texts are filled in with `%(name)s`; see the head of `dialects.yaml` for the names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: int = 0
    """How many of 2,849 portals are of this family."""
    program: str = "static"
    """Which module of `families` serves it."""
    hub: str = "/zfxxgk/"
    column: str = "/zfxxgk/%(slug)s/"
    also: tuple[str, ...] = ()
    """Further paths of a column's first page."""
    page: str = ""
    """The path of a further page of a list; without it every row is on the first."""
    article: str
    rows: str = '<ul class="list">%(rows)s</ul>'
    row: str = '<li><a href="%(href)s" title="%(title)s" target="_blank">%(cut)s</a><span>%(date)s</span></li>'
    pager: str = ""
    head: str = ""
    """What the head of a page has besides the statutory tags: of every page, or with `%(id)s` of those of a column."""
    content: str = '<div id="zoom">%(body)s</div>'
    tags: Literal["statutory", "keywords"] = "statutory"
    href: Literal["path", "relative", "absolute", "protocol"] = "path"
    per_page: int = 20
    bare: int | None = None
    """The status with which the folder of a list answers, where only its page name works."""
    tagged: bool = True
    """Whether answers carry an entity tag."""
    charset: str = "utf-8"


@cache
def dialects() -> dict[str, Dialect]:
    """Every family by name; raises ValueError naming the file when an entry does not fit the model."""
    try:
        entries = yaml.safe_load(FILE.read_text("utf-8"))
        return {name: Dialect.model_validate(entry) for name, entry in entries.items()}
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{FILE}: {error}") from error
