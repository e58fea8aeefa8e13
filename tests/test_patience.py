"""How long a process that reads is waited for, by a clock of the tests."""

import os

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


def test_what_hangs_or_works_all_the_time_gets_the_seconds_and_no_more():
    machine = Machine()
    patience = machine.patience()
    assert patience.left() == 15.0

    machine.passes(14, waiting=0)
    assert patience.left() == 1.0

    machine.passes(1, waiting=0)
    assert patience.left() == 0


def test_what_shares_a_processor_with_one_other_gets_no_more():
    machine = Machine()
    patience = machine.patience()

    machine.passes(15, waiting=7.5)

    assert patience.left() == 0


def test_what_was_kept_from_its_work_gets_more_until_it_had_a_third_of_the_seconds():
    machine = Machine()
    patience = machine.patience()

    machine.passes(15, waiting=12)
    assert patience.left() > 0

    machine.passes(11, waiting=8)
    assert patience.left() == 0


def test_no_machine_is_so_busy_that_it_is_waited_for_without_end():
    machine = Machine()
    patience = machine.patience()

    machine.passes(60, waiting=60)

    assert patience.left() == 0


def test_a_system_that_says_nothing_of_a_process_has_let_it_work():
    assert waited_for_a_processor(0) == 0
    assert waited_for_a_processor(os.getpid()) >= 0
