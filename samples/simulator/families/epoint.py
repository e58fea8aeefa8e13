"""Epoint: a shell, and a service that is posted JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import JSON, Ask, Handler, Reply

PROJECT = "EpointWebBuilder"
GUID = "7eb7beda-7f16-4fb1-8a26-94f1b5a2b0c9"
SERVICE = f"/{PROJECT}/rest/lightfrontaction/getgovinfolist"


class Epoint(Static):
    """The category is the number of the folder; pages count from 0."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the script that names the project, and the service."""
        yield from super().routes(night)
        columns = {column.path.split("/")[-2]: column.on(night) for column in self.portal.columns}
        settings = f'var siteInfo={{projectName:"{PROJECT}", siteGuid:"{GUID}"}};'
        yield "/js/webBuilderCommon.js", lambda _: Reply(settings.encode(), media_type="application/javascript")
        yield f"POST {SERVICE}", lambda ask: _list(columns, ask)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The shell of a list."""
        shell = '<script src="/js/webBuilderCommon.js"></script><ul id="infolist"></ul><div id="pager"></div>'
        return self.page(column.name, self.crumbs(column) + shell, column=column)


def _list(columns: dict[str, Column], ask: Ask) -> Reply:
    wanted = json.loads(ask.body)["params"]
    column = columns.get(wanted.get("categorynum", ""))
    if column is None or wanted.get("siteGuid") != GUID:
        return Reply(b'{"custom":{"total":0,"data":[]}}', media_type=JSON)
    page, size = int(wanted["pageIndex"]), int(wanted["pageSize"])
    rows = column.rows[page * size : (page + 1) * size]
    data = [{"infourl": row.url, "realtitle": row.title, "title": row.title, "infodate": str(row.published_on)}
            for row in rows]  # fmt: skip
    answer = {"custom": {"total": len(column.rows), "data": data}}
    return Reply(json.dumps(answer, ensure_ascii=False).encode(), media_type=JSON)
