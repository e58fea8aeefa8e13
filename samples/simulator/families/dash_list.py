"""Lists in the manner of Ji'an: a shell, and a service that is posted a form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import JSON, Ask, Handler, Reply


class DashList(Static):
    """The rows of `/xxgk-list-<slug>.html` come from `POST /api-ajax_list-<n>.html`."""

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """The shell and the pages of its service."""
        yield from super().lists(column)
        size = self.dialect.per_page
        for number in range(1, -(-len(column.rows) // size) + 1):
            rows = column.rows[(number - 1) * size : number * size]
            yield f"POST /api-ajax_list-{number}.html", partial(_service, column, rows)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The shell of a list."""
        data = (
            f"'ajax_type[]': ['49_xxgk', '{column.id}', '{column.id}', '', 'Y-m-d', '50', "
            f"'{self.dialect.per_page}', 'is_top DESC,displayorder DESC,inputtime DESC', '0', '1'], is_ds: 1"
        )
        post = f"type: 'POST', url: '/api-ajax_list-' + n + '.html', dataType: 'json', data: {{{data}}}"
        calls = f"function page(n) {{ $.ajax({{{post}}}); }} var total = {len(column.rows)}; page(1);"
        script = f'<ul id="list"></ul><script>{calls}</script>'
        return self.page(column.name, self.crumbs(column) + script, column=column)


def _service(column: Column, rows: tuple[Row, ...], ask: Ask) -> Reply:
    if column.id not in ask.body.decode("utf-8", "replace"):
        return Reply(b'{"data":[]}', media_type=JSON)
    data = [{"url": row.url, "title": row.title, "inputtime": str(row.published_on)} for row in rows]
    answer = {"total": len(column.rows), "data": data}
    return Reply(json.dumps(answer, ensure_ascii=False).encode(), media_type=JSON)
