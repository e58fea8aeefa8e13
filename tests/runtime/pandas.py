"""Stands in for pandas in the nights that tests run: an installation has none, and importing it takes a second."""

raise ImportError("the installation has no pandas")
