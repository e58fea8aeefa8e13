"""A draft: the figures of a consistent report, and the three statutory tables as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from pipelines.editions import Block, Edition, editions
from pipelines.vocabulary import APPLICANTS, RESULTS, metrics

Key = tuple[str, str | None]
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass
class Slot:
    """A printed cell. ``key`` is the figure it holds, None for labels; ``markup`` stands round it in pages."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    key: Key | None = None
    role: str = "label"
    markup: str = "{}"


Rows = list[list[Slot]]


@dataclass
class Draft:
    """A report to print. Habits change ``tables`` and ``marks``; ``truth`` is the text each figure is printed with."""

    edition: Edition
    rng: Random
    year: int
    body: str
    truth: dict[Key, str]
    tables: list[Rows]
    title: str = ""
    headings: list[str] = field(default_factory=lambda: list(HEADINGS))
    marks: set[str] = field(default_factory=set)

    def slots(self) -> Iterator[Slot]:
        """Every cell of every table."""
        return (slot for table in self.tables for row in table for slot in row)

    def values(self) -> list[Slot]:
        """The cells that hold figures."""
        return [slot for slot in self.slots() if slot.key is not None]

    def leave_blank(self, blank: Callable[[Slot], bool]) -> None:
        """Print nothing for some of the figures."""
        for slot in filter(blank, self.values()):
            assert slot.key is not None
            slot.text = self.truth[slot.key] = ""

    def labels(self) -> list[Slot]:
        """The cells that hold labels and heads."""
        return [slot for slot in self.slots() if slot.key is None]


def draft(seed: int) -> Draft:
    """A consistent report of one of the table editions."""
    rng = Random(seed)
    edition = editions()[rng.choice(["t2021", "t2019"])]
    year = rng.choice([2021, 2023, 2025]) if edition.id == "t2021" else rng.choice([2019, 2020])
    truth = figures(edition, rng)
    tables = [disclosure(edition, truth), requests(edition, truth), disputes(edition, truth)]
    body = rng.choice(["甲县人民政府", "甲县民政局", "甲县乙镇人民政府", "甲县丙街道办事处"])
    return Draft(edition, rng, year, body, truth, tables, f"{body}{year}年政府信息公开工作年度报告")


def figures(edition: Edition, rng: Random) -> dict[Key, str]:
    """Figures that satisfy every identity of the form."""
    printed: dict[Key, str] = {}
    for metric in edition.disclosure_metrics:
        sign = rng.choice(["", "-"]) if metric.endswith("_change") else ""
        number = str(rng.choice([0, 0, 1, 3, 17, 245, 8388]))
        printed[metric, None] = (
            f"{number}.{rng.randint(1, 9)}" if "amount" in metric or "collected" in metric else number
        )
        if sign and number != "0":
            printed[metric, None] = sign + number
    for who in APPLICANTS[:-1]:
        _column(edition, rng, who, printed)
    for metric in edition.request_rows:
        printed[metric, "total"] = str(sum(int(printed[metric, who]) for who in APPLICANTS[:-1]))
    for proceeding in edition.proceedings:
        parts = [rng.choice([0, 0, 1, 2, 10]) for _ in RESULTS[:-1]]
        for result, value in zip(RESULTS, [*parts, sum(parts)], strict=True):
            printed[f"{proceeding}_{result}", None] = str(value)
    return printed


def _column(edition: Edition, rng: Random, who: str, printed: dict[Key, str]) -> None:
    outcomes = edition.request_rows[2:-2]
    busy = who == "natural_person" or rng.random() < 0.4
    counts = {metric: rng.choice([0, 0, 0, 1, 2, 5, 74, 119]) if busy else 0 for metric in outcomes}
    handled, out = sum(counts.values()), rng.choice([0, 0, 1, 7]) if busy else 0
    carried = rng.randint(0, min(handled + out, 9))
    frame = {
        "requests_received": handled + out - carried,
        "requests_carried_in": carried,
        "requests_handled": handled,
        "requests_carried_out": out,
    }
    for metric in edition.request_rows:
        printed[metric, who] = str({**frame, **counts}[metric])


def disclosure(edition: Edition, truth: dict[Key, str]) -> Rows:
    """Form table 2; every block spans the width of the widest."""
    width = max(len(block.columns) for block in edition.disclosure) * 2 + 1
    return [row for block in edition.disclosure for row in _block(block, truth, width)]


def _block(block: Block, truth: dict[Key, str], width: int) -> Iterator[list[Slot]]:
    spans = _spread(width - 1, len(block.columns))
    yield [Slot(block.heading, colspan=width, role="block")]
    heads = [Slot(text, colspan=wide, role="head") for text, wide in zip(block.columns, spans, strict=True)]
    yield [Slot("信息内容", role="head"), *heads]
    for row in block.rows:
        values = zip(row.metrics, spans, strict=True)
        yield [
            Slot(row.label),
            *(Slot(truth[m, None], colspan=wide, key=(m, None), role="value") for m, wide in values),
        ]


def _spread(width: int, parts: int) -> list[int]:
    return [width // parts + (number < width % parts) for number in range(parts)]


def requests(edition: Edition, truth: dict[Key, str]) -> Rows:
    """Form table 3 with its three label columns."""
    heads = edition.applicants
    organisations = [name for name in APPLICANTS if heads[name].under]
    rows: Rows = [
        [Slot(CORNER, 3, 3, role="corner"), Slot("申请人情况", 1, 7, role="head")],
        [
            Slot(heads["natural_person"].label, 2, role="head"),
            Slot("法人或其他组织", 1, len(organisations), role="head"),
            Slot(heads["total"].label, 2, role="head"),
        ],
        [Slot(heads[name].label, role="head") for name in organisations],
    ]
    form = [row for row in edition.requests if not row.instead_of]
    seen: set[tuple[str, ...]] = set()
    for row in form:
        labels = []
        for depth in range(1, len(row.group) + 1):
            group = row.group[:depth]
            if group not in seen:
                seen.add(group)
                tall = sum(other.group[:depth] == group for other in form)
                labels.append(Slot(group[-1], tall, role="group"))
        labels.append(Slot(row.label, colspan=3 - len(row.group)))
        rows.append(
            [*labels, *(Slot(truth[row.metric, who], key=(row.metric, who), role="value") for who in APPLICANTS)]
        )
    return rows


def disputes(edition: Edition, truth: dict[Key, str]) -> Rows:
    """Form table 4 under its three rows of heads."""
    proceedings = edition.proceedings
    top = [(head.under or head.label) for head in proceedings.values()]
    results = [head.label for head in edition.results.values()]
    first = [
        Slot(text, 1 if len(list(group)) > 1 else 2, 5 * top.count(text), role="head")
        for text, group in ((t, list(g)) for t, g in groupby(top))
    ]
    second = [Slot(head.label, colspan=5, role="head") for head in proceedings.values() if head.under]
    third = [Slot(text, role="head") for _ in proceedings for text in results]
    values = [Slot(truth[m, None], key=(m, None), role="value") for m in edition.dispute_metrics]
    assert all(metric in metrics() for metric in edition.dispute_metrics)
    return [first, second, third, values]
