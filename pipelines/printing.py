"""A reading for programs: one JSON object. For people see ``pipelines.terminal``."""

from __future__ import annotations

from typing import Any

from pipelines.reading import Observation, Reading


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
