"""A newcomer's first night, `python -m samples.first_night [--serve]`: what `make night` and `make run` call.

The sample portals live in this process and end with it; a child it started is ended first.
"""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

import click

from samples.fleet import REGISTRY, fleet
from samples.server import PortTakenError

ROOT = Path(__file__).resolve().parents[1]
NEEDS_HUMAN = 1
"""The exit status of a night that asks for a person; the sample portals give reason to, on purpose."""
PATIENCE = 20
"""Seconds a child may take to end cleanly."""
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command()
@click.option("--serve", is_flag=True, help="Then serve the result on 127.0.0.1:8001 until Ctrl-C.")
def main(serve: bool) -> None:
    """Run one night over the bundled sample portals (对自带的样例门户采集一夜)."""
    for number in ENDINGS:
        signal.signal(number, _interrupt)
    try:
        with tempfile.TemporaryDirectory() as folder, fleet(Path(folder), ports="fixed"):
            _night()
            if serve:
                _run("-m", "publish", "serve")
    except PortTakenError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("已全部结束 · everything has ended. Next: 'make run' continues where this stopped.")


def _night() -> None:
    click.echo("对自带的样例门户采集一夜 · one night over the bundled sample portals")
    status = _run("scheduler.py", "run", "--registry", str(REGISTRY.relative_to(ROOT)), "--pause", "0.05")
    if status not in (0, NEEDS_HUMAN):
        raise click.ClickException(f"The night could not run (status {status}): mend the reason named above.")


def _run(*arguments: str) -> int:
    """Run a Python child to its end and give its exit status; whatever interrupts us ends it first.

    The child has a session of its own, so that Ctrl-C reaches it once, through us, and not twice.
    """
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, start_new_session=True)
    try:
        return child.wait()
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    for number in ENDINGS:  # an impatient second Ctrl-C must not leave the child behind
        signal.signal(number, signal.SIG_IGN)
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(prog_name="python -m samples.first_night")
