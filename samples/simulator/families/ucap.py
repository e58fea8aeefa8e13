"""UCAP: static lists, and a JSON search beside them; folders without a page name are forbidden."""

from __future__ import annotations

import json
from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import JSON, Ask, Handler, Reply


class Ucap(Static):
    """The list pages are complete; `/common/search/<column>` gives the same rows twenty at a time."""

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """Also the search."""
        yield from super().lists(column)
        yield f"/common/search/{column.id}", lambda ask: self._search(column, ask)

    def article(self, row: Row, column: Column, night: int) -> Reply:
        """Also the title between the family's own tags."""
        reply = super().article(row, column, night)
        title = f'<h1 class="title"><UCAPTITLE>{row.title}</UCAPTITLE></h1>'.encode()
        return reply.but(body=reply.body.replace(f'<h1 class="title">{row.title}</h1>'.encode(), title))

    def _search(self, column: Column, ask: Ask) -> Reply:
        size, page = int(ask.query.get("_pageSize", "20")), int(ask.query.get("page", "1"))
        rows = column.rows[(page - 1) * size : page * size]
        results = [
            {
                "title": row.title,
                "url": ask.origin.partition(":")[2] + row.url,
                "publishedTimeStr": f"{row.published_on} 10:00:00",
                "channelName": column.name,
                "source": row.issuer,
            }
            for row in rows
        ]
        data = {"total": len(column.rows), "rows": size, "page": page, "results": results}
        return Reply(json.dumps({"data": data}, ensure_ascii=False).encode(), media_type=JSON)
