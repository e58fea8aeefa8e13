"""The command line of the reading side: ``python -m pipelines read FILE…``, ``reread``, ``warc`` and ``dictionary``."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import NoReturn

import click

from pipelines import memory
from pipelines.files import Layout, Unopened, read_files
from pipelines.progress import Progress
from pipelines.terminal.ink import colourful
from pipelines.warc.commands import warc
from pipelines.workers import cores

STOPPED = 130  # by Ctrl-C, as shells count


@click.group()
def main() -> None:
    """Read annual reports, read the archive again, exchange captures with other tools, keep the data dictionary."""
    memory.keep()


@main.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="One JSON object a line for each file.")
def read_command(files: tuple[Path, ...], in_json: bool) -> None:
    """Read FILES and print whose reports they are, their tables and what does not add up.

    Exit status 0 when every file could be opened, 2 when one could not, 1 when our own code failed on one.
    """
    layout = Layout(in_json, get_terminal_size((100, 24)).columns, colourful(sys.stdout))
    progress = Progress("读取文件 Reading files", len(files))
    status = 0
    try:
        for file, answer in read_files(files, layout, progress):
            progress.clear()
            if isinstance(answer, str):
                click.echo(answer if in_json else f"{answer}\n", color=layout.colour)
            elif isinstance(answer, Unopened):
                click.echo(answer.message, err=True)
                status = 2
            else:
                click.echo(f"{file}: our reader failed on it ({answer.message}); please send us the file.", err=True)
                status = status or 1
    except KeyboardInterrupt:
        status = STOPPED
    progress.clear()
    sys.exit(status)


@main.command("reread")
@click.option("--all", "everything", is_flag=True, help="Every report, not only those that an older reader has read.")
@click.option("--db", type=click.Path(path_type=Path), default="archive.db", help="The database of figures.")
@click.option("--captures", type=click.Path(path_type=Path), default="captures.db", help="The database of bodies.")
@click.option("--jobs", type=click.IntRange(min=1), default=cores, help="How many processes read; one a core.")
@click.option("--accept", multiple=True, metavar="REPORT", help="Today's reading of this report is right; repeatable.")
def reread_command(everything: bool, db: Path, captures: Path, jobs: int, accept: tuple[str, ...]) -> None:
    """Read the archive again with today's code; what differs is recorded as a change of our reader.

    It may be stopped at any moment and goes on when it is run again without --all. A report that can no longer be read,
    or that is now another body's or none, keeps what is stored of it and is an error until the reader is corrected, or
    until a person accepts today's reading with --accept. Exit status 0 all well; 1 when a report can no longer be read
    or the archive is in use; 2 wrong usage.
    """
    from pipelines.lock import ArchiveBusy
    from pipelines.reread import UnknownReport, reread_archive
    from pipelines.storage import StorageError, WrongFile

    try:
        outcome = reread_archive(db, captures, jobs, everything=everything, accepted=frozenset(accept))
    except (WrongFile, UnknownReport) as error:
        _stop(2, error)
    except (StorageError, ArchiveBusy) as error:
        _stop(1, error)
    except KeyboardInterrupt:
        _stop(STOPPED, "Stopped; what was read is kept. To go on: python -m pipelines reread")
    for failure in outcome.failures:
        click.echo(failure, err=True)
    for line in outcome.summary():
        click.echo(line)
    sys.exit(1 if outcome.failures else 0)


@main.command("dictionary")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail when a document is stale.")
def dictionary_command(only_check: bool) -> None:
    """Write docs/database.md and publish/metadata.yaml from the data dictionary."""
    from pipelines.dictionary import check_documents, write_documents

    if only_check:
        stale = check_documents()
        for path in stale:
            click.echo(f"{path} is stale; run: python -m pipelines dictionary", err=True)
        raise SystemExit(1 if stale else 0)
    for path in write_documents():
        click.echo(f"wrote {path}")


main.add_command(warc)


def _stop(status: int, why: object) -> NoReturn:
    click.echo(str(why), err=True)
    sys.exit(status)


if __name__ == "__main__":
    main(prog_name="python -m pipelines")
