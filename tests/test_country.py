"""A small country of simulated portals, of many families and walls: what two nights find, and what they ask for."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from nights import Office

from benchmarks.census import Census, Country, census, served
from samples.simulator.country import country
from samples.simulator.dialect import dialects

pytestmark = pytest.mark.timeout(300)  # two nights

PORTALS = 60
DIVISIONS = [(f"{code}", f"样例{code}县") for code in range(100001, 103001)]


@dataclass(frozen=True)
class Nights:
    """Two nights over the same country, between which nothing changed."""

    country: Country
    first: Census
    second: Census


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("country")
    with served(folder, PORTALS, seed=1) as one:
        office = Office(folder, one.registry, second_look=30)
        seen = []
        for _ in range(2):
            office.run(seconds=150)
            seen.append(census(one, office.db))
        yield Nights(one, *seen)


def test_a_country_without_portals_is_empty() -> None:
    assert country(DIVISIONS, number=0) == []


def test_the_same_seed_gives_the_same_country() -> None:
    assert country(DIVISIONS, 50, seed=7) == country(DIVISIONS, 50, seed=7) != country(DIVISIONS, 50, seed=8)


def test_a_whole_country_has_the_families_in_their_shares() -> None:
    places = country(DIVISIONS)
    count = {family: sum(place.family == family for place in places) for family in dialects()}
    assert count == {family: dialect.share for family, dialect in dialects().items()}


def test_more_portals_than_divisions_are_refused() -> None:
    with pytest.raises(ValueError, match="There are 3000 divisions for 3001 portals; ask for fewer portals"):
        country(DIVISIONS, 3001)


def test_every_report_is_found_and_none_is_ascribed_to_another_body(nights: Nights) -> None:
    assert nights.first.missing == {}
    assert nights.first.wrong == []
    assert nights.first.found == nights.first.wanted > 300


def test_every_visit_ends_as_it_should(nights: Nights) -> None:
    assert nights.first.outcomes == {}


def test_the_first_night_asks_for_little_besides_the_reports(nights: Nights) -> None:
    assert nights.first.median_besides <= 12


def test_the_second_night_asks_for_next_to_nothing_and_finds_the_same(nights: Nights) -> None:
    second = nights.second
    assert (second.found, second.wrong, second.outcomes) == (nights.first.found, [], {})
    assert second.median_besides <= 2
    assert (second.for_reports, second.new_bodies) == (0, 0)
