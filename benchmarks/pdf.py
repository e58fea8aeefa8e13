"""Milliseconds a PDF of our whole reading, beside pdfplumber's own table extraction on the same file in the same run.

Ours reads in its confined process, which is warm, and finds body, year and date, compares both routes and checks every
rule. Pdfplumber finds the tables. The sides take turns in one process: ours spends its time in the confined one.
`python -m benchmarks.pdf [FILE…]` measures the sample portals' PDF and the files given.
"""

import io
import sys
from pathlib import Path
from time import perf_counter

import pdfplumber

from pipelines.reading import read
from pipelines.rules import check
from samples.expected import reports
from samples.portal import portals
from samples.render import render

ROUNDS = 7


def main(files: list[Path]) -> None:
    """Measure both sides in turn, and print both for each file; the best round counts."""
    documents = {"sample portal": _sample()} | {path.name: path.read_bytes() for path in files}
    for name, data in documents.items():
        ours, theirs = [], []
        _ours(data)
        for _ in range(ROUNDS):
            ours.append(_seconds(_ours, data))
            theirs.append(_seconds(_pdfplumber, data))
        print(f"{name}: ours {min(ours) * 1000:.0f} ms, pdfplumber {min(theirs) * 1000:.0f} ms")
        print(f"{name} ratio (ours / pdfplumber): {min(ours) / min(theirs):.2f}")


def _sample() -> bytes:
    paths = [(portal, report.path) for portal in portals() for report in reports(portal) if report.path.endswith("pdf")]
    portal, path = paths[0]
    return render(portal)[path].body


def _ours(data: bytes) -> None:
    reading = read(data)
    check(reading)
    if not reading.observations:
        raise SystemExit("The PDF was not read as a report, so there is nothing to compare: name one that is.")


def _pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()


def _seconds(side: object, data: bytes) -> float:
    assert callable(side)
    started = perf_counter()
    side(data)
    return perf_counter() - started


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
