"""The county-level divisions of China, from ``divisions.csv`` beside this module; reading them needs no crawler."""

from pipelines.divisions import divisions, fill_divisions

__all__ = ["divisions", "fill_divisions"]
