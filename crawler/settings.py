"""Scrapy's settings. What a night decides (paths, run, pause, user agent, limits) is passed on the command line."""

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]

# Scrapy 2.19 opens two listeners by default, one of which executes the Python it is sent.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

ROBOTSTXT_OBEY = False  # by Scrapy's middleware; ours reads the bodies, keeps the answer for a day and bounds it
ROBOTSTXT_USER_AGENT = "Gongkai"
CONCURRENT_REQUESTS = 0  # no common limit: each visit has one request at a time
CONCURRENT_REQUESTS_PER_DOMAIN = 1
GONGKAI_PAUSE = 3.0
DOWNLOAD_DELAY = 0  # the pause is kept by crawler.network.turns: also between hosts that share an address
HTTPPROXY_ENABLED = False  # what a name leads to is looked at here, and so is who answers
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.network.handler.PortalHandler")
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
DOWNLOAD_WARNSIZE = 0
RETRY_HTTP_CODES = [500, 502, 503, 504, 408]  # without 429: who says "too many" is not asked again tonight
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
REDIRECT_MAX_TIMES = 6
METAREFRESH_MAXDELAY = 30

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.AllowedHosts": 50,  # before robots.txt, so that no foreign robots.txt is asked for
    "crawler.network.robots.Robots": 100,
    # retries, shells, redirects: all further from the network than the archive, so that every hop and every attempt
    # is kept
    "crawler.network.retries.Retries": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.shells.ShellPages": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.shells.Redirects": 600,
    "crawler.middlewares.Archive": 650,
    # 700 cookies; then decompression, nearer the network than the archive, so that decoded bodies are kept
    "crawler.network.decoding.Decoding": 800,
    "crawler.network.receipts.Receipts": 900,
}
ITEM_PIPELINES = {
    "pipelines.stages.Archive": 100,
    "pipelines.stages.ReadMeanwhile": 200,
    "pipelines.stages.Check": 300,
    "pipelines.stages.Store": 400,
}
EXTENSIONS = {"crawler.extensions.Settling": 0}

LOG_LEVEL = "INFO"
LOG_FILE_APPEND = True
STATS_DUMP = False
