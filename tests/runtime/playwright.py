"""Stands in for Playwright in the nights that tests run: an installation has none unless it is told to."""

raise ImportError("the installation has no playwright")
