"""The command line of the reading side: ``python -m pipelines read FILE…`` and ``python -m pipelines dictionary``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pipelines.dictionary import check_documents, write_documents
from pipelines.printing import as_json, as_text
from pipelines.reading import read
from pipelines.rules import check


@click.group()
def main() -> None:
    """Read annual reports on open government information, and keep the data dictionary."""


@main.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="One JSON object a line for each file.")
def read_command(files: tuple[Path, ...], in_json: bool) -> None:
    """Read FILES and print whose reports they are, their figures and what does not add up.

    Exit status 0 when every file could be opened, 2 when one could not.
    """
    unopened = 0
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            click.echo(f"{file}: cannot be opened ({error.strerror}); check the path and its permissions.", err=True)
            unopened += 1
            continue
        reading = read(data)
        check(reading)
        click.echo(
            json.dumps(as_json(str(file), reading), ensure_ascii=False) if in_json else as_text(str(file), reading)
        )
    if unopened:
        raise SystemExit(2)


@main.command("dictionary")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail when a document is stale.")
def dictionary_command(only_check: bool) -> None:
    """Write docs/database.md and publish/metadata.yaml from the data dictionary."""
    if only_check:
        stale = check_documents()
        for path in stale:
            click.echo(f"{path} is stale; run: python -m pipelines dictionary", err=True)
        raise SystemExit(1 if stale else 0)
    for path in write_documents():
        click.echo(f"wrote {path}")


if __name__ == "__main__":
    main(prog_name="python -m pipelines")
