"""Builds one portal of the country from a seed: its columns, its rows, and the pages that lead to them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from samples.simulator.addresses import article_path, column_names, column_path, row_names
from samples.simulator.dialect import Dialect
from samples.simulator.facts import facts
from samples.simulator.portal import Column, Index, Portal, Row

YEARS = (2025, 2024, 2023, 2022, 2021)
FLAT, BY_LEVEL = 0.7, 0.9
"""Of all portals so many have one list; up to so many have one for each level of government; the rest one a year."""
OFFICE, LOOKALIKE, NAMELESS = 0.1, 0.3, 0.1
"""How often a portal has reports of the government's office, how often a list a document that only sounds like a
report, and how often a report's title names no body."""
DIFFER = ("%(slug)s", "%(id)s", "%(uuid)s", "%(oid)s")
"""A dialect can have several columns where their addresses differ by one of these."""
SEVERAL = ("static", "ucap", "jpage", "lonsun", "huilan", "pc_list")
"""The programs whose portals have several columns; those of the others have one."""


@dataclass(frozen=True)
class Builder:
    """Builds the portal of one division in one dialect; the same chance gives the same portal."""

    code: str
    name: str
    dialect: Dialect
    chance: random.Random

    @property
    def government(self) -> str:
        """The name of the division's government."""
        return f"{self.name}人民政府"

    def portal(self) -> Portal:
        """The portal."""
        label = self.chance.choice(facts().labels)
        several = self.dialect.program in SEVERAL and any(part in self.dialect.column for part in DIFFER)
        layout = self.chance.random() if several else 0.0
        if layout >= BY_LEVEL:
            return self._indexed(label, "/xxgknb/nd/", self._years())
        if layout >= FLAT:
            return self._indexed(label, "/xxgknb/", self._levels())
        column = self._column(label, self.chance.choice(facts().slugs), self._flat())
        return Portal(self.code, self.government, (column,), (label, column.path), self.dialect.hub)

    def _indexed(self, label: str, path: str, columns: tuple[Column, ...]) -> Portal:
        index = Index(label, path, tuple((column.name, column.path) for column in columns))
        return Portal(self.code, self.government, columns, (label, path), self.dialect.hub, (index,))

    def _flat(self) -> list[tuple[str, int]]:
        reports = [(self.government, year) for year in YEARS]
        if self.chance.random() < OFFICE:
            reports += [(f"{self.government}办公室", year) for year in YEARS[:2]]
        return reports

    def _levels(self) -> tuple[Column, ...]:
        bureaus, towns = self.chance.sample(facts().bureaus, 3), self.chance.sample(facts().towns, 2)
        reports = (
            [(self.government, year) for year in YEARS],
            [(self.name + bureau, YEARS[0]) for bureau in bureaus],
            [(self.name + town, YEARS[0]) for town in towns],
        )
        levels = zip(facts().levels.items(), reports, strict=True)
        return tuple(self._column(name, slug, listed) for (slug, name), listed in levels)

    def _years(self) -> tuple[Column, ...]:
        bureau = self.name + self.chance.choice(facts().bureaus)
        return tuple(
            self._column(f"{year}年", f"nb{year}n", [(self.government, year), (bureau, year)]) for year in YEARS[:3]
        )

    def _column(self, name: str, slug: str, reports: list[tuple[str, int]]) -> Column:
        names = column_names(self.chance, slug)
        path = column_path(self.dialect, names)
        rows = [self._report(body, year, path, names) for body, year in reports]
        if self.chance.random() < LOOKALIKE:
            year = self.chance.choice(YEARS)
            title = self.chance.choice(facts().lookalikes).format(name=self.name, year=year)
            rows.append(self._row(Row("", title, date(year + 1, 4, 15), self.government, is_a="other"), path, names))
        return Column(name, path, tuple(rows), str(names["id"]))

    def _report(self, body: str, year: int, path: str, names: dict[str, object]) -> Row:
        nameless = body == self.government and self.chance.random() < NAMELESS
        pattern = facts().nameless if nameless else self.chance.choice(facts().titles)
        day = date(year + 1, self.chance.randint(1, 3), self.chance.randint(4, 28))
        row = Row("", pattern.format(body=body, year=year), day, body, year, salt=self.code)
        return self._row(row, path, names)

    def _row(self, row: Row, path: str, names: dict[str, object]) -> Row:
        url = article_path(self.dialect, path, names, row_names(self.chance, row.published_on))
        return row.at(url)
