"""Milliseconds a page of our whole reading, beside `pandas.read_html` on the same pages in the same run.

Ours decodes the page, finds body, year and date, reads every cell and checks every rule. Pandas finds the tables. The
sides take turns, each in a process of its own, so that neither pays for the other's memory.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.child import python
from samples.expected import reports
from samples.portal import portals
from samples.render import render

EDITIONS = ("t2021", "t2019")
ROUNDS = 5
REPEATS = 10
SMALLEST = 60_000
"""Bytes: a report pasted from Word, the usual size and the worst markup of real portals."""


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
    sizes = []
    for portal in portals():
        pages = render(portal)
        for report in reports(portal):
            body = pages[report.path].body
            if report.edition == edition and len(body) >= SMALLEST:
                (folder / f"{portal.code}-{Path(report.path).stem}.html").write_bytes(body)
                sizes.append(len(body))
    return f"{len(sizes)} pages of {sum(sizes) // len(sizes) // 1000} kB on average, read {REPEATS} times a round"


def _ours() -> Callable[[bytes], object]:
    from pipelines.reading import read
    from pipelines.rules import check

    return lambda body: check(read(body))


def _pandas() -> Callable[[bytes], object]:
    import pandas

    return lambda body: pandas.read_html(io.BytesIO(body), encoding="utf-8")


SIDES = {"ours": _ours, "pandas": _pandas}
"""How each side is made; a process imports only its own."""


def one_side(side: str, folder: Path) -> None:
    """Print the seconds a page of one side, for each edition, as JSON; the first page is not counted."""
    read = SIDES[side]()
    seconds = {}
    for edition in EDITIONS:
        bodies = [path.read_bytes() for path in sorted((folder / edition).iterdir())]
        read(bodies[0])
        started = perf_counter()
        for body in bodies * REPEATS:
            read(body)
        seconds[edition] = (perf_counter() - started) / (len(bodies) * REPEATS)
    print(json.dumps(seconds))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one_side(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
