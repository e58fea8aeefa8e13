"""From a portal's address to captured documents: the registry, the search for report lists, and one Scrapy spider."""
