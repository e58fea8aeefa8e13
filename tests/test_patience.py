"""How long a process that reads is waited for, by a clock of the tests."""

import os

import pytest

from pipelines.readers.patience import Patience, waited_for_a_processor


class Machine:
    """A clock, and how long a process has waited for others."""

    def __init__(self) -> None:
        self.now, self.waited = 100.0, 7.0

    def patience(self) -> Patience:
        return Patience(15.0, lambda: self.waited, lambda: self.now)

    def passes(self, seconds: float, waiting: float) -> None:
        self.now += seconds
        self.waited += waiting


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        pytest.param([], 15.0, id="at first all of them"),
        pytest.param([(14, 0)], 1.0, id="what works all the time: those that are left"),
        pytest.param([(15, 0)], 0.0, id="what works all the time: no more"),
        pytest.param([(15, 7.5)], 0.0, id="beside one other: no more"),
        pytest.param([(15, 12)], 0.5, id="kept from its work: a look a moment later"),
        pytest.param([(15, 12), (11, 8)], 0.0, id="kept from its work until it had a third: no more"),
        pytest.param([(60, 60)], 0.0, id="never longer than four times"),
    ],
)
def test_what_was_kept_from_its_work_gets_more_than_its_seconds(steps, left):
    machine = Machine()
    patience = machine.patience()

    for seconds, waiting in steps:
        machine.passes(seconds, waiting)

    assert patience.left() == left


def test_a_system_that_says_nothing_of_a_process_has_let_it_work():
    assert waited_for_a_processor(0) == 0
    assert waited_for_a_processor(os.getpid()) >= 0
