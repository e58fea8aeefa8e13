"""The clock and the operator's command line: run, start, status."""

from __future__ import annotations

import signal
import sys
from contextlib import closing
from pathlib import Path

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while the rest is still being loaded just ends us

import click

from crawler.child import Files
from crawler.configuration import ConfigurationError, load_configuration
from crawler.night import Order, make_plan, run_night
from crawler.portals.found import found_portals
from crawler.portals.registry import RegistryError
from crawler.status import tell_status
from pipelines.lock import ArchiveBusy
from pipelines.storage import StorageError, WrongFile
from pipelines.store import open_archive

DB = click.option("--db", type=click.Path(path_type=Path), default="archive.db", help="The database of figures.")
CAPTURES = click.option(
    "--captures", type=click.Path(path_type=Path), default="captures.db", help="The database of bodies received."
)
REGISTRY = click.option(
    "--registry", type=click.Path(path_type=Path), help="The portals: a CSV file code,name,home_url."
)
PAUSE = click.option("--pause", type=click.FloatRange(min=0), help="Seconds between two requests to one host.")
SECOND_LOOK = click.option(
    "--second-look",
    type=click.IntRange(min=0),
    help="Days after which unchanged reports are asked for again; 0: all now.",
)
NOW = click.option("--now", is_flag=True, help="Also while offices are open.")


@click.group()
def main() -> None:
    """Crawl the portals by night. Exit status: 0 all well, 1 something needs a human, 2 wrong usage."""


@main.command()
@click.option("--portals", "selectors", multiple=True, metavar="SELECTOR…", help="Only these portals (see README).")
@click.argument("more", nargs=-1, metavar="")
@REGISTRY
@DB
@CAPTURES
@PAUSE
@SECOND_LOOK
@NOW
def run(
    selectors: tuple[str, ...],
    more: tuple[str, ...],
    registry: Path | None,
    pause: float | None,
    second_look: int | None,
    *,
    now: bool,
    **files: Path,
) -> None:
    """Run one night, or continue the one that was cut short."""
    order = Order(Files(**files), registry, (*selectors, *more), now)
    try:
        configuration = load_configuration().with_options(pause=pause, second_look=second_look)
        summary = run_night(order, configuration)
    except (RegistryError, ConfigurationError, WrongFile) as error:
        _stop(2, error)
    except (StorageError, ArchiveBusy) as error:
        _stop(1, error)
    for line in (*summary.lines_zh, *summary.lines_en):
        click.echo(line)
    db = order.files.db
    click.echo(f"结果在 {db} The results are in {db}. 下一步 Next: python scheduler.py status --db {db}")
    sys.exit(1 if summary.troubles else 0)


@main.command()
@REGISTRY
@DB
@CAPTURES
@PAUSE
def start(registry: Path | None, db: Path, captures: Path, pause: float | None) -> None:
    """Stay, and run a night at the hour that gongkai.yaml names (Asia/Shanghai)."""
    from crawler.clock import keep_time  # its scheduler takes a while to load, and no other command needs it

    options: dict[str, object] = {"--registry": registry, "--db": db, "--captures": captures, "--pause": pause}
    arguments = [part for name, value in options.items() if value is not None for part in (name, str(value))]
    try:
        configuration = load_configuration().with_options(pause=pause)
        with closing(open_archive(db)) as archive:  # what a night would refuse is refused now
            make_plan(Order(Files(db, captures), registry, now=True), configuration, found_portals(archive))
        keep_time(db, configuration.night_hour, arguments)
    except (RegistryError, StorageError, ConfigurationError) as error:
        _stop(2, error)


@main.command()
@DB
def status(db: Path) -> None:
    """Tell of the last nights, and what needs a human."""
    try:
        troubles = tell_status(db)
    except StorageError as error:
        _stop(2, error)
    sys.exit(1 if troubles else 0)


def _stop(code: int, error: Exception) -> None:
    click.echo(str(error), err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
