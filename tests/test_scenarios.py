"""The scenarios of the simulator: two nights over portals of every family, compared row by row with what is there."""

from collections.abc import Iterator

import pytest
from simulated import Simulated, simulated

from samples.simulator.scenario import Scenario, scenarios

pytestmark = pytest.mark.timeout(300)  # four nights, one of them with a portal that takes 25 s to answer

ALL = scenarios()
HURRIED = [one for one in ALL if not one.pause]
PATIENT = [one for one in ALL if one.pause]
NIGHTS = (1, 2)


def cases() -> Iterator[object]:
    for one in ALL:
        for night in NIGHTS:
            yield pytest.param(one, night, id=f"{one.number}-{one.name}-night{night}")


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Simulated]:
    """Both nights of every scenario, by its number: those that want a pause are crawled with one."""
    found: dict[str, Simulated] = {}
    for network, (group, pause) in enumerate(((HURRIED, "0"), (PATIENT, "1")), start=1):
        with simulated(tmp_path_factory.mktemp("office"), group, network) as crawled:
            for night in NIGHTS:
                crawled.night(group, night, "--pause", pause)
            found |= {one.number: crawled for one in group}
    return found


def test_every_scenario_of_the_specification_is_there() -> None:
    assert sorted({int(one.number[:2]) for one in ALL}) == list(range(1, 32))


def test_a_scenario_has_a_division_of_its_own() -> None:
    assert len({one.code for one in ALL}) == len(ALL)


@pytest.mark.parametrize(("scenario", "night"), list(cases()))
def test_a_night_leaves_these_rows_and_this_outcome(
    nights: dict[str, Simulated], scenario: Scenario, night: int
) -> None:
    crawled, golden = nights[scenario.number], scenario.first if night == 1 else scenario.second
    assert crawled.reports[scenario.number, night] == scenario.golden(night)
    assert crawled.outcome(scenario, night) == golden.outcome
    if golden.incidents is not None:
        assert crawled.incidents(scenario, night) == sorted(golden.incidents)
