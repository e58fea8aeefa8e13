"""The thresholds and word lists of the soft rules: ``limits.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipelines.yaml_file import load_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Powerless(_Strict):
    """A body without a power: the pattern of its name and the metrics that must be zero."""

    body: str
    metrics: tuple[str, ...]


class Limits(_Strict):
    """Every threshold; what each rests on stands in the file."""

    no_rule_making: frozenset[str]
    no_rule_making_name: str
    fees_most_wan: float
    fees_round_wan: float
    powerless: tuple[Powerless, ...]
    copied_items_most: int
    seldom_secret: frozenset[str]
    fee_rule_from: int
    share_tolerance: float
    migrated_days: int
    migrated_items: int
    fee_ratio: tuple[float, float]
    decisions_ratio: tuple[float, float]
    decisions_base: int
    boilerplate_similarity: float
    boilerplate_least_characters: int
    hierarchy: bool


@cache
def limits() -> Limits:
    """The thresholds in force. Raises ``ValueError`` naming the entry that does not fit."""
    return Limits.model_validate(load_yaml(Path(__file__).with_suffix(".yaml")))
