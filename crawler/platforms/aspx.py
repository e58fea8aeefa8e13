"""Old ASP.NET sites: AspNetPager turns the page by posting the whole form back, state and all."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import pager_of

POST_BACK = re.compile(r"__doPostBack\((?:'|&#39;)([\w$]*Pager[\w$]*)(?:'|&#39;)\s*,\s*(?:'|&#39;)(\d+)(?:'|&#39;)\)")
STATE = ("__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION")


class Aspx(Generic):
    """Lists with an AspNetPager."""

    def further(self, page: Page) -> list[Ask]:
        """The page after this one: its request carries the state that this page was sent with."""
        control = POST_BACK.search(page.source)
        if control is None or STATE[0] not in page.inputs:
            return super().further(page)
        pager = pager_of(page, self.family)
        stated = pager.total if pager else max(int(turn) for _, turn in POST_BACK.findall(page.source))
        turn = int(parse_qs(page.ask.body.decode()).get("__EVENTARGUMENT", ["1"])[0]) + 1
        if turn > stated:
            return []
        state = [(name, page.inputs[name]) for name in STATE if name in page.inputs]
        fields = [("__EVENTTARGET", control[1]), ("__EVENTARGUMENT", str(turn)), *state]
        return [Ask.form(page.url, fields, page.url)]
