"""The list of metrics (``metrics.csv``) and applicants: the names everything else uses."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.tokens import Kind

ORGANISATIONS = ("company", "research_institute", "public_interest_org", "legal_service", "other_organisation")
APPLICANTS = ("natural_person", *ORGANISATIONS, "total")
PROCEEDINGS = ("review", "lawsuit_direct", "lawsuit_after_review")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
MONEY = frozenset({"fees_collected", "procurement_amount"})
AMOUNTS = frozenset({"元", "万元"})


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of ``metrics.csv``. ``form_table`` is ``2``, ``3``, ``4`` or ``annex``; ``unit`` is the form's own.

    ``kind`` is how a value cell of it is read.
    """

    metric: str
    form_table: str
    label_zh: str
    label_en: str
    unit: str
    editions: tuple[str, ...]
    aliases: tuple[str, ...]
    kind: Kind


@cache
def metrics() -> dict[str, Metric]:
    """All metrics by name, in the order of the form."""
    with (Path(__file__).parent / "metrics.csv").open(encoding="utf-8", newline="") as file:
        return {row["metric"]: _metric(row) for row in csv.DictReader(file)}


def _metric(row: dict[str, str]) -> Metric:
    return Metric(
        metric=row["metric"],
        form_table=row["form_table"],
        label_zh=row["label_zh"],
        label_en=row["label_en"],
        unit=row["unit"],
        editions=tuple(row["editions"].split()),
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        kind=_kind(row["metric"], row["unit"]),
    )


def _kind(metric: str, unit: str) -> Kind:
    if metric in MONEY or unit in AMOUNTS:
        return Kind.MONEY
    return Kind.CHANGE if metric.endswith("_items_change") else Kind.COUNT
