"""What a finding says follows from its result alone, never from what was found before it."""

import pytest

from pipelines.rules import messages
from pipelines.rules.result import Outcome, Result


@pytest.mark.parametrize("first", [10, 10.0])
def test_a_finding_says_the_same_whatever_was_found_before(first: float):
    messages.finding.cache_clear()
    results = [Result("T3-COL", "granted", Outcome.FAIL, value, 12) for value in (first, 10, 10.0)]

    told = [repr(messages.finding(result)) for result in results]

    assert told == [told[0]] * 3
    assert "expected=10," in told[0]


def test_nothing_but_a_failure_tells_of_a_difference():
    said = messages._messages()
    templates = [*said["rules"].values(), said["identity"], said["otherwise"]]

    told = {outcome for each in templates for outcome, text in each.items() if "{difference}" in str(text)}

    assert told == {"fail"}
