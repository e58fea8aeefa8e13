"""What each page of our own says: one module a page, each a plain function over the archive's connection."""
