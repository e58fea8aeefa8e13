"""The public site: Datasette over archive.db, with pages of our own. It knows nothing of the crawl."""
