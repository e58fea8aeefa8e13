"""A tree of pages, as most portals are: home, hub, lists over several pages, articles and their attachments."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import urljoin, urlsplit

from samples.render import NOTICE
from samples.simulator.dialect import Dialect
from samples.simulator.families.articles import attachment, broken_off, file_of, tags_of, text_of
from samples.simulator.families.markup import NEIGHBOURS, NEWS, cut, linked, slug
from samples.simulator.portal import Column, Index, Portal, Row
from samples.simulator.wire import Ask, Handler, Reply, html

ELSEWHERE = "http://127.99.99.99:9"
"""A host that belongs to nobody: where rows point that leave the portal."""


class Static:
    """A portal of plain pages. Programs derive from it and add what they answer, in :meth:`routes`."""

    def __init__(self, portal: Portal, dialect: Dialect) -> None:
        self.portal = portal
        self.dialect = dialect
        self._night = 0
        self._routes: dict[str, Handler] = {}

    def answer(self, ask: Ask) -> Reply:
        """The page of this target, or else of its path; a page that says so for everything else."""
        if self._night != ask.night:
            self._night, self._routes = ask.night, dict(self.routes(ask.night))
        prefix = "" if ask.method in ("GET", "HEAD") else f"{ask.method} "
        handler = self._routes.get(prefix + ask.target) or self._routes.get(prefix + ask.path)
        return handler(ask) if handler else self.missing()

    def routes(self, night: int) -> Iterator[tuple[str, Handler]]:
        """Every address that there is on this night, with what answers there."""
        yield "/", lambda _: self.home()
        yield self.portal.hub, lambda _: self.hub()
        for name, path in self.neighbours:
            yield path, partial(self.plain, name)
        for index in self.portal.indexes:
            yield index.path, partial(self.index, index)
        for column in (one.on(night) for one in self.portal.columns):
            yield from self.lists(column)
            for row in column.rows:
                yield from self.articles(row, column)

    def lists(self, column: Column) -> Iterator[tuple[str, Handler]]:
        """The pages of a list."""
        per_page = self.dialect.per_page if self.dialect.page else max(1, len(column.rows))
        pages = max(1, -(-len(column.rows) // per_page))
        for number in range(1, pages + 1):
            rows = column.rows[(number - 1) * per_page : number * per_page]
            yield self.address(column, number, pages), partial(self.list_page, column, rows, number, pages)
        for name in self.dialect.also:
            yield column.path + name, partial(self.list_page, column, column.rows[:per_page], 1, pages)
        if self.dialect.bare:
            yield f"{posixpath.dirname(column.path)}/", lambda _: html("<p>Forbidden", self.dialect.bare or 403)

    def list_page(self, column: Column, rows: tuple[Row, ...], number: int, pages: int, ask: Ask) -> Reply:
        """One page of a list."""
        addresses = {
            "next_url": self.address(column, min(number + 1, pages), pages),
            "last_url": self.address(column, pages, pages),
        }
        text = self.list_rows(rows, column, ask)
        text += self.dialect.pager % {**self.names(column, number, pages), **addresses}
        return self.page(column.name, f"{self.crumbs(column)}{text}", column=column)

    def list_rows(self, rows: tuple[Row, ...], column: Column, ask: Ask) -> str:
        """The rows of a list as this family writes them."""
        items = "".join(self.row(row, column, ask) for row in rows)
        return self.dialect.rows.replace("%(rows)s", items)

    def row(self, row: Row, column: Column, ask: Ask) -> str:
        """One row of a list."""
        return self.dialect.row % {
            "href": self.href(row, column, ask),
            "title": row.title,
            "cut": cut(row.title),
            "date": row.published_on.isoformat(),
            "serial": posixpath.basename(row.url).partition(".")[0],
        }

    def href(self, row: Row, column: Column, ask: Ask) -> str:
        """How a list writes the address of a row."""
        if row.is_a == "elsewhere":
            return ELSEWHERE + row.url
        if self.dialect.href == "relative":
            folder = posixpath.dirname(urlsplit(column.path).path)
            return "./" + posixpath.relpath(row.url, folder) if row.url.startswith(folder) else row.url
        before = {"absolute": ask.origin, "protocol": ask.origin.partition(":")[2]}.get(self.dialect.href, "")
        return before + row.url

    def articles(self, row: Row, column: Column) -> Iterator[tuple[str, Handler]]:
        """The page behind a row, and its attachment."""
        if row.is_a in ("broken", "elsewhere"):
            return
        yield row.url, partial(self._article, row, column)
        if row.is_a in ("pdf", "scan", "docx"):
            yield urljoin(row.url, attachment(row)), partial(file_of, row)

    def article(self, row: Row, column: Column, night: int) -> Reply:
        """One article."""
        body = self.dialect.content.replace("%(body)s", text_of(row, night))
        bar = (
            f'<h1 class="title">{row.title}</h1><div class="bar">发布时间：{row.published_on} 来源：{row.issuer}</div>'
        )
        reply = self.page(row.title, f"{self.crumbs(column)}{bar}{body}", column=column, row=row)
        return broken_off(reply) if row.is_a == "cut" else reply

    def _article(self, row: Row, column: Column, ask: Ask) -> Reply:
        return self.article(row, column, ask.night)

    def home(self) -> Reply:
        """The home page."""
        links = linked((("政府信息公开", self.portal.hub), *NEWS))
        return self.page(self.portal.site_name, f"{links}<p>{'今日要闻，政务服务，互动交流。' * 60}</p>")

    def hub(self) -> Reply:
        """The platform with the statutory left column."""
        left = linked((*self.neighbours, self.portal.annual))
        return self.page("政府信息公开", f'<div class="left">{left}</div>')

    @property
    def neighbours(self) -> tuple[tuple[str, str], ...]:
        """The other items of the statutory left column, and where they are."""
        folder = posixpath.dirname(urlsplit(self.portal.hub).path).rstrip("/")
        return tuple((name, f"{folder}/{path}/") for name, path in NEIGHBOURS)

    def plain(self, name: str, ask: Ask) -> Reply:
        """A page without any list."""
        return self.page(name, "<p>本页是样例，没有列表。</p>")

    def index(self, index: Index, ask: Ask) -> Reply:
        """A page that only leads on."""
        return self.page(index.name, linked(index.links))

    def missing(self) -> Reply:
        """What stands where nothing is."""
        return self.page("页面不存在", "<p>您访问的页面不存在或已删除</p>").but(status=404, tagged=False)

    def crumbs(self, column: Column) -> str:
        """The line that says where one is."""
        above = f'<a href="/">首页</a> &gt; <a href="{self.portal.hub}">政府信息公开</a>'
        return f'<p class="crumbs">当前位置：{above} &gt; <a href="{column.path}">{column.name}</a></p>'

    def page(self, heading: str, text: str, *, column: Column | None = None, row: Row | None = None) -> Reply:
        """A page with its head, its header and its footer."""
        head = self._head(heading, column, row)
        header = f'<div class="logo"><a href="/">{self.portal.site_name}</a></div>'
        whole = f"<!DOCTYPE html><html><head>{head}</head><body><p>{NOTICE}</p>{header}{text}</body></html>"
        charset = self.dialect.charset
        media_type = f"text/html; charset={charset}" if charset == "utf-8" else "text/html"
        return Reply(whole.encode(charset, "replace"), media_type=media_type, tagged=self.dialect.tagged)

    def address(self, column: Column, number: int, pages: int) -> str:
        """The path of a page of a list."""
        return self.dialect.page % self.names(column, number, pages) if number > 1 else column.path

    def names(self, column: Column, number: int, pages: int) -> Mapping[str, object]:
        """What the texts of a dialect may say of a page of a list."""
        return {
            "path": column.path,
            "id": column.id,
            "slug": slug(column, self.dialect),
            "n": number,
            "before": number - 1,
            "left": pages - number + 1,
            "pages": pages,
            "total": len(column.rows),
            "per_page": self.dialect.per_page,
        }

    def _head(self, heading: str, column: Column | None, row: Row | None) -> str:
        charset = "gb2312" if self.dialect.charset != "utf-8" else "utf-8"
        tags = [f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">']
        tags.append(f"<title>{heading}_{self.portal.site_name}</title>")
        named = {"keywords": heading}
        if self.dialect.tags == "statutory":
            named = {"SiteName": self.portal.site_name, "SiteIDCode": f"{self.portal.code}0001"}
            named |= {"ColumnName": column.name, "ColumnType": "政务公开"} if column else {}
            named |= tags_of(row) if row else {}
        tags += [f'<meta name="{name}" content="{value}">' for name, value in named.items()]
        return "".join(tags) + self._own_head(column)

    def _own_head(self, column: Column | None) -> str:
        """What names the number of a column stands on its pages only."""
        if "%(id)s" not in self.dialect.head:
            return self.dialect.head
        return self.dialect.head.replace("%(id)s", column.id) if column else ""
