"""The command line: ``python -m fuzz READER [--minutes 10] [--seed N] [--only NUMBER]``; READER may be ``all``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from fuzz.judge import SLOWEST_CONVERTED, judge
from fuzz.readers import READERS, mutant
from fuzz.run import fuzz


@click.command()
@click.argument("reader", type=click.Choice([*READERS, "all"]))
@click.option("--minutes", type=float, default=10.0, help="How long each reader is fuzzed.")
@click.option("--seed", type=int, default=0, help="Another seed gives other documents.")
@click.option("--only", type=int, help="Make and judge this one document again.")
@click.option("--keep", type=click.Path(path_type=Path), default="fuzz-failures", help="Folder for faulty documents.")
def main(reader: str, minutes: float, seed: int, only: int | None, keep: Path) -> None:
    """Fuzz READER. Exit status 1 when a document crashed it, hung it, or gave a wrong figure in silence."""
    failed = False
    for name in READERS if reader == "all" else [reader]:
        if only is not None:
            verdict = judge(mutant(name, seed, only), SLOWEST_CONVERTED)
            click.echo(f"{name} {only}: {verdict}")
            failed |= bool(verdict.faults)
            continue
        summary = fuzz(name, minutes * 60, seed, keep)
        for line in summary.lines():
            click.echo(line)
        for number, fault in summary.faults:
            click.echo(f"  document {number}: {fault}")
        failed |= bool(summary.faults)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
