"""Peak memory of one process that reads and checks report after report: `python -m benchmarks.memory`.

No two reports print the same figures or sentences, so that whatever is remembered of them would show. Peaks are those
of the process (``ru_maxrss``); the pages are made in it, which needs little and always the same.
"""

import resource
from collections.abc import Iterator
from itertools import islice

from benchmarks.pages import pages
from pipelines import memory
from pipelines.reading import read
from pipelines.rules import check

COUNTS = (1_000, 2_000, 5_000, 10_000)


def main() -> None:
    """Read, and print the peak whenever so many reports have been read."""
    memory.keep()  # as every process of ours that reads
    for number, page in enumerate(islice(_both_editions(), COUNTS[-1]), 1):
        check(read(page))
        if number in COUNTS:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"after {number:6} reports: peak {peak:.0f} MiB", flush=True)


def _both_editions() -> Iterator[bytes]:
    for new, old in zip(pages("t2021"), pages("t2019"), strict=True):
        yield new
        yield old


if __name__ == "__main__":
    main()
