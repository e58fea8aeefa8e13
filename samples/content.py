"""What a report says, block by block: the same content for a page, a PDF and a Word file."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from samples.figures import Figures
from samples.forms import Table, fill

FILE = Path(__file__).parent / "prose.yaml"


@dataclass(frozen=True)
class Block:
    """One piece of a report: a heading, a sentence, or a table, which has cells instead of a text."""

    kind: Literal["heading", "text", "table"]
    text: str = ""
    table: Table = field(default_factory=list)


def blocks(figures: Figures, year: int) -> list[Block]:
    """The content of the report of this year, in reading order, without its title."""
    form = fill(figures)
    tables = {"disclosure": form.disclosure, "requests": form.requests, "disputes": form.disputes}
    words = {
        "year": str(year),
        "received": figures.text("requests_received", "total"),
        "handled": figures.text("requests_handled", "total"),
        "carried": figures.text("requests_carried_out", "total"),
    }
    return [
        Block(kind, table=tables[text]) if kind == "table" else Block(kind, text.format_map(words))
        for kind, text in _prose()
    ]


@cache
def _prose() -> tuple[tuple[Literal["heading", "text", "table"], str], ...]:
    return tuple(item for block in yaml.safe_load(FILE.read_text("utf-8")) for item in block.items())
