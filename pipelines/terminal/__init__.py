"""What a person wants to see of a reading: whose report it is, its tables as on the form, and what does not add up."""

from __future__ import annotations

from pipelines.terminal.ink import colourful
from pipelines.terminal.page import as_text

__all__ = ["as_text", "colourful"]
