"""Old ASP.NET: further pages of a list are posted for, with the state of the page before."""

from __future__ import annotations

from collections.abc import Iterator

from samples.simulator.families.static import Static
from samples.simulator.portal import Column
from samples.simulator.wire import Ask, Handler, Reply


class Aspx(Static):
    """An AspNetPager: `__doPostBack('AspNetPager1','2')` with `__VIEWSTATE`, which changes from page to page."""

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """The page of a list, asked for and posted for at the same address."""
        yield column.path, lambda ask: self._page(column, 1, ask)
        yield f"POST {column.path}", lambda ask: self._posted(column, ask)

    def _posted(self, column: Column, ask: Ask) -> Reply:
        form = ask.form
        before = int(form.get("__VIEWSTATE", "").rpartition("page")[2] or "0")
        if form.get("__EVENTTARGET") != "AspNetPager1" or not before:
            return Reply("<p>验证视图状态失败".encode(self.dialect.charset), 500, "text/html")
        return self._page(column, int(form.get("__EVENTARGUMENT", "1")), ask)

    def _page(self, column: Column, number: int, ask: Ask) -> Reply:
        size = self.dialect.per_page
        pages = -(-len(column.rows) // size)
        rows = self.list_rows(column.rows[(number - 1) * size : number * size], column, ask)
        state = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__VIEWSTATE": f"/wEPDwUKLTc2page{number}"}
        hidden = "".join(
            f'<input type="hidden" name="{name}" id="{name}" value="{is_}" />' for name, is_ in state.items()
        )
        links = "".join(
            f"<a href=\"javascript:__doPostBack('AspNetPager1','{page}')\">{page}</a>"
            for page in range(1, pages + 1)
            if page != number
        )
        pager = f'<div id="AspNetPager1">共{pages}页 当前第{number}页 {links}</div>'
        form = f'<form method="post" action="{column.path}" id="form1">{hidden}{rows}{pager}</form>'
        return self.page(column.name, self.crumbs(column) + form, column=column)
