"""Which portals there are: the divisions of the country, the registry, and hand-made corrections."""
