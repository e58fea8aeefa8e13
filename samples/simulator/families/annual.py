"""Hanweb's page for annual reports: one address a year, which gives the report itself."""

from __future__ import annotations

from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column
from samples.simulator.wire import Ask, Handler, Reply


class Annual(Static):
    """`xxgkAnnualReport.jsp?fbtime=<year>&area=<organisation>`: the years stand on top; a year may say 暂无."""

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """There is no list beside the years on top of each report; the first page is that of the newest year."""
        path = column.path.partition("?")[0]
        yield path, lambda ask: self._year(column, ask)

    def articles(self, *_: object) -> Iterator[tuple[str, Handler]]:
        """The pages of the years are all there is."""
        return iter(())

    def _year(self, column: Column, ask: Ask) -> Reply:
        years = "".join(f'<a href="{row.url}">{row.year}年</a> ' for row in column.rows)
        asked = ask.query.get("fbtime", "")
        for row in column.rows:
            if str(row.year) == asked and row.is_a == "report":
                reply = self.article(row, column, ask.night)
                return reply.but(body=reply.body.replace(b"<h1", f'<div class="years">{years}</div><h1'.encode(), 1))
        return self.page(column.name, f'<div class="years">{years}</div><p>暂无{asked}年度报告</p>', column=column)
