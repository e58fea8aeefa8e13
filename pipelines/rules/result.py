"""What a rule returns before it is put into words."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pipelines.matching import Key


class Outcome(StrEnum):
    """The outcomes of a rule; only ``fail`` is a contradiction."""

    PASS = "pass"  # noqa: S105
    PASS_BLANK_AS_ZERO = "pass_blank_as_zero"  # noqa: S105
    FAIL = "fail"
    NOT_EVALUABLE = "not_evaluable"
    NOT_APPLICABLE = "not_applicable"


class Words(NamedTuple):
    """One thing in both languages."""

    zh: str
    en: str


class Result(NamedTuple):
    """One rule's verdict on one subject.

    ``detail`` fills the message where a number does not say it; ``cells`` are the figures that a failure rests on.
    """

    rule: str
    subject: str
    outcome: Outcome
    expected: float | None = None
    actual: float | None = None
    detail: Words | None = None
    cells: tuple[Key, ...] = ()


def cell_subject(key: Key) -> str:
    """The subject of a finding about one cell: its metric, in form table 3 with the applicant: ``granted:company``."""
    metric, applicant = key
    return f"{metric}:{applicant}" if applicant else metric
