"""The other side of the crawl benchmark: Scrapy given every address, keeping nothing.

`python -m benchmarks.bare_spider FILE` asks for every address in FILE and prints how many answers came, those of
robots.txt among them. It is as polite as a night: robots.txt obeyed, one request at a time per host.
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawler.configuration import load_configuration

SETTINGS = {
    "CONCURRENT_REQUESTS": load_configuration().portals_in_parallel,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "ERROR",
}


class BareSpider(Spider):
    """Asks for the addresses in `file`."""

    name = "bare"

    def __init__(self, file: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file = Path(file)

    async def start(self) -> AsyncIterator[Request]:
        """One request an address."""
        for url in self.file.read_text(encoding="utf-8").split():
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Look at nothing."""

    def closed(self, reason: str) -> None:
        """Say how many answers came."""
        stats = self.crawler.stats
        assert stats
        print(stats.get_value("downloader/response_count"))


if __name__ == "__main__":
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(BareSpider, file=sys.argv[1])
    process.start()
