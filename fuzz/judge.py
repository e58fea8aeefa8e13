"""Judging one reading: what must hold for any bytes whatever, and what must hold where the figures are known."""

from __future__ import annotations

import json
import math
import resource
import signal
from dataclasses import dataclass
from time import monotonic
from types import FrameType

from fuzz.readers import Mutant
from pipelines.printing import as_json
from pipelines.reading import Reading, read
from pipelines.rules import check
from pipelines.text import squeeze
from tests.layouts.form import Key

SLOWEST = 22.0  # seconds: the limit of the confined reader, and some for a busy machine
SLOWEST_CONVERTED = 42.0  # the converter's own limit comes before it
MOST_MEMORY = 1 << 20  # KiB of this process; its children are held to the same by the system
_UNSEEN = dict.fromkeys(map(ord, "\x00\x0b\ue000\ue001\u200b\u200c\u200d\u200e\ufeff\u202e\u00ad\u2028"))


@dataclass(frozen=True)
class Verdict:
    """What became of a document: the code of its reason or its status, the seconds it took, and what is wrong."""

    outcome: str
    seconds: float
    faults: tuple[str, ...]


class Hanging(BaseException):
    """Raised by the clock inside a reading that does not end; no handler of errors catches it."""


def judge(mutant: Mutant, slowest: float = SLOWEST, *, twice: bool = True) -> Verdict:
    """Read a document and judge it; ``twice`` reads it again and compares."""
    started = monotonic()
    try:
        reading = _read(mutant.data, slowest)
        seconds = monotonic() - started
        again = _as_text(_read(mutant.data, slowest)) if twice else None
    except Hanging:
        return Verdict("hanging", monotonic() - started, (f"no end after {slowest} s",))
    except Exception as error:  # noqa: BLE001 whatever is raised is what we look for
        return Verdict("crash", monotonic() - started, (f"raised {type(error).__name__}: {error}",))
    try:
        faults = [*_faults_of(reading, mutant.truth)]
        if again is not None and again != _as_text(reading):
            faults.append("read twice, it gave two answers")
    except (TypeError, ValueError) as error:
        faults = [f"cannot be printed or stored: {error}"]
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_MEMORY:
        faults.append("more than 1 GiB of memory")
    return Verdict(_outcome(reading), seconds, tuple(faults))


def _read(data: bytes, slowest: float) -> Reading:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hanging

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, slowest)
    try:
        reading = read(data)
        check(reading)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return reading


def _outcome(reading: Reading) -> str:
    reason = reading.refusal or reading.unreadable
    return reason.code if reason else reading.status


def _as_text(reading: Reading) -> str:
    """All that a reading says, as it is printed and stored: strict JSON in UTF-8."""
    answer = json.dumps(as_json("", reading), ensure_ascii=False, allow_nan=False)
    sections = json.dumps([str(section) for section in reading.sections], ensure_ascii=False)
    return (answer + sections).encode("utf-8").decode("utf-8")


def _faults_of(reading: Reading, truth: dict[Key, str] | None) -> list[str]:
    _as_text(reading)
    faults = []
    if (reading.refusal or reading.unreadable) and reading.observations:
        faults.append("figures of a document that was refused")
    values = [o.value for o in reading.observations.values() if o.value is not None]
    if any(not math.isfinite(value) for value in values):
        faults.append("a figure that is no number")
    if truth is not None and not _told(reading):
        faults += [
            f"{key}: printed {truth.get(key)!r}, read {o.raw!r} in silence"
            for key, o in reading.observations.items()
            if (o.value is not None and _plain(o.raw) != _plain(truth.get(key, "")))
            or o.status in ("absent", "unreadable")
        ]
    return faults


def _told(reading: Reading) -> bool:
    refused = reading.refusal or reading.unreadable
    return bool(refused) or any(f.outcome == "fail" and f.severity == "hard" for f in reading.findings)


def _plain(text: str) -> str:
    return squeeze(text.translate(_UNSEEN))
