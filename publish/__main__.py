"""``python -m publish serve``: the site on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click
import uvicorn

from publish.site import NoArchiveError, build

HOST = "127.0.0.1"


@click.group()
def main() -> None:
    """Show the archive to people."""


@main.command()
@click.option("--db", type=click.Path(path_type=Path), default=Path("archive.db"), help="The archive to show.")
@click.option("--captures", type=click.Path(path_type=Path), help="Archived pages [captures.db beside the archive].")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free port.")
def serve(db: Path, captures: Path | None, port: int) -> None:
    """Serve the site on 127.0.0.1 until Ctrl-C."""
    try:
        site = build(db, captures or db.with_name("captures.db"))
    except NoArchiveError as error:
        raise click.ClickException(str(error)) from error
    with _listen(port) as listener:
        click.echo(f"网站已开启 The site is open: http://{HOST}:{listener.getsockname()[1]}/  Ctrl-C 关闭 closes it.")
        server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", timeout_graceful_shutdown=2))
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn has closed everything and passes Ctrl-C on
            click.echo("网站已关闭 The site is closed.")


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = os.strerror(error.errno or 0)  # the error's own text repeats the address
        raise click.ClickException(
            f"Port {port} of {HOST} cannot be used ({reason}): close what uses it, or pass --port."
        ) from error


if __name__ == "__main__":
    main()
