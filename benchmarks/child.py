"""Runs a Python command to its end and says how long it took and how much memory it needed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

AS_INSTALLED = str(Path(__file__).parent / "as_installed")


class ChildFailedError(Exception):
    """A measured command failed, so there is nothing to compare."""


@dataclass(frozen=True)
class Measured:
    """One finished command: wall seconds, processor seconds of all its processes, peak memory in MiB, its output."""

    seconds: float
    processor: float
    peak_mib: float
    output: str


def python(*arguments: str, ends_with: tuple[int, ...] = (0,), as_installed: bool = False) -> Measured:
    """Run this Python with `arguments`. Peak memory is that of the largest process among it and its children.

    `as_installed` hides what an installation of our own does not have.

    Raises:
        ChildFailedError: the exit status is none of `ends_with`.
    """
    started = perf_counter()
    environment = {**os.environ, "PYTHONPATH": AS_INSTALLED} if as_installed else None
    child = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    assert child.stdout
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in ends_with:
        raise ChildFailedError(f"'{' '.join(arguments)}' ended with status {child.returncode}. {output}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)
