"""Portals that would keep a program busy for ever: the visit ends with its outcome, and the others never notice."""

import pytest
from simulated import Simulated, simulated

from samples.simulator.scenario import FOLDER, Scenario, scenarios

pytestmark = pytest.mark.timeout(300)  # one portal hangs until the crawl gives up on it, three times

ALL = scenarios(FOLDER / "hostile")
MOST_REQUESTS = 60

FAILING: dict[str, str] = {}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    with simulated(tmp_path_factory.mktemp("office"), ALL, 3) as crawled:
        crawled.night(ALL, 1)
    return crawled


def cases() -> list[object]:
    marks = {number: [pytest.mark.xfail(strict=True, reason=reason)] for number, reason in FAILING.items()}
    return [pytest.param(one, id=f"{one.number}-{one.name}", marks=marks.get(one.number, [])) for one in ALL]


@pytest.mark.parametrize("scenario", cases())
def test_a_hostile_portal_gives_what_it_has_within_its_budget(night: Simulated, scenario: Scenario) -> None:
    assert night.reports[scenario.number, 1] == scenario.golden(1)
    assert night.outcome(scenario, 1) == scenario.first.outcome
    if scenario.first.incidents is not None:
        assert night.incidents(scenario, 1) == sorted(scenario.first.incidents)
    assert len(night.asked[scenario.number, 1]) <= MOST_REQUESTS


def test_the_night_came_to_its_end(night: Simulated) -> None:
    assert night.office.rows("SELECT count(*) FROM visit WHERE outcome IS NOT NULL") == [(len(ALL),)]
