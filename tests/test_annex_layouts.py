"""Annexes in any mix of layouts, whole and damaged: every figure is right, or something says why there is none.

A seed that fails is in the message; ``GONGKAI_LAYOUT_SEED`` replays one.
"""

import os
from collections.abc import Iterable
from random import Random

import pytest

from pipelines.reading import Reading
from tests.annexes import read_checked
from tests.layouts.annex import FORMATS, HABITS, AnnexDraft, annex_draft
from tests.layouts.damage import DAMAGES

REPORTS, DAMAGED, BATCHES = 400, 600, 10
AT_MOST = 6  # habits in one annex
LOSSES = sorted(DAMAGES.keys() - {"a_digit_changed"})  # another digit is another report, which its sums must judge
SHARES = {"page": 5, "piped": 1, "markdown": 1, "lines": 1}


def printed_annex(seed: int) -> tuple[AnnexDraft, list[str], str]:
    draft, rng = annex_draft(seed), Random(seed)
    habits = sorted(rng.sample(sorted(HABITS), rng.randint(0, AT_MOST)), key=list(HABITS).index)
    for name in habits:
        HABITS[name](draft)
    [rendering] = rng.choices(list(SHARES), weights=list(SHARES.values()))
    return draft, habits, rendering


def seeds_of(batch: int, reports: int) -> Iterable[int]:
    if replay := os.environ.get("GONGKAI_LAYOUT_SEED"):
        return [int(replay)]
    return range(batch * reports // BATCHES, (batch + 1) * reports // BATCHES)


def wrong_figures(draft: AnnexDraft, reading: Reading) -> list[str]:
    """Numbers that are not those printed for their metric."""
    return [
        f"{key}: printed {draft.truth.get(key)}, read {o.value}"
        for key, o in reading.observations.items()
        if o.value is not None and (draft.truth.get(key) is None or float(draft.truth[key] or 0) != float(o.value))
    ]


def missing_figures(draft: AnnexDraft, reading: Reading) -> list[str]:
    read = {key for key, o in reading.observations.items() if o.value is not None}
    return [str(key) for key, value in draft.truth.items() if value is not None and key not in read]


def told(reading: Reading) -> bool:
    """Whether a hard finding says that something is amiss."""
    return any(finding.outcome == "fail" and finding.severity == "hard" for finding in reading.findings)


@pytest.mark.parametrize("habit", sorted(HABITS))
@pytest.mark.parametrize("seed", [2, 5, 8])
def test_each_habit_alone_leaves_every_figure_readable_by_both_routes(habit, seed):
    draft = annex_draft(seed)
    HABITS[habit](draft)

    reading = read_checked(FORMATS["page"](draft))

    assert (wrong_figures(draft, reading), missing_figures(draft, reading)) == ([], [])
    assert reading.routes.doubtful == {}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_mix_of_habits_is_read_right_or_not_at_all(batch):
    unread = 0
    seeds = seeds_of(batch, REPORTS)
    for seed in seeds:
        draft, habits, rendering = printed_annex(seed)
        reading = read_checked(FORMATS[rendering](draft))
        if reading.refusal or reading.unreadable:
            unread += rendering == "page"  # text renderings lose the spans that several layouts are made of
            continue

        assert not wrong_figures(draft, reading), (seed, rendering, habits)
        assert told(reading) or not missing_figures(draft, reading), (seed, rendering, habits)
    assert unread <= len(list(seeds)) // 50


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_damage_gives_a_wrong_figure_in_silence(batch):
    for seed in seeds_of(batch, DAMAGED):
        draft, habits, rendering = printed_annex(seed)
        name = Random(seed).choice(LOSSES)
        DAMAGES[name](draft, draft.rng.choice([r for table in draft.tables for r in table if any(s.key for s in r)]))
        reading = read_checked(FORMATS[rendering](draft))
        if reading.refusal or reading.unreadable:
            continue

        assert told(reading) or not wrong_figures(draft, reading), (seed, name, rendering, habits)
