"""Pages a second of our whole night, beside a bare Scrapy crawl of the same pages in the same run.

The night discovers the addresses itself, archives every answer, reads, checks and stores the reports; the bare crawl is
handed the addresses and keeps nothing. Both obey robots.txt and ask a host for one page at a time without a pause; both
run as where only the requirements of a night are installed.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from benchmarks.child import Measured, python

NIGHT_ENDED = (0, 1)
"""Exit statuses of a night that went through; 1 asks for a human, which the sample portals do on purpose."""


@click.command()
@click.option("--copies", default=20, show_default=True, help="How many more portals like each of the samples.")
@click.option("--rounds", default=3, show_default=True, help="How often each side crawls; the best time counts.")
def main(copies: int, rounds: int) -> None:
    """Measure the night and the bare crawl in turn, and print both."""
    with tempfile.TemporaryDirectory() as name, _fleet(Path(name), copies) as registry:
        folder = Path(name)
        nights, bare = [], []
        for number in range(rounds):
            nights.append(_night(folder / f"{number}.db", registry))
            bare.append(_bare(_addresses(folder / f"{number}.db"), folder / "addresses.txt"))
        pages = len(_addresses(folder / "0.db"))
    ours, theirs = (min(side, key=lambda run: run.seconds) for side in (nights, bare))
    _print("our whole night", pages, ours)
    _print("bare Scrapy", pages, theirs)
    click.echo(f"ratio (night / bare): {theirs.seconds / ours.seconds:.2f}")


@contextmanager
def _fleet(folder: Path, copies: int) -> Iterator[Path]:
    served = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.fleet", str(folder), str(copies)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with served:  # leaving closes the fleet's input, which ends it
        assert served.stdout
        yield Path(served.stdout.readline().strip())


def _night(db: Path, registry: Path) -> Measured:
    captures = db.with_suffix(".captures")
    files = ["--registry", str(registry), "--db", str(db), "--captures", str(captures)]
    return python("scheduler.py", "run", "--pause", "0", *files, ends_with=NIGHT_ENDED, as_installed=True)


def _addresses(db: Path) -> list[str]:
    """Every address the night asked for, robots.txt left out: Scrapy asks for that by itself."""
    with closing(sqlite3.connect(db)) as archive:
        return [url for (url,) in archive.execute("SELECT url FROM capture WHERE url NOT LIKE '%/robots.txt'")]


def _bare(addresses: list[str], file: Path) -> Measured:
    file.write_text("\n".join(addresses), encoding="utf-8")
    bare = python("-m", "benchmarks.bare_spider", str(file), as_installed=True)
    if int(bare.output) < len(addresses):
        raise click.ClickException(f"The bare crawl had {bare.output.strip()} answers of {len(addresses)}.")
    return bare


def _print(side: str, pages: int, run: Measured) -> None:
    rate = pages / run.seconds
    spent = f"{run.seconds:6.1f} s ({run.processor:.1f} s of processors)"
    click.echo(f"{side:16} {pages} pages  {spent}  {rate:6.0f} pages/s  peak {run.peak_mib:.0f} MiB")


if __name__ == "__main__":
    main()
