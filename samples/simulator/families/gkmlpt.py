"""Guangdong's catalogue platform: one page with its configuration, and a service that gives the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from samples.simulator.families.static import ELSEWHERE, Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import JSON, Ask, Handler, Reply

SITE = "754001"
CATEGORIES = 2600


class Gkmlpt(Static):
    """Columns are categories of the service; a page after the last is 404."""

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """The page of the application, and its service."""
        yield column.path, lambda _: self._application(column)
        yield f"/gkmlpt/api/all/{column.id}", lambda ask: self._service(column, ask)

    def hub(self) -> Reply:
        """The platform's own entrance, which is the same application."""
        return self._application(self.portal.columns[0])

    def home(self) -> Reply:
        """The home page links the application with its category."""
        reply = super().home()
        name, path = self.portal.annual
        link = f'<a href="{path}#{self.portal.columns[0].id}">{name}</a></body>'
        return reply.but(body=reply.body.replace(b"</body>", link.encode()))

    def _application(self, column: Column) -> Reply:
        tree = [{"id": int(one.id), "name": one.name, "parent": CATEGORIES, "post_count": len(one.rows), "jump_url": ""}
                for one in self.portal.columns]  # fmt: skip
        top = {"id": CATEGORIES, "name": "政府信息公开", "parent": 0, "post_count": 0, "jump_url": "", "children": tree}
        configuration = {"APP_URL": "/gkmlpt", "SID": SITE, "TREE": [top], "DETAIL": {}}
        text = f"<div id='app'></div><script>window._CONFIG = {json.dumps(configuration, ensure_ascii=False)};</script>"
        return self.page(column.name, text)

    def _service(self, column: Column, ask: Ask) -> Reply:
        page = max(1, int(ask.query.get("page", "1")))
        size = self.dialect.per_page
        rows = column.rows[(page - 1) * size : page * size]
        if not rows or ask.query.get("sid") != SITE:
            return Reply(b'{"error":"not found"}', 404, JSON)
        classify = {"id": int(column.id), "name": column.name, "post_count": len(column.rows) + 1, "jump_url": ""}
        articles = [_article(row, column, ask) for row in rows]
        answer = {"classify": classify, "total": len(column.rows), "offset": (page - 1) * size, "articles": articles}
        return Reply(json.dumps(answer, ensure_ascii=False).encode(), media_type=JSON)


def _article(row: Row, column: Column, ask: Ask) -> dict[str, object]:
    outside = row.is_a == "elsewhere"
    return {
        "title": row.title,
        "url": "" if outside else f"{ask.origin}{row.url}#{column.id}",
        "post_url": ELSEWHERE + row.url if outside else "",
        "type": "url" if outside else "normal",
        "classify_main_name": column.name,
        "publisher": row.issuer,
        "date": date(row.published_on.year, row.published_on.month, 1).isoformat(),
        "create_time": f"{row.published_on} 09:00:00",
        "first_publish_time": f"{row.published_on} 09:00:00",
    }
