"""Stands in for numpy in the nights that tests run: an installation has none."""

raise ImportError("the installation has no numpy")
