"""Lists that only a script fills in, from nowhere that the page names: a browser is needed."""

from __future__ import annotations

from samples.simulator.families.static import Static
from samples.simulator.portal import Column, Row
from samples.simulator.wire import Ask, Reply


class Scripted(Static):
    """A template stands where the rows should be."""

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """The shell of a list."""
        template = '<ul id="list"><li v-for="item in list"><a :href="item.url">{{item.title}}</a></li></ul>'
        script = '<script src="/static/js/app.5f3a2c.js"></script>'
        return self.page(column.name, self.crumbs(column) + template + script, column=column)
