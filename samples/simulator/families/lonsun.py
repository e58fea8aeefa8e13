"""Lonsun: the list of an organisation is a fragment that a label service gives, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator

from samples.simulator.families.markup import cut
from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Handler, Reply, html

LABEL = "/site/label/8888"


class Lonsun(Static):
    """The number of a column is that of its organisation: the organisation is the issuer."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the label service."""
        yield from super().routes(night)
        columns = {column.id: column.on(night) for column in self.portal.columns}
        for prefix in ("", "POST "):
            yield prefix + LABEL, lambda ask: self._fragment(columns, ask)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The page of a list, with its first rows."""
        parameters = (
            f"labelName=publicInfoList&siteId=4697386&pageSize={self.dialect.per_page}&action=list&isDate=true"
            f"&dateFormat=yyyy-MM-dd&length=80&organId={column.id}&type=3&catId=&cId=&result=暂无相关信息"
            "&file=/xxgk/publicInfoList_newest2020"
        )
        start = f'<div id="list">{self._rows(column, 1)}</div>'
        script = f"<script>Ls.ajax({{url:'{LABEL}?IsAjax=1&dataType=html&{parameters}&pageIndex=1'}});</script>"
        return self.page(column.name, self.crumbs(column) + start + script, column=column)

    def _fragment(self, columns: dict[str, Column], ask: Ask) -> Reply:
        column = columns.get(ask.fields.get("organId", ""))
        if column is None:
            return html(f"<p>{ask.fields.get('result', '')}</p>")
        return html(self._rows(column, int(ask.fields.get("pageIndex", "1"))))

    def _rows(self, column: Column, page: int) -> str:
        size = self.dialect.per_page
        rows = column.rows[(page - 1) * size : page * size]
        pages = -(-len(column.rows) // size)
        pager = f'Ls.pagination("#page_{column.id}", fn, {{currPage: ({page - 1}+1), pageCount: {pages}}});'
        return f'<div class="xxgk_navli"><ul>{"".join(map(_row, rows))}</ul></div><script>{pager}</script>'


def _row(row: Row) -> str:
    link = f'<a href="{row.url}" title="{row.title}">{cut(row.title)}</a>'
    return f'<li>{link}<span class="date">{row.published_on}</span></li>'
