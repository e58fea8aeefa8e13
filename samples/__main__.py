"""The command line of the sample portals: `python -m samples serve`."""

import signal
import tempfile
from pathlib import Path
from types import FrameType

import click

from samples.fleet import Ports, Served, fleet, write_registry
from samples.server import PortTakenError


@click.group()
def main() -> None:
    """Look-alike government portals on this machine only (样例门户,仅供本机使用)."""


@main.command()
@click.option(
    "--registry",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the portals' registry to this CSV file.",
)
@click.option(
    "--ports",
    type=click.Choice(["fixed", "free"]),
    default="fixed",
    show_default=True,
    help="The ports of samples/registry.csv, or whichever are free.",
)
def serve(registry: Path | None, ports: Ports) -> None:
    """Serve the sample portals until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with tempfile.TemporaryDirectory() as folder, fleet(Path(folder), ports) as running:
            if registry:
                _write(registry, running.portals)
            for one in running.portals:
                click.echo(f"{one.home_url}  {one.name} · {one.portal.site_name}")
            click.echo("样例门户已启动,按 Ctrl-C 结束 · sample portals are running, Ctrl-C ends them")
            signal.pause()
    except PortTakenError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("样例门户已停止 · sample portals have ended")


def _write(registry: Path, served: tuple[Served, ...]) -> None:
    try:
        write_registry(registry, [(one.code, one.name, one.home_url) for one in served])
    except OSError as error:
        raise click.ClickException(f"The registry {registry} cannot be written: {error.strerror}.") from error


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(prog_name="python -m samples")
