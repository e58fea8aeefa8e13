"""Puts results into words, in both languages, from ``messages.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipelines.editions import editions
from pipelines.numbers import whole
from pipelines.reading import Finding
from pipelines.rules.result import Result, Words
from pipelines.sentences import told_metrics
from pipelines.vocabulary import metrics
from pipelines.yaml_file import load_yaml


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


@lru_cache(maxsize=1 << 12)
def finding(result: Result, fault: str | None = None) -> Finding:
    """A result in words, the same in every report; only a hard failure is anybody's fault.

    Equal results share their words, and 10 equals 10.0; so nothing here may tell such two apart.
    """
    severity = severities()[result.rule]
    sides = _messages()["sides"].get(result.rule)
    templates = _messages()["identity"] if sides else _messages()["rules"][result.rule]
    template = templates.get(result.outcome) or _messages()["otherwise"][result.outcome]
    numbers = {
        "expected": _number(result.expected),
        "actual": _number(result.actual),
        "difference": _number((result.actual or 0) - (result.expected or 0)),
    }
    return Finding(
        rule=result.rule,
        subject=str(result.subject),
        outcome=str(result.outcome),
        severity=severity,
        expected=whole(result.expected),
        actual=whole(result.actual),
        message_zh=_fill(template["zh"], result, numbers, sides, "zh"),
        message_en=_fill(template["en"], result, numbers, sides, "en"),
        fault=fault if severity == "hard" else None,
    )


def _fill(template: str, result: Result, numbers: dict[str, str], sides: dict[str, Any] | None, language: str) -> str:
    return template.format(
        subject=getattr(subject_name(result.subject), language),
        left=sides["left"][language] if sides else "",
        right=sides["right"][language] if sides else "",
        **numbers,
        detail=getattr(result.detail, language, ""),
    )


def _number(value: float | None) -> str:
    number = whole(value)
    return "" if number is None else str(number) if isinstance(number, int) else f"{number:.10g}"
