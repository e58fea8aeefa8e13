"""Generated reports in any mix of layouts: every figure is right, or the report says why it has none.

Each test prints its seed; ``GONGKAI_LAYOUT_SEED`` replays one.
"""

import os
from functools import partial
from random import Random
from unicodedata import normalize

import pytest

from pipelines.reading import Reading, read
from pipelines.rules import check
from tests.binary_formats import as_docx, as_pdf, as_xlsx
from tests.layouts.form import Draft, draft
from tests.layouts.formats import FORMATS as TEXT_FORMATS
from tests.layouts.habits import HABITS

REPORTS = 2000
BATCHES = 20
AT_MOST = 9  # habits in one report
FORMATS = TEXT_FORMATS | {"docx": as_docx, "xlsx": as_xlsx, "pdf": partial(as_pdf, height=2000)}
SHARES = {"page": 24, "piped": 3, "markdown": 3, "docx": 3, "xlsx": 2, "pdf": 2}  # of the reports, by weight


def printed_report(seed: int) -> tuple[Draft, list[str], str]:
    report = draft(seed)
    rng = Random(seed)
    habits = rng.sample(sorted(HABITS), rng.randint(0, AT_MOST))
    for name in sorted(habits, key=list(HABITS).index):
        HABITS[name](report)
    [name] = rng.choices(list(SHARES), weights=list(SHARES.values()))
    return report, habits, name


def read_checked(data: bytes) -> Reading:
    reading = read(data)
    check(reading)
    return reading


def wrong_figures(report: Draft, reading: Reading) -> list[str]:
    """Numbers that differ from what was printed."""
    return [
        f"{key}: printed {report.truth.get(key)!r}, read {observation.raw!r}"
        for key, observation in reading.observations.items()
        if observation.value is not None and _plain(observation.raw) != _plain(report.truth.get(key, ""))
    ]


def _plain(text: str) -> str:
    """What is printed, apart from the width of its digits and from what a sheet makes of a number."""
    folded = "".join(normalize("NFKC", text).split()).replace("\u200b", "")
    return folded.replace(",", "").lstrip("+").removesuffix(".0")


def missing_figures(report: Draft, reading: Reading) -> list[str]:
    return [str(key) for key, o in reading.observations.items() if o.status in ("absent", "unreadable")]


def test_a_plain_report_of_each_edition_is_read_whole_in_every_format():
    for seed in range(6):
        for name, render in FORMATS.items():
            report = draft(seed)
            reading = read_checked(render(report))

            assert (wrong_figures(report, reading), missing_figures(report, reading)) == ([], []), (seed, name)
            assert len(reading.observations) == len(report.truth)


@pytest.mark.parametrize("habit", sorted(HABITS))
def test_each_habit_alone_leaves_every_figure_readable(habit):
    report = draft(len(habit))
    HABITS[habit](report)

    reading = read_checked(FORMATS["page"](report))

    assert (wrong_figures(report, reading), missing_figures(report, reading)) == ([], [])


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_mix_of_habits_is_read_right_or_not_at_all(batch):
    seeds = range(batch * REPORTS // BATCHES, (batch + 1) * REPORTS // BATCHES)
    if replay := os.environ.get("GONGKAI_LAYOUT_SEED"):
        seeds = range(int(replay), int(replay) + 1)
    unread = 0
    for seed in seeds:
        report, habits, name = printed_report(seed)
        reading = read_checked(FORMATS[name](report))
        if reading.refusal or reading.unreadable:
            unread += 1
            continue
        told = any(finding.outcome == "fail" and finding.severity == "hard" for finding in reading.findings)

        assert not wrong_figures(report, reading), (seed, name, habits)
        assert told or not missing_figures(report, reading), (seed, name, habits)
    assert unread <= len(seeds) // 20
