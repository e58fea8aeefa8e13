"""Runs a command to its end and says how long it took and how much memory it needed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Measured:
    """One finished command: its exit status, wall seconds, peak memory in MiB, and what it printed."""

    status: int
    seconds: float
    peak_mib: float
    output: str


def python(*arguments: str, environment: dict[str, str] | None = None) -> Measured:
    """Run this Python with `arguments`. Peak memory is that of the largest process among it and its children."""
    started = perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    )
    assert child.stdout
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - started
    return Measured(child.returncode, seconds, usage.ru_maxrss / 1024, output)
