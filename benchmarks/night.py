"""Two nights over a simulated country of portals: `python -m benchmarks.night [--portals N] [--seed S]`.

The first finds everything from the home pages; before the second nothing changes. A third measure gives a few portals
a pause and compares the night with the time that the pauses alone need.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from heapq import heapreplace
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import click

from benchmarks.census import Census, Country, census, served
from benchmarks.child import AS_INSTALLED
from crawler.configuration import load_configuration
from samples.simulator.country import WHOLE

NIGHT_ENDED = (0, 1)
"""Exit statuses of a night that went through; 1 asks for a human, which such a country does."""
MIB = 1024 * 1024
PAUSE = 3.0


@click.command()
@click.option("--portals", default=WHOLE, show_default=True, help="How many portals the country has.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives another country.")
@click.option("--paused", default=48, show_default=True, help="How many portals to crawl with a pause; 0 for none.")
def main(portals: int, seed: int, paused: int) -> None:
    """Run the nights and print what they found and what they cost."""
    with tempfile.TemporaryDirectory() as name, served(Path(name), portals, seed) as country:
        first = _night(country, Path(name), "0")
        _tell("first night", census(country, Path(name) / "archive.db"), first)
        second = _night(country, Path(name), "0")
        _tell("second night", census(country, Path(name) / "archive.db"), second)
        click.echo(f"first / second: {first.seconds / second.seconds:.1f} times the time")
    if paused:
        _paused(paused, seed)


class Watched:
    """A night that has ended: its seconds, and the memory of all its processes together, looked at every second.

    `processor` are the seconds of processors that it and its children took: what it would need on a quiet machine.
    """

    def __init__(self, command: list[str]) -> None:
        started = perf_counter()
        environment = {**os.environ, "PYTHONPATH": AS_INSTALLED}
        self._child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        self._ended = Event()
        self.memory: list[float] = []
        """MiB, second by second."""
        watcher = Thread(target=self._watch, daemon=True)
        watcher.start()
        assert self._child.stdout
        self.output = self._child.stdout.read()
        _, status, usage = os.wait4(self._child.pid, 0)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = perf_counter() - started
        self.processor = usage.ru_utime + usage.ru_stime
        self._ended.set()
        watcher.join()
        if self._child.returncode not in NIGHT_ENDED:
            raise click.ClickException(f"The night ended with status {self._child.returncode}: {self.output}")

    def _watch(self) -> None:
        while not self._ended.wait(1):
            self.memory.append(_resident(self._child.pid) / MIB)


def _night(country: Country, folder: Path, pause: str) -> Watched:
    files = ["--registry", str(country.registry), "--db", str(folder / "archive.db")]
    captures = ["--captures", str(folder / "captures.db")]
    return Watched([sys.executable, "scheduler.py", "run", "--pause", pause, *files, *captures])


def _resident(pid: int) -> int:
    """Bytes of a process and all below it; what has just ended counts nothing."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)


def _tell(name: str, seen: Census, night: Watched) -> None:
    share = 100 * seen.found / max(seen.wanted, 1)
    click.echo(f"{name}: {_time(night)}, {seen.found} of {seen.wanted} reports found ({share:.2f} %)")
    click.echo(f"  requests besides reports: {seen.median_besides:g} in the median, {max(seen.besides or [0])} at most")
    click.echo(f"  requests for reports: {seen.for_reports}; new bodies: {seen.new_bodies}")
    click.echo(f"  memory of all processes: {_memory(night)}")
    click.echo(f"  ascribed wrongly: {len(seen.wrong)}")
    for line in sorted(seen.wrong)[:10]:
        click.echo(f"    {line}")
    for family, number in sorted(seen.missing.items()):
        click.echo(f"  missing at {family}: {number}")
    for (family, right, outcome), number in sorted(seen.outcomes.items()):
        click.echo(f"  {number} of {family} should end as {right} and ended as {outcome}")


def _time(night: Watched) -> str:
    return f"{night.seconds:.0f} s ({night.processor:.0f} s of processors)"


def _memory(night: Watched) -> str:
    quarters = [night.memory[at * len(night.memory) // 4 : (at + 1) * len(night.memory) // 4] for at in range(4)]
    peaks = ", ".join(f"{max(quarter, default=0):.0f}" for quarter in quarters)
    return f"peak {max(night.memory, default=0):.0f} MiB (by quarter of the night: {peaks})"


def _paused(portals: int, seed: int) -> None:
    """The time of a night with pauses beside that of the pauses alone, where portals take turns in their order."""
    at_once = load_configuration().portals_in_parallel
    with tempfile.TemporaryDirectory() as name, served(Path(name), portals, seed) as country:
        night = _night(country, Path(name), str(PAUSE))
        asked = Counter(one.address for one in country.asked())
    ideal = _turns([PAUSE * max(asked[place.address] - 1, 0) for place in country.places], at_once)
    click.echo(f"{portals} portals with a pause of {PAUSE} s, {at_once} at once: {_time(night)}; ideal {ideal:.0f} s")
    click.echo(f"  night / ideal: {night.seconds / max(ideal, 1):.2f}")


def _turns(seconds: list[float], at_once: int) -> float:
    """When the last of these is done, so many at once, each begun as soon as another is done."""
    lanes = [0.0] * at_once
    for one in seconds:
        heapreplace(lanes, lanes[0] + one)
    return max(lanes)


if __name__ == "__main__":
    main()
