"""Brings the tables ``metric`` and ``rule`` of a database up to the dictionary."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from pipelines.dictionary.source import Rule, load
from pipelines.vocabulary import Metric


def refresh(db: Database) -> None:
    """Write every metric and rule of the dictionary into ``db``, in one transaction; doing it again changes nothing.

    A metric or rule that has left the dictionary stays: figures and findings of the past cite it.
    """
    dictionary = load()
    with db.atomic():
        db.table("metric").upsert_all([_metric_row(metric) for metric in dictionary.metrics.values()], pk="metric")
        db.table("rule").upsert_all([_rule_row(rule) for rule in dictionary.rules.values()], pk="id")


def _metric_row(metric: Metric) -> dict[str, Any]:
    return {
        "metric": metric.metric,
        "form_table": metric.form_table,
        "label_zh": metric.label_zh,
        "label_en": metric.label_en,
        "unit": metric.unit,
        "editions": " ".join(metric.editions),
        "aliases": "|".join(metric.aliases) or None,
    }


def _rule_row(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity,
        "editions": " ".join(rule.editions),
        "title_zh": rule.title.zh,
        "title_en": rule.title.en,
        "text_zh": rule.text.zh,
        "text_en": rule.text.en,
        "source": rule.source,
    }
