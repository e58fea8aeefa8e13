"""Generated reports in any mix of layouts: every figure is right, or the report says why it has none.

Each test prints its seed; ``GONGKAI_LAYOUT_SEED`` replays one, ``GONGKAI_LAYOUT_FIRST`` begins a run elsewhere.
"""

import os
import re
from functools import partial
from random import Random
from unicodedata import normalize

import pytest

from pipelines.reading import Reading, read
from pipelines.rules import check
from tests.binary_formats import as_docx, as_pdf, as_xlsx, as_zip, by_office
from tests.layouts.form import Draft, draft
from tests.layouts.formats import FORMATS as TEXT_FORMATS
from tests.layouts.formats import as_lines, as_page, as_spaced_text
from tests.layouts.habits import HABITS

REPORTS = 2000
BATCHES = 20
AT_MOST = 9  # habits in one report
FORMATS = TEXT_FORMATS | {
    "lines": as_lines,
    "spaced": as_spaced_text,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": partial(as_pdf, height=2000),
    "unruled": partial(as_pdf, height=2000, ruled=False),
    "zip": lambda report: as_zip((f"{report.title}.html", as_page(report))),
}
WHOLE = sorted(
    FORMATS.keys() - {"lines", "spaced", "unruled"}
)  # what says where a cell stands; the others leave out the blanks
SHARES = dict.fromkeys(FORMATS, 1) | {
    "page": 22,
    "piped": 3,
    "markdown": 3,
    "docx": 3,
    "xlsx": 2,
    "pdf": 2,
}  # by weight
OFFICE = {"doc": as_docx, "rtf": as_docx, "xls": as_xlsx}  # what LibreOffice saves, and from what
OFFICE_REPORTS = 12  # of each
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


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
    """Numbers that differ from what was printed, or are worth something else than that."""
    return [
        f"{key}: printed {printed!r}, read {observation.raw!r} as {observation.value}"
        for key, observation in reading.observations.items()
        if observation.value is not None
        and (
            _plain(observation.raw) != _plain(printed := report.truth.get(key, ""))
            or observation.value != worth(printed)
        )
    ]


def worth(printed: str) -> float | None:
    """What a figure of a draft says; no draft prints a figure in another unit than that of the form."""
    plain = _plain(printed).rstrip("万元件")
    return 0 if plain == "无" else float(plain) if PLAIN.fullmatch(plain) else None


def _plain(text: str) -> str:
    """What is printed, apart from the width of its digits and from what a sheet makes of a number."""
    folded = "".join(normalize("NFKC", text).split()).replace("\u200b", "")
    return folded.strip("\u202a\u202c").replace(",", "").lstrip("+").removesuffix(".0")


def told(reading: Reading) -> bool:
    """True when a hard finding says that something is amiss."""
    return any(finding.outcome == "fail" and finding.severity == "hard" for finding in reading.findings)


def missing_figures(report: Draft, reading: Reading) -> list[str]:
    return [str(key) for key, o in reading.observations.items() if o.status in ("absent", "unreadable")]


def test_a_plain_report_of_each_edition_is_read_whole_in_every_format():
    for seed in range(6):
        for name in WHOLE:
            report = draft(seed)
            reading = read_checked(FORMATS[name](report))

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
    first = int(os.environ.get("GONGKAI_LAYOUT_FIRST", "0")) + batch * REPORTS // BATCHES
    seeds = range(first, first + REPORTS // BATCHES)
    if replay := os.environ.get("GONGKAI_LAYOUT_SEED"):
        seeds = range(int(replay), int(replay) + 1)
    unread = 0
    for seed in seeds:
        report, habits, name = printed_report(seed)
        reading = read_checked(FORMATS[name](report))

        unread += is_right_or_unread(report, reading, (seed, name, habits)) and name in WHOLE
    assert unread <= len(seeds) // 20


def is_right_or_unread(report: Draft, reading: Reading, case: object) -> bool:
    """True for a report that could not be read; of another asserts that it is right and lacks nothing in silence."""
    if reading.refusal or reading.unreadable:
        return True
    assert not wrong_figures(report, reading), case
    assert told(reading) or not missing_figures(report, reading), case
    return False


@pytest.mark.parametrize("suffix", OFFICE)
def test_any_mix_of_habits_is_read_as_an_office_program_saves_it(suffix):
    render = OFFICE[suffix]
    reports = [printed_report(REPORTS + number)[:2] for number in range(OFFICE_REPORTS)]
    source = "xlsx" if render is as_xlsx else "docx"

    files = by_office([render(report) for report, _ in reports], suffix, source)

    for data, (report, habits) in zip(files, reports, strict=True):
        assert not is_right_or_unread(report, read_checked(data), (suffix, habits))
