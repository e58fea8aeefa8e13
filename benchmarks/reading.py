"""Milliseconds a page of our whole reading, beside `pandas.read_html` on the same pages in the same run.

Ours decodes the page, finds body, year and date, reads every cell by two routes and checks every rule. Pandas finds the
tables. No two pages print the same figures or sentences. The sides take turns, each in a process of its own, so that
neither pays for the other's memory. Both have one thread and wait for nothing, so processor time is what counts.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import process_time

from benchmarks.child import python
from benchmarks.pages import pages

EDITIONS = ("t2021", "t2019")
ROUNDS = 5
PAGES = 60
NOT_COUNTED = 5
"""The first pages load forms and patterns, once in the life of a process."""


def main() -> None:
    """Measure both sides in turn, and print both for each edition; the best round counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for edition in EDITIONS:
            print(f"{edition}: {_write_pages(folder / edition, edition)}")
        rounds = [{side: python("-m", "benchmarks.reading", side, name) for side in SIDES} for _ in range(ROUNDS)]
    for edition in EDITIONS:
        best = {side: min(json.loads(done[side].output)[edition] for done in rounds) for side in SIDES}
        for side, seconds in best.items():
            print(f"{edition} {side:6} {seconds * 1000:6.2f} ms/page {1 / seconds:6.0f} pages/s")
        print(f"{edition} ratio (ours / pandas): {best['ours'] / best['pandas']:.2f}")
    for side in SIDES:
        print(f"peak memory, {side}: {max(done[side].peak_mib for done in rounds):.0f} MiB")


def _write_pages(folder: Path, edition: str) -> str:
    folder.mkdir()
    bodies = list(islice(pages(edition), NOT_COUNTED + PAGES))
    for number, body in enumerate(bodies):
        (folder / f"{number:03}.html").write_bytes(body)
    return f"{PAGES} pages of {sum(map(len, bodies)) // len(bodies) // 1000} kB on average"


def _ours() -> Callable[[bytes], object]:
    from pipelines import memory
    from pipelines.reading import read
    from pipelines.rules import check

    memory.keep()  # as every process of ours that reads
    return lambda body: check(read(body))


def _pandas() -> Callable[[bytes], object]:
    import pandas

    return lambda body: pandas.read_html(io.BytesIO(body), encoding="utf-8")


SIDES = {"ours": _ours, "pandas": _pandas}
"""How each side is made; a process imports only its own."""


def one_side(side: str, folder: Path) -> None:
    """Print the seconds a page of one side, for each edition, as JSON."""
    read = SIDES[side]()
    seconds = {}
    for edition in EDITIONS:
        bodies = [path.read_bytes() for path in sorted((folder / edition).iterdir())]
        for body in bodies[:NOT_COUNTED]:
            read(body)
        started = process_time()
        for body in bodies[NOT_COUNTED:]:
            read(body)
        seconds[edition] = (process_time() - started) / PAGES
    print(json.dumps(seconds))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one_side(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
