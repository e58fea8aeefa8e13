"""From a captured document to checked rows: readers, editions, matching, rules and the store. Runs without Scrapy."""
