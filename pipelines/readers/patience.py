"""How long a process that reads is waited for: so many seconds, and longer only where others kept it from its work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

_SHARE = 1 / 3  # of the time that it must have had for itself: the longest real document needs no more
_LONGEST = 4.0  # times the seconds: then a machine is too busy to read anything
_LOOK_AGAIN = 0.5  # seconds


class Patience:
    """The seconds left for a process from now on. What hangs, or works all the time, gets no more than it was given."""

    def __init__(
        self, seconds: float, waited: Callable[[], float] = lambda: 0.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds, self._waited, self._clock = seconds, waited, clock
        self._begun, self._waited_before = clock(), waited()

    def left(self) -> float:
        """Seconds after which to look again; none when it had its time."""
        passed = self._clock() - self._begun
        if passed < self._seconds:
            return self._seconds - passed
        own = passed - (self._waited() - self._waited_before)
        starved = own < _SHARE * self._seconds and passed < _LONGEST * self._seconds
        return _LOOK_AGAIN if starved else 0.0


def waited_for_a_processor(pid: int) -> float:
    """The seconds that a process was ready to work and others were at it; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0
