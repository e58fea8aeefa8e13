"""Lists that are an array in a script: the page shows nothing before the script has run."""

from __future__ import annotations

import json

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Reply


class PcList(Static):
    """`articleList` is a JavaScript object whose addresses are JSON in a string."""

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The page of a list."""
        items = ",".join(
            f"{{id:{serial},title:{json.dumps(row.title, ensure_ascii=False)},pubDate:'{row.published_on} 10:00:00',"
            f"urls:'{json.dumps({'pc': row.url})}',articleFiles:[]}}"
            for serial, row in enumerate(rows, start=1)
        )
        script = f"<div id='list'></div><script>var page = {{articleList:[{items}]}};</script>"
        return self.page(column.name, self.crumbs(column) + script, column=column)
