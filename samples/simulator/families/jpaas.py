"""Hanweb's newer lists: a unit that is built on request, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import JSON, Ask, Handler, Reply

BUILD = "/api-gateway/jpaas-publish-server/front/page/build/unit"
WEB = "3b0c2d9f8e7a4b6c9d1e0f2a3b4c5d6e"
TEMPLATES = "7a9f3c5e1d2b4a6c8e0f1a2b3c4d5e6f"


class Jpaas(Static):
    """A script tag on the page holds what to ask for; paging works only inside `paramJson`."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the service, which knows every column by its number."""
        yield from super().routes(night)
        columns = {column.id: column.on(night) for column in self.portal.columns}
        yield BUILD, lambda ask: self._unit(columns, ask)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The page of a list: an empty place and the question that fills it."""
        data = (
            f"{{'webId':'{WEB}','pageId':'{column.id}','tplSetId':'{TEMPLATES}','tagId':'当前栏目list',"
            "'parseType':'bulidstatic','pageType':'column'}"
        )
        script = f'<div id="list"></div><script url="{BUILD}" queryData="{data}" src="/script/page.js"></script>'
        return self.page(column.name, self.crumbs(column) + script, column=column)

    def _unit(self, columns: dict[str, Column], ask: Ask) -> Reply:
        column = columns.get(ask.query.get("pageId", ""))
        if column is None or "referer" not in ask.headers or ask.query.get("webId") != WEB:
            return Reply(b'{"success":false,"code":"403"}', 403, JSON)
        wanted = json.loads(ask.query.get("paramJson") or "{}")
        page, size = int(wanted.get("pageNo", 1)), int(wanted.get("pageSize", self.dialect.per_page))
        rows = self.list_rows(column.rows[(page - 1) * size : page * size], column, ask)
        text = f'{rows}<div class="page" count="{len(column.rows)}" pageNo="{page}" pageSize="{size}"></div>'
        answer = {"success": True, "code": "200", "data": {"html": text}}
        return Reply(json.dumps(answer, ensure_ascii=False).encode(), media_type=JSON)
