"""The crawler's tools: ``python -m crawler find URL``, ``portals find`` and ``portals verify``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while the rest is still being loaded just ends us

import click

from crawler.child import Files
from crawler.configuration import ConfigurationError, load_configuration
from crawler.find import FindOrder, NotFound, find
from crawler.portals.overrides import PATH, load_seeds
from crawler.portals.registry import RegistryError
from pipelines.lock import ArchiveBusy
from pipelines.storage import StorageError, WrongFile

DB = click.option("--db", type=click.Path(path_type=Path), default="archive.db", help="The database of figures.")
CAPTURES = click.option(
    "--captures", type=click.Path(path_type=Path), default="captures.db", help="The database of bodies received."
)
PAUSE = click.option("--pause", type=click.FloatRange(min=0), help="Seconds between two requests to one host.")
NOW = click.option("--now", is_flag=True, help="Also while offices are open.")
PRIVATE = click.option("--private", is_flag=True, help="Follow links into this machine and its network too.")
SELECTORS = click.argument("selectors", nargs=-1, metavar="[CODE…]")


@click.group()
def main() -> None:
    """Find portals, and what is on them. Exit status: 0 all settled, 1 something needs a human, 2 wrong usage."""


@main.command("find")
@click.argument("url")
@click.option("--code", help="The code of the portal's division, where its home page does not tell it.")
@click.option("--db", type=click.Path(path_type=Path), help="Keep what is found in this database (with --captures).")
@click.option("--captures", type=click.Path(path_type=Path), help="Keep the bodies received in this database.")
@PAUSE
def find_portal(url: str, code: str | None, db: Path | None, captures: Path | None, pause: float | None) -> None:
    """Visit the one portal at URL as a night would, and print what it is and what is on it."""
    from crawler.find_telling import tell_find

    if bool(db) != bool(captures):
        _stop(2, RegistryError("Give both --db and --captures to keep what is found, or neither."))
    files = Files(db, captures) if db and captures else None
    with _Stopping(), find(FindOrder(url, code, files), load_configuration().with_options(pause=pause)) as visited:
        sys.exit(tell_find(visited))


@main.group()
def portals() -> None:
    """Find the portals of all counties, and check those that are known."""


@portals.command("find")
@SELECTORS
@click.option(
    "--seeds", type=click.Path(path_type=Path), default=PATH, help="Where to start: a file like portals.yaml."
)
@DB
@CAPTURES
@PAUSE
@PRIVATE
@NOW
def find_command(
    selectors: tuple[str, ...], seeds: Path, pause: float | None, private: bool, now: bool, **files: Path
) -> None:
    """Search from the provinces down, or go on with a search that was cut short; CODE… are leading digits of codes."""
    from crawler.portals.search import SearchOrder, find_portals
    from crawler.portals.telling import tell_search

    order = SearchOrder(Files(**files), _codes(selectors), private, now)
    with _Stopping():
        ended = find_portals(order, load_seeds(seeds), load_configuration().with_options(pause=pause))
        sys.exit(tell_search(ended, order))


@portals.command("verify")
@SELECTORS
@click.option("--accept", is_flag=True, help="Write the address that proves itself in place of one that does not.")
@DB
@CAPTURES
@PAUSE
@PRIVATE
@NOW
def verify_command(
    selectors: tuple[str, ...], accept: bool, pause: float | None, private: bool, now: bool, **files: Path
) -> None:
    """Look again at the registered portals and report what has changed; nothing is replaced without --accept."""
    from crawler.portals.search import SearchOrder
    from crawler.portals.telling import tell_check
    from crawler.portals.verify import verify_portals

    order = SearchOrder(Files(**files), _codes(selectors), private, now)
    with _Stopping():
        sys.exit(tell_check(verify_portals(order, load_configuration().with_options(pause=pause), accept=accept)))


class _Stopping:
    """Turns every expected error into its one sentence and an exit status."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, RegistryError | ConfigurationError | WrongFile):
            _stop(2, error)
        if isinstance(error, StorageError | ArchiveBusy | NotFound):
            _stop(1, error)


def _stop(code: int, error: Exception) -> None:
    click.echo(str(error), err=True)
    sys.exit(code)


def _codes(selectors: tuple[str, ...]) -> tuple[str, ...]:
    wrong = next((one for one in selectors if not one.isdigit() or len(one) > 6), None)
    if wrong is not None:
        _stop(
            2, RegistryError(f"“{wrong}” is no code: give the leading digits of division codes, such as 35 or 350128.")
        )
    return selectors


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
