"""What gongkai.yaml may say, and the closed vocabulary of outcomes."""

from datetime import UTC, datetime, timedelta
from math import inf, nan
from pathlib import Path

import pytest

from crawler.configuration import Configuration, ConfigurationError, load_configuration
from crawler.outcomes import IncidentKind, VisitOutcome, incident, vocabulary
from pipelines.clock import ZONE
from pipelines.dictionary.source import load


def written(folder: Path, text: str) -> Path:
    path = folder / "gongkai.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_and_no_file_mean_the_defaults(tmp_path: Path) -> None:
    assert load_configuration(tmp_path / "absent.yaml") == Configuration()
    assert load_configuration(written(tmp_path, "")) == Configuration()


def test_the_shipped_file_says_what_the_defaults_are() -> None:
    assert load_configuration() == Configuration()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("puase: 3", "gongkai.yaml: puase: Extra inputs are not permitted; correct it."),
        ("night_hour: 24", "gongkai.yaml: night_hour: Input should be less than or equal to 23; correct it."),
        ("contact: me", "gongkai.yaml: contact: Value error, must be a web address (https://…) or a mail address;"),
        (
            "night_hour: 10",
            "gongkai.yaml: the file: Value error, night_hour lies between office_opens and office_closes;",
        ),
        ("pause: .inf", "gongkai.yaml: pause: Input should be a finite number; correct it."),
        ("pause: [", "gongkai.yaml is not valid YAML in UTF-8: correct it"),
    ],
)
def test_a_fault_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_configuration(written(tmp_path, text))
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("pause", [nan, inf, -1])
def test_an_option_is_held_to_the_same_limits(pause: float) -> None:
    with pytest.raises(ConfigurationError, match=rf"--pause {pause}: .*; correct it\."):
        Configuration().with_options(pause=pause)
    assert Configuration(pause=5).with_options(pause=None, second_look=0) == Configuration(pause=5, second_look=0)


def test_the_user_agent_names_us_and_whom_to_turn_to() -> None:
    assert Configuration(contact="https://example.org/bot").user_agent == "Gongkai/0.1.0 (+https://example.org/bot)"


def test_nobody_is_visited_without_a_contact() -> None:
    with pytest.raises(ConfigurationError, match="set contact to a web address or a mail address"):
        Configuration().require_contact()
    Configuration(contact="night@example.org").require_contact()


def test_every_outcome_and_incident_has_its_words() -> None:
    assert set(vocabulary().visit) == set(VisitOutcome)
    assert set(vocabulary().incident) == set(IncidentKind)


def test_the_public_is_told_every_outcome_in_words() -> None:
    outcomes = {outcome.value for outcome in VisitOutcome}
    assert set(load().words["visit_outcome"]) == outcomes
    assert set(load().words["absence_reason"]) >= outcomes


def test_an_incident_says_what_happened_in_both_languages() -> None:
    noted = incident(IncidentKind.HTTP_ERROR, "http://a.gov.cn/", "120117", "HTTP 500")
    assert noted.message_zh == "对方答复出错（HTTP 500）"
    assert noted.message_en == "The host answered with an error (HTTP 500)."


def china(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 5, hour, minute, tzinfo=ZONE)


def test_no_night_begins_while_offices_are_open() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        Configuration().night_ends(china(17, 59))
    assert str(refusal.value) == (
        "It is 17:59 in China, and offices are open until 18:00: run again after that, with --now if it has to be now, "
        "or set office_opens and office_closes in gongkai.yaml."
    )


@pytest.mark.parametrize(("begins", "ends"), [(china(2), china(9)), (china(18), china(9) + timedelta(days=1))])
def test_a_night_ends_when_offices_open(begins: datetime, ends: datetime) -> None:
    assert Configuration().night_ends(begins) == ends
    assert Configuration().night_ends(begins.astimezone(UTC)) == ends


def test_office_hours_may_lie_around_midnight_or_nowhere() -> None:
    with pytest.raises(ConfigurationError):
        Configuration(office_opens=22, office_closes=6, night_hour=12).night_ends(china(5))
    assert Configuration(office_opens=9, office_closes=9).night_ends(china(10)) is None
