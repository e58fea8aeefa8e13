"""truecms: the rows come as a data store inside JSONP."""

from __future__ import annotations

import json
from collections.abc import Iterator

from samples.simulator.families.jpage import records
from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Handler, Reply

SERVICE = "/jiasrmzf/messageController/getMessage.do"
MOST = 20


class Truecms(Static):
    """The service is 404 without a Referer and gives at most twenty records."""

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Also the service."""
        yield from super().routes(night)
        columns = {column.id: column.on(night) for column in self.portal.columns}
        yield SERVICE, lambda ask: _messages(columns, ask)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The shell of a list."""
        script = (
            f"<ul id='list'></ul><script>var url='{SERVICE}?startrecord=1&endrecord={MOST}&perpage={MOST}"
            f"&columnId={column.id}'; $.ajax({{url: url, dataType: 'jsonp'}});</script>"
        )
        return self.page(column.name, self.crumbs(column) + script, column=column)


def _messages(columns: dict[str, Column], ask: Ask) -> Reply:
    column = columns.get(ask.query.get("columnId", ""))
    if column is None or "referer" not in ask.headers:
        return Reply(b"not found", 404)
    first = int(ask.query.get("startrecord", "1"))
    last = min(int(ask.query.get("endrecord", "20")), first + MOST - 1)
    store = f"<recordset>{records(column.rows[first - 1 : last])}</recordset>"
    result = {"result": f"<datastore><totalrecord>{len(column.rows)}</totalrecord>{store}</datastore>"}
    callback = ask.query.get("callback", "cb")
    text = f"{callback}({json.dumps(result, ensure_ascii=False)})"
    return Reply(text.encode(), media_type="application/javascript; charset=utf-8")
