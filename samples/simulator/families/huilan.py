"""Huilan: further pages of a list are asked for by the hidden inputs of the first."""

from __future__ import annotations

from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Handler, Reply

SERVICE = "/eportal/ui"
MODULE = "b1c2d3e4f5a64b7c8d9e0f1a2b3c4d5e"


class Huilan(Static):
    """The pager is `javascript:next(n)`; the page and the module stand in hidden inputs."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the service that gives further pages."""
        yield from super().routes(night)
        columns = {column.id: column.on(night) for column in self.portal.columns}
        yield SERVICE, lambda ask: self._further(columns, ask)

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """Only the first page has an address of its own."""
        yield column.path, lambda ask: self._page(column, 1, ask)

    def _further(self, columns: dict[str, Column], ask: Ask) -> Reply:
        column = columns.get(ask.query.get("pageId", ""))
        if column is None or ask.query.get("moduleId") != MODULE:
            return self.missing()
        return self._page(column, int(ask.query.get("currentPage", "1")), ask)

    def _page(self, column: Column, number: int, ask: Ask) -> Reply:
        size = self.dialect.per_page
        rows: tuple[Row, ...] = column.rows[(number - 1) * size : number * size]
        pages = -(-len(column.rows) // size)
        names = {"eportalappPortletId": MODULE, "eprotalCurrentPageId": column.id, "eprotalCurrentColumnId": column.id}
        hidden = "".join(
            f'<input type="hidden" id="{name}" name="{name}" value="{is_}">' for name, is_ in names.items()
        )
        links = "".join(f'<a href="javascript:next({page})">{page}</a>' for page in range(2, pages + 1))
        text = f"{self.list_rows(rows, column, ask)}{hidden}<div class='pages'>{links}</div>"
        return self.page(column.name, self.crumbs(column) + text, column=column)
