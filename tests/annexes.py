"""Annexes printed in every way that publishers print them, for the tests of the older forms."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from random import Random

from pipelines.editions import AnnexEdition, annexes
from pipelines.editions.synthetic import Figures, Row, annex_layout, synthetic
from pipelines.reading import Reading, read
from pipelines.rules import check

TITLE = "某县民政局2016年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限为2016年1月1日至2016年12月31日。"


def figures(edition: str = "s2014", seed: int = 1) -> Figures:
    return synthetic(edition, Random(seed))


def rows(edition: str = "s2014", seed: int = 1) -> list[Row]:
    return annex_layout(edition, figures(edition, seed))


def texts(table: Iterable[Row]) -> list[list[str]]:
    return [[text for text, _, _ in row] for row in table]


def with_column(table: list[Row], head: str, cells: list[tuple[str, int, int]], at: int = 0) -> list[Row]:
    """The table with one more column, headed ``head``."""
    added = [(head, 1, 1), *cells]
    return [[*row[:at], cell, *row[at:]] for row, cell in zip(table, added, strict=True)]


def constant(table: list[Row], text: str) -> list[tuple[str, int, int]]:
    """The cells of a further column that prints the same in every row."""
    return [(text, 1, 1)] * (len(table) - 1)


def headed(table: list[Row], *heads: str) -> list[Row]:
    """The table with other heads behind its label."""
    return [[table[0][0], *((text, 1, 1) for text in heads)], *table[1:]]


def replaced(table: list[Row], label: str, row: Row | None) -> list[Row]:
    """The table with the row of a label in other words, or without it."""
    assert sum(cells[0][0] == label for cells in table) == 1
    return [row if cells[0][0] == label else cells for cells in table if row or cells[0][0] != label]


def page(*tables: list[Row] | str, title: str = TITLE) -> bytes:
    """A page with one paragraph and then these tables, and lines between them."""
    body = "".join(_block(block) for block in tables)
    return f"<html><body><h1>{title}</h1><p>{PERIOD}</p>{body}</body></html>".encode()


def _block(block: list[Row] | str) -> str:
    return f"<p>{block}</p>" if isinstance(block, str) else f"<table>{''.join(map(_tr, block))}</table>"


def _tr(row: Row) -> str:
    cells = (f'<td rowspan="{tall}" colspan="{wide}">{html.escape(text)}</td>' for text, tall, wide in row)
    return f"<tr>{''.join(cells)}</tr>"


def piped(table: list[list[str]]) -> bytes:
    """The text rendering with a line for each cell and ``|`` behind it."""
    lines = [line for row in table for line in ("|", *(f"{text} |" for text in row))]
    return "\n".join([TITLE, PERIOD, *lines, ""]).encode()


def markdown(table: list[list[str]]) -> bytes:
    return "\n".join([TITLE, PERIOD, *(f"| {' | '.join(row)} |" for row in table), ""]).encode()


def lines(table: list[list[str]]) -> bytes:
    """The text rendering that keeps no table: a line for each printed cell."""
    return "\n".join([TITLE, PERIOD, *(text for row in table for text in row if text), ""]).encode()


RENDERINGS: dict[str, Callable[[list[Row]], bytes]] = {
    "page": page,
    "piped": lambda table: piped(texts(table)),
    "markdown": lambda table: markdown(texts(table)),
    "lines": lambda table: lines(texts(table)),
}


def form(edition: str = "s2014") -> AnnexEdition:
    return annexes()[edition]


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def raws(reading: Reading) -> Figures:
    return {key: observation.raw for key, observation in reading.observations.items()}


FORM_RULES = ("SHP-01", "SHP-02", "SHP-03", "S14", "L04", "ANX", "T3-BAL", "T3-OUT", "T3-COL", "T4-REV", "T4-LIT")


def failures(reading: Reading) -> list[tuple[str, str]]:
    """What fails of the shape and the sums of a form; whether a figure is plausible is another matter."""
    failed = (finding for finding in reading.findings if finding.outcome == "fail")
    return [(finding.rule, finding.subject) for finding in failed if finding.rule.startswith(FORM_RULES)]
