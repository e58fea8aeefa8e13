"""Route B: from the reading order of a document to the cells of the statutory form.

The document is one stream of texts. The labels of the form are looked for in the order of the form, and the values that
stand between a label and the next are its values: as many as the form asks for, or the row is not read. Columns, spans
and everything of ``pipelines.matching`` are unknown here, so that the two routes err independently.
"""

from __future__ import annotations

from pipelines.document import Document
from pipelines.periods import of_the_period
from pipelines.sequence.annex import read_annex
from pipelines.sequence.disclosure import read_disclosure
from pipelines.sequence.disputes import read_disputes
from pipelines.sequence.requests import read_requests
from pipelines.sequence.run import Run
from pipelines.sequence.stream import stream

__all__ = ["Run", "read_in_order"]


def read_in_order(document: Document, year: int | None = None) -> dict[str, Run]:
    """The tables of the report of ``year`` by name (``disclosure``, ``requests``, ``disputes``, ``annex``).

    One that is not there is left out.
    """
    ours, everything = of_the_period(document, year), stream(document)
    of_the_year = everything if ours is document else stream(ours)
    found = {
        "disclosure": read_disclosure(of_the_year),
        "requests": read_requests(of_the_year),
        "disputes": read_disputes(of_the_year),
        "annex": read_annex(everything, year),
    }
    return {table: run for table, run in found.items() if run is not None}
