"""The other side of the crawl benchmark: Scrapy given every address, keeping nothing."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class BareSpider(Spider):
    """Asks for the addresses in the file `urls`; run with `scrapy runspider`."""

    name = "bare"

    def __init__(self, urls: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = Path(urls).read_text(encoding="utf-8").split()

    async def start(self) -> AsyncIterator[Request]:
        """One request an address, also where several lists name the same one."""
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Look at nothing."""

    def closed(self, reason: str) -> None:
        """Say how many answers came, the portals' robots.txt among them."""
        stats = self.crawler.stats
        assert stats
        print(stats.get_value("downloader/response_count"))
