"""How fast we read and crawl, beside what others would use for the same work: `make bench`."""
