"""Hanweb's older lists: the first records lie in a script as XML, the others come from a proxy."""

from __future__ import annotations

from collections.abc import Iterator

from samples.simulator.families.markup import cut
from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Handler, Reply

EMBEDDED = 45
PER_PAGE = 15
PROXY = "/module/web/jpage/dataproxy.jsp"
UNIT = "5655"


class Jpage(Static):
    """The page embeds three screens of records; the proxy wants to be asked from the page of the list."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the proxy, which serves every column by its number."""
        yield from super().routes(night)
        columns = {column.id: column.on(night) for column in self.portal.columns}
        for prefix in ("", "POST "):
            yield prefix + PROXY, lambda ask: _proxy(columns, ask)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The page of a list: no row stands in its text."""
        total = len(column.rows)
        more = f"{PROXY}?page=1&appid=1&webid=2789&path=/&columnid={column.id}&unitid={UNIT}&webname=&permissiontype=0"
        store = f'<nextgroup><![CDATA[<a href="{more}"></a>]]></nextgroup><recordset>{records(column.rows[:EMBEDDED])}'
        settings = (
            f"dataStore:dataStore, perPage:{PER_PAGE}, totalRecord:{total}, proxyUrl:'{PROXY}', "
            f"proxyParam:{{columnid:{column.id}, unitid:{UNIT}, webid:2789, path:'/', permissiontype:0}}"
        )
        script = (
            f'<div id="{UNIT}"></div><script type="text/xml"><datastore>{store}</recordset></datastore></script>'
            f"<script>$('#{UNIT}').jpage({{{settings}}});</script>"
        )
        return self.page(column.name, self.crumbs(column) + script, column=column)


def _proxy(columns: dict[str, Column], ask: Ask) -> Reply:
    column = columns.get(ask.fields.get("columnid", ""))
    if column is None or column.path not in ask.headers.get("referer", ""):
        return Reply("<p>无权访问".encode(), 403)
    first, last = (int(ask.fields.get(name, "1")) for name in ("startrecord", "endrecord"))
    total = len(column.rows)
    store = f"<recordset>{records(column.rows[first - 1 : last])}</recordset>"
    counts = f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // PER_PAGE)}</totalpage>"
    return Reply(f"<datastore>{counts}{store}</datastore>".encode(), media_type="text/xml; charset=utf-8")


def records(rows: tuple[Row, ...]) -> str:
    """Rows as records of a data store."""
    return "".join(
        f'<record><![CDATA[<li><a href="{row.url}" title="{row.title}" target="_blank">{cut(row.title)}</a>'
        f"<span>{row.published_on}</span></li>]]></record>"
        for row in rows
    )
