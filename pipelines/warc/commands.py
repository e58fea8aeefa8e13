"""The commands ``warc export`` and ``warc import``; what they do is imported when one of them is called."""

from __future__ import annotations

import sys
from pathlib import Path

import click

PATH = click.Path(path_type=Path)
DB = click.option("--db", type=PATH, default="archive.db", help="The database of figures.")
CAPTURES = click.option("--captures", type=PATH, default="captures.db", help="The database of bodies.")


@click.group("warc")
def warc() -> None:
    """Exchange captures with other tools. Exit status: 0 all well, 1 something needs a human, 2 wrong usage."""


@warc.command("export")
@click.argument("file", type=PATH)
@DB
@CAPTURES
@click.option("--run", "run", type=int, help="Only what this run received.")
@click.option("--division", help="Only the portal of the division with this code.")
def export_command(file: Path, db: Path, captures: Path, run: int | None, division: str | None) -> None:
    """Write what we hold to FILE as WARC 1.1, gzip where its name ends in .gz."""
    from pipelines.warc.work import Selection, export_to

    sys.exit(export_to(file, db, captures, Selection(run, division)))


@warc.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--vantage", required=True, help="Where the files were made; it is kept with each capture.")
@click.option("--division", help="The division that everything in FILES belongs to; without it the host decides.")
@click.option("--registry", type=PATH, help="Portals to know besides: a CSV file code,name,home_url.")
@DB
@CAPTURES
def import_command(
    files: tuple[Path, ...], vantage: str, division: str | None, registry: Path | None, db: Path, captures: Path
) -> None:
    """Take the responses in FILES (WARC 1.0 or 1.1) as captures, and read the reports among them."""
    from pipelines.warc.work import Origin, import_all

    sys.exit(import_all(files, db, captures, Origin(vantage, division, registry)))
