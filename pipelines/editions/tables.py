"""The editions of three tables (since 2019): blocks, rows of requests, and fifteen columns of disputes."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from pipelines.editions.form import Form, Strict
from pipelines.vocabulary import APPLICANTS, PROCEEDINGS, RESULTS


class Head(Strict):
    """The head of a column: its label, its other wordings, and the head it stands under, if any."""

    label: str
    en: str
    aliases: tuple[str, ...] = ()
    under: str | None = None


class BlockRow(Strict):
    """A row of form table 2: one metric for each column of its block."""

    label: str
    aliases: tuple[str, ...] = ()
    metrics: tuple[str, ...]


class Block(Strict):
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


class FormRow(Strict):
    """A row of form table 3. ``group`` are the labels it stands under; ``instead_of`` the rows it may replace."""

    metric: str
    label: str
    aliases: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


class Edition(Form):
    """One edition of the three statutory tables."""

    layout: Literal["tables"]
    disclosure: tuple[Block, ...]
    column_aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    column_beginnings: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    requests: tuple[FormRow, ...]
    applicants: dict[str, Head]
    proceedings: dict[str, Head]
    results: dict[str, Head]

    @model_validator(mode="after")
    def _heads_are_in_the_vocabulary(self) -> Edition:
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

    @property
    def borrowed(self) -> frozenset[str]:
        """The rows that stand in place of others belong to an older edition."""
        return frozenset(row.metric for row in self.requests if row.instead_of)
