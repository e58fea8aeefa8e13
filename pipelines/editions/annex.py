"""The editions of one long table (before 2019): a label, a unit and a figure a row, under chapters."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import model_validator

from pipelines.editions.form import Form, Strict
from pipelines.vocabulary import metrics


class AnnexRow(Strict):
    """A row: its metric, label, other wordings and unit."""

    metric: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str


class Chapter(Strict):
    """Rows under one heading, which tells apart labels that repeat. With ``metric`` the heading has a figure itself."""

    heading: str | None = None
    aliases: tuple[str, ...] = ()
    metric: str | None = None
    unit: str = ""
    rows: tuple[AnnexRow, ...] = ()

    @property
    def all_rows(self) -> tuple[AnnexRow, ...]:
        """The rows, that of the heading first when it has a figure."""
        if self.metric is None or self.heading is None:
            return self.rows
        own = AnnexRow(metric=self.metric, label=self.heading, aliases=self.aliases, unit=self.unit)
        return (own, *self.rows)


class Columns(Strict):
    """The heads of the columns. ``{year}`` stands for any year.

    Of several columns of figures that of the year is taken (``year``), else that of all bodies (``total``). ``other``
    are never taken for it, nor is a column with one of the words ``never`` anywhere in its heads.
    """

    label: tuple[str, ...]
    unit: tuple[str, ...]
    code: tuple[str, ...]
    year: tuple[str, ...]
    total: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()


class Sum(Strict):
    """A hard identity: the parts add up to the total."""

    rule: str
    total: str
    parts: tuple[str, ...]


class Order(Strict):
    """A soft relation: ``left`` summed is equal to, or at most, ``right`` summed."""

    rule: str
    left: tuple[str, ...]
    relation: Literal["equal", "at_most"]
    right: tuple[str, ...]


class AnnexEdition(Form):
    """One edition of the annex. Of a ``complete`` one every row is asked for; of a local one what it prints."""

    layout: Literal["annex"]
    complete: bool
    columns: Columns
    chapters: tuple[Chapter, ...]
    sums: tuple[Sum, ...] = ()
    orders: tuple[Order, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> AnnexEdition:
        for row in self.rows:
            if row.metric in metrics() and row.unit != metrics()[row.metric].unit:
                raise ValueError(f"edition {self.id}: the unit of {row.metric} is not that of metrics.csv")
        named = {name for each in self.sums for name in (each.total, *each.parts)}
        named |= {name for order in self.orders for name in (*order.left, *order.right)}
        if unknown := named - set(self.metric_names):
            raise ValueError(f"edition {self.id}: no row is called {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def rows(self) -> tuple[AnnexRow, ...]:
        """All rows that have a figure, in the order of the form."""
        return tuple(row for chapter in self.chapters for row in chapter.all_rows)

    @property
    def metric_names(self) -> tuple[str, ...]:
        """All metrics of the edition."""
        return tuple(row.metric for row in self.rows)
