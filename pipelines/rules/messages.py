"""Puts results into words, in both languages, from ``messages.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.editions import editions
from pipelines.numbers import whole
from pipelines.reading import Finding
from pipelines.rules.result import Outcome, Result, Words
from pipelines.sentences import told_metrics
from pipelines.vocabulary import metrics
from pipelines.yaml_file import load_yaml

_NOTHING = Words("", "")


@cache
def _messages() -> dict[str, Any]:
    messages: dict[str, Any] = load_yaml(Path(__file__).parent / "messages.yaml")
    return messages


@cache
def _rules() -> dict[str, dict[str, Any]]:
    rules = load_yaml(Path(__file__).parent / "rules.yaml")
    return {rule["id"]: rule for rule in rules}


@cache
def severities() -> dict[str, str]:
    """Rule → ``hard`` or ``soft``."""
    return {name: rule["severity"] for name, rule in _rules().items()}


@cache
def rule_editions() -> dict[str, frozenset[str]]:
    """Rule → the editions it is about."""
    return {name: frozenset(rule["editions"]) for name, rule in _rules().items()}


@cache
def subject_name(subject: str) -> Words:
    """What a subject is called: a row, a column, a proceeding, a table, or a cell written ``row:column``."""
    if ":" in subject:
        row, column = map(subject_name, subject.split(":"))
        return Words(f"{row.zh}({column.zh})", f"{row.en} ({column.en})")
    if subject in metrics():
        return Words(metrics()[subject].label_zh, metrics()[subject].label_en)
    if told := told_metrics().get(subject):
        return Words(told.zh, told.en)
    form = next(iter(editions().values()))
    head = form.applicants.get(subject) or form.proceedings.get(subject)
    if head:
        return Words(head.label, head.en)
    return Words(**_messages()["subjects"][subject])


def names_of(subjects: Iterable[str]) -> Words:
    """The names of several subjects as one enumeration."""
    names = [subject_name(subject) for subject in subjects]
    return Words("、".join(name.zh for name in names), "; ".join(name.en for name in names))


def phrase(name: str, names: Words) -> Words:
    """A phrase of the messages file that takes names."""
    words = _messages()[name]
    return Words(words["zh"].format(names=names.zh), words["en"].format(names=names.en))


class _Wording(NamedTuple):
    """What a rule says of a subject; what is left to fill in are numbers and a detail, in this order: ``_LEFT_OUT``."""

    subject: str
    outcome: str
    severity: str
    zh: str
    en: str


_LEFT_OUT = {"expected": "{0}", "actual": "{1}", "difference": "{2}", "detail": "{3}"}


@cache
def _wording(rule: str, outcome: Outcome, subject: str) -> _Wording:
    sides = _messages()["sides"].get(rule)
    templates = _messages()["identity"] if sides else _messages()["rules"][rule]
    template, names = templates.get(outcome) or _messages()["otherwise"][outcome], subject_name(subject)
    zh, en = (
        template[language].format(
            subject=getattr(names, language),
            left=sides["left"][language] if sides else "",
            right=sides["right"][language] if sides else "",
            **_LEFT_OUT,
        )
        for language in ("zh", "en")
    )
    return _Wording(str(subject), str(outcome), severities()[rule], zh, en)


@lru_cache(maxsize=1 << 12)
def finding(result: Result, fault: str | None = None) -> Finding:
    """A result in words, the same in every report; only a hard failure is anybody's fault.

    Equal results share their words, and 10 equals 10.0; so nothing here may tell such two apart.
    """
    rule, subject, outcome, expected, actual, detail, _ = result
    subject, verdict, severity, zh, en = _wording(rule, outcome, subject)
    (expected, due), (actual, printed), more = _number(expected), _number(actual), detail or _NOTHING
    _, apart = _number((actual or 0) - (expected or 0)) if verdict == "fail" else (None, "")  # no other tells of it
    zh, en = zh.format(due, printed, apart, more.zh), en.format(due, printed, apart, more.en)
    return Finding(rule, subject, verdict, severity, expected, actual, zh, en, fault if severity == "hard" else None)


@lru_cache(maxsize=1 << 12)
def _number(value: float | None) -> tuple[float | None, str]:
    """A number, whole where it can be, and how it is written."""
    number = whole(value)
    return number, "" if number is None else str(number) if isinstance(number, int) else f"{number:.10g}"
