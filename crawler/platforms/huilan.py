"""Huilan (汇澜 eportal): the pager is ``javascript:next(N)``; hidden fields say which page and which part of it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from crawler.addresses import absolute
from crawler.asks import Ask
from crawler.pages import Page
from crawler.platforms.answers import with_parameters
from crawler.platforms.generic import Generic
from crawler.platforms.pagers import MOST_PAGES

TURN = re.compile(r"javascript:\s*next\(\s*'?(\d+)")
PAGE_FIELD, PART_FIELD = "eprotalCurrentPageId", "eportalappPortletId"  # the first is misspelled by the product


class Huilan(Generic):
    """Lists of Huilan."""

    def further(self, page: Page) -> list[Ask]:
        """The pages up to the largest number that the pager would turn to."""
        last = max(map(int, TURN.findall(page.source)), default=0)
        if PAGE_FIELD not in page.inputs or not last:
            return super().further(page)
        fields = {"pageId": page.inputs[PAGE_FIELD], "currentPage": 1, "moduleId": page.inputs.get(PART_FIELD, "")}
        address = absolute(page.url, f"/eportal/ui?{urlencode(fields)}")
        turns = range(2, min(last, MOST_PAGES) + 1)
        return [Ask.get(with_parameters(address, {"currentPage": turn}), page.url) for turn in turns]
