"""Work on all cores: order, failures of one thing alone, and no process left behind."""

import multiprocessing
import os
from itertools import count, islice

import pytest

from pipelines.workers import Failed, each


def square(number: int) -> int:
    if number == 13:
        os._exit(9)
    if number == 17:
        raise ValueError("unlucky")
    return number * number


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_to_do_is_done(jobs: int):
    assert list(each(square, [], jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_the_order_of_the_things(jobs: int):
    numbers = list(range(18, 60))

    assert list(each(square, numbers, jobs)) == [(number, number * number) for number in numbers]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mistake_over_one_thing_is_told_and_the_others_are_done(jobs: int):
    assert list(each(square, [16, 17, 18], jobs)) == [(16, 256), (17, Failed("ValueError: unlucky")), (18, 324)]


def test_a_process_that_dies_fails_its_one_thing_alone_wherever_that_stands():
    numbers = [13, *range(12), 13, *range(18, 60), 13]

    answers = list(each(square, numbers, 2))

    died = Failed("the process that read it died")
    assert answers == [(number, died if number == 13 else number * number) for number in numbers]


def test_things_are_taken_as_they_are_needed():
    numbers = count(18)

    assert list(islice(each(square, numbers, 2), 2)) == [(18, 324), (19, 361)]

    assert next(numbers) < 60


def test_who_wants_no_more_leaves_no_process_behind():
    answers = each(square, count(18), 2)
    next(answers)
    assert multiprocessing.active_children()

    answers.close()

    assert multiprocessing.active_children() == []
