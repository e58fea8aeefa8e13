"""A reading for programs (one JSON object) and for people (plain lines)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.reading import Finding, Observation, Reading
from pipelines.rules.messages import subject_name
from pipelines.vocabulary import APPLICANTS, metrics


def as_json(file: str, reading: Reading) -> dict[str, Any]:
    """The object that ``read --json`` prints; ``refused`` and ``unreadable`` are None or a reason in both languages."""
    identity = reading.identity
    return {
        "file": file,
        "title": identity.title,
        "body_name": identity.body_name,
        "report_year": identity.report_year,
        "edition": reading.edition,
        "published_on": identity.published_on.isoformat() if identity.published_on else None,
        "refused": _reason(reading.refusal),
        "unreadable": _reason(reading.unreadable),
        "observations": [_observation(observation) for observation in reading.observations.values()],
        "findings": [
            {
                "rule": finding.rule,
                "outcome": finding.outcome,
                "severity": finding.severity,
                "subject": finding.subject,
                "expected": finding.expected,
                "actual": finding.actual,
                "message": finding.message_zh,
                "message_en": finding.message_en,
                "fault": finding.fault,
                "explanation": finding.explanation_zh,
                "explanation_en": finding.explanation_en,
            }
            for finding in reading.findings
        ],
    }


def _reason(sentence: Any) -> dict[str, str] | None:
    return {"reason": sentence.code, "message": sentence.zh, "message_en": sentence.en} if sentence else None


def _observation(observation: Observation) -> dict[str, Any]:
    return {
        "metric": observation.metric,
        "applicant": observation.applicant,
        "value": observation.value,
        "raw": observation.raw,
        "status": observation.status,
        "unit": observation.unit,
        "proven_value": observation.proven,
    }


def as_text(file: str, reading: Reading) -> str:
    """What a person wants to see of one file: whose report, its figures, and what does not add up."""
    if reading.refusal:
        return f"{file}: {reading.refusal.zh} {reading.refusal.en}"
    identity = reading.identity
    lines = [
        f"{file}: {identity.body_name or '?'} · {identity.report_year or '?'} · {reading.edition or '-'}",
        f"  {identity.title or ''}  {identity.published_on or ''}".rstrip(),
    ]
    if reading.unreadable:
        return "\n".join([*lines, f"  {reading.unreadable.zh} {reading.unreadable.en}"])
    return "\n".join([*lines, *_figures(reading), *_findings(reading)])


def _figures(reading: Reading) -> list[str]:
    """One line a row of the form; unprinted cells show as they are printed, ``·`` for a blank."""
    rows: dict[str, list[str]] = {}
    for observation in reading.observations.values():
        rows.setdefault(observation.metric, []).append(observation.raw or "·")
    applicants = " ".join(subject_name(applicant).zh for applicant in APPLICANTS)
    lines = [f"  {metrics()[metric].label_zh}: {'  '.join(values)}" for metric, values in rows.items()]
    return [f"  ({applicants})", *lines]


def _findings(reading: Reading) -> list[str]:
    failed = [finding for finding in reading.findings if finding.outcome == "fail"]
    if not failed:
        return ["  勾稽关系无矛盾。 No contradiction was found."]
    return [line for finding in failed for line in _failure(finding)]


def _failure(finding: Finding) -> Iterator[str]:
    yield f"  ✗ {finding.rule} {finding.message_zh} {finding.message_en}"
    if finding.explanation_zh:
        yield f"    → {finding.explanation_zh} {finding.explanation_en}"
