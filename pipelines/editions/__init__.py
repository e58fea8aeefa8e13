"""The editions of the statutory form, one YAML file each: labels, wordings, layout, units and the circular.

Adding an edition adds a file. Everything that knows the form reads it from here: the matcher, the rules, the site.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS, metrics


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Strict):
    """The head of a column: its label, its other wordings, and the head it stands under, if any."""

    label: str
    en: str
    aliases: tuple[str, ...] = ()
    under: str | None = None


class BlockRow(_Strict):
    """A row of form table 2: one metric for each column of its block."""

    label: str
    aliases: tuple[str, ...] = ()
    metrics: tuple[str, ...]


class Block(_Strict):
    """A block of form table 2: the article of the regulation it answers to, its columns and rows."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[BlockRow, ...]

    @model_validator(mode="after")
    def _one_metric_a_column(self) -> Block:
        for row in self.rows:
            if len(row.metrics) != len(self.columns):
                raise ValueError(f"{self.heading}, row {row.label}: give one metric for each of {self.columns}")
        return self


class FormRow(_Strict):
    """A row of form table 3. ``group`` are the labels it stands under; ``instead_of`` the rows it may replace."""

    metric: str
    label: str
    aliases: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


class Edition(_Strict):
    """One edition of the form. ``years`` are the first and last report year it is the default of."""

    id: str
    title_zh: str
    title_en: str
    circular: str
    years: tuple[int, int | None]
    disclosure: tuple[Block, ...]
    column_aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    requests: tuple[FormRow, ...]
    applicants: dict[str, Head]
    proceedings: dict[str, Head]
    results: dict[str, Head]

    @model_validator(mode="after")
    def _names_are_in_the_vocabulary(self) -> Edition:
        unknown = set(self.metric_names) - metrics().keys()
        if unknown:
            raise ValueError(f"edition {self.id}: metrics missing from metrics.csv: {', '.join(sorted(unknown))}")
        for given, wanted in (
            (self.applicants, APPLICANTS),
            (self.proceedings, PROCEEDINGS),
            (self.results, RESULTS),
        ):
            if tuple(given) != wanted:
                raise ValueError(f"edition {self.id}: expected {', '.join(wanted)}, found {', '.join(given)}")
        return self

    @cached_property
    def disclosure_metrics(self) -> tuple[str, ...]:
        """The metrics of form table 2 in reading order."""
        return tuple(metric for block in self.disclosure for row in block.rows for metric in row.metrics)

    @cached_property
    def request_rows(self) -> tuple[str, ...]:
        """The metrics of form table 3 in reading order, without the rows that may stand in place of others."""
        return tuple(row.metric for row in self.requests if not row.instead_of)

    @cached_property
    def dispute_metrics(self) -> tuple[str, ...]:
        """The fifteen metrics of form table 4 in reading order."""
        return tuple(f"{proceeding}_{result}" for proceeding in self.proceedings for result in self.results)

    @property
    def metric_names(self) -> tuple[str, ...]:
        """All metrics of the edition."""
        return (*self.disclosure_metrics, *(row.metric for row in self.requests), *self.dispute_metrics)

    def request_part(self, prefix: str) -> tuple[str, ...]:
        """The rows of form table 3 whose metric begins with ``prefix``: ``refused_`` gives the eight refusals."""
        return tuple(metric for metric in self.request_rows if metric.startswith(prefix))


@cache
def editions() -> dict[str, Edition]:
    """All editions by id, newest first. Raises ``ValueError`` naming the file when one does not hold together."""
    found = [_load(path) for path in Path(__file__).parent.glob("*.yaml")]
    return {edition.id: edition for edition in sorted(found, key=lambda edition: -edition.years[0])}


def _load(path: Path) -> Edition:
    try:
        return Edition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
