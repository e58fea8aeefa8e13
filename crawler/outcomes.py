"""The closed vocabulary of what can happen to a visit and to a request; its words are in ``outcomes.yaml``."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.ledger import Ending, Incident
from pipelines.yaml_file import load_yaml


class VisitOutcome(StrEnum):
    """How the visit of one portal ended: exactly one of these."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    LIST_EMPTY = "list_empty"
    NO_LIST_FOUND = "no_list_found"
    NEEDS_BROWSER = "needs_browser"
    UNREACHABLE_FROM_HERE = "unreachable_from_here"
    DECLINES_PROGRAMS = "declines_programs"
    ROBOTS_DISALLOW = "robots_disallow"
    BUDGET_SPENT = "budget_spent"
    GONE = "gone"
    INTERRUPTED = "interrupted"
    CRASHED = "crashed"
    STORAGE_FAILED = "storage_failed"


class IncidentKind(StrEnum):
    """What went wrong with one address."""

    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_FAILED = "connection_failed"
    TIMEOUT = "timeout"
    DNS_FAILURE = "dns_failure"
    TLS_FAILURE = "tls_failure"
    HTTP_ERROR = "http_error"
    DECLINED = "declined"
    NOT_FOUND = "not_found"
    ROBOTS_DISALLOW = "robots_disallow"
    OFFSITE = "offsite"
    TOO_LARGE = "too_large"
    EMPTY_BODY = "empty_body"
    REDIRECT_LOOP = "redirect_loop"
    TRUNCATED = "truncated"
    NOT_A_REPORT = "not_a_report"
    UNREADABLE_FORMAT = "unreadable_format"
    LIST_EMPTY = "list_empty"
    LIST_CUT = "list_cut"
    PAGES_MISSING = "pages_missing"
    LINKS_LEFT = "links_left"
    ROW_PASSED_OVER = "row_passed_over"
    NEEDS_BROWSER = "needs_browser"
    RENDER_FAILED = "render_failed"
    READER_FAILED = "reader_failed"
    STORAGE_FAILED = "storage_failed"
    CRASHED = "crashed"


class Wording(BaseModel):
    """The sentence for one thing that can happen, and whether somebody must do something about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    needs_human: bool


class Vocabulary(BaseModel):
    """All of ``outcomes.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    visit: dict[VisitOutcome, Wording]
    incident: dict[IncidentKind, Wording]


@cache
def vocabulary() -> Vocabulary:
    """The words of every outcome and incident."""
    return Vocabulary.model_validate(load_yaml(Path(__file__).with_name("outcomes.yaml")))


def ending(outcome: VisitOutcome, detail: str = "") -> Ending:
    """The outcome with its sentences, as the ledger keeps it, and what it came from behind them."""
    words = vocabulary().visit[outcome]
    return (
        Ending(outcome, f"{words.zh}（{detail}）", f"{words.en} ({detail})")
        if detail
        else Ending(outcome, words.zh, words.en)
    )


def incident(
    kind: IncidentKind, url: str, division_code: str | None, detail: str = "", detail_zh: str = ""
) -> Incident:
    """An incident with its sentences; ``detail`` fills the place left for it, ``detail_zh`` in the Chinese one."""
    words = vocabulary().incident[kind]
    chinese = words.zh.format(detail=detail_zh or detail)
    return Incident(kind, chinese, words.en.format(detail=detail), url, division_code)
