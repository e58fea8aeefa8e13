"""Reports without a table: how their text shows that it is one."""

from __future__ import annotations

from typing import Literal

from pipelines.editions.form import Form


class ProseEdition(Form):
    """Reports in words alone. ``cues`` are wordings of their subject matter, of which ``least`` must be found.

    After the years of this edition the form asks for tables: then the sections ``sections`` must all have text.
    """

    layout: Literal["prose"]
    cues: tuple[str, ...]
    least: int
    sections: tuple[int, ...]
