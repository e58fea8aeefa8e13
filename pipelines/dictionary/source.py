"""Reads the data dictionary's files into typed values, and refuses them when they do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.sentences import told_metrics
from pipelines.vocabulary import Metric, metrics
from pipelines.yaml_file import load_yaml

PIPELINES = Path(__file__).parents[1]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Entry):
    """One wording in both languages."""

    zh: str
    en: str


class Table(Text):
    """A table or view, with its columns in the order of the database."""

    columns: dict[str, Text] = {}


class Rule(_Entry):
    """One check: how much a failure weighs, the editions it applies to, its words and what it rests on."""

    id: str
    severity: str
    editions: tuple[str, ...]
    title: Text
    text: Text
    source: str | None = None


class _Vocabulary(_Entry):
    words: dict[str, dict[str, Text]]
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Everything the dictionary says.

    ``words`` maps the name of a vocabulary to its codes; ``coded`` maps ``table.column`` to the vocabulary it uses.
    """

    tables: dict[str, Table]
    metrics: dict[str, Metric]
    rules: dict[str, Rule]
    words: dict[str, dict[str, Text]]
    coded: dict[str, str]

    def column(self, table: str, column: str) -> Text | None:
        """What a column holds: from ``schema.yaml``, else the label of the metric of that name, else None."""
        described = self.tables[table].columns.get(column) if table in self.tables else None
        if described is None and column in self.metrics:
            return label(self.metrics[column])
        return described

    def word(self, vocabulary: str, code: object) -> Text | None:
        """The words for a code; None when the vocabulary does not have it."""
        return self.words.get(vocabulary, {}).get(str(code))

    def word_in(self, table: str, column: str, code: object) -> Text | None:
        """The words for a code that stands in this column; None when the column holds no codes."""
        vocabulary = self.coded.get(f"{table}.{column}")
        return self.word(vocabulary, code) if vocabulary else None


def label(metric: Metric) -> Text:
    """A metric's label in both languages."""
    return Text(zh=metric.label_zh, en=metric.label_en)


@cache
def load(folder: Path = PIPELINES) -> Dictionary:
    """The whole dictionary; raises ValueError naming the file and the entry when one does not fit."""
    vocabulary = _read(folder / "dictionary" / "vocabulary.yaml", _Vocabulary)
    labels = {name: label(metric) for name, metric in metrics().items()}
    return Dictionary(
        tables=_read_tables(folder / "schema.yaml"),
        metrics=metrics(),
        rules=_read_rules(folder / "rules" / "rules.yaml"),
        words=_with_form(vocabulary.words, labels),
        coded=vocabulary.columns,
    )


def _with_form(words: dict[str, dict[str, Text]], labels: dict[str, Text]) -> dict[str, dict[str, Text]]:
    """The vocabularies with the metrics and the figures of the running text as two more; each may be a subject."""
    told = {name: Text(zh=entry.zh, en=entry.en) for name, entry in told_metrics().items()}
    parts = words["subject"] | words["proceeding"] | words["applicant"] | labels | told
    return words | {"metric": labels, "narrative_metric": told, "subject": parts}


Model = TypeVar("Model", bound=BaseModel)


def _read(path: Path, model: type[Model]) -> Model:
    return _fit(model, _yaml(path), str(path))


def _read_tables(path: Path) -> dict[str, Table]:
    return {name: _fit(Table, entry, f"{path}: {name}") for name, entry in _yaml(path).items()}


def _read_rules(path: Path) -> dict[str, Rule]:
    entries = [_fit(Rule, entry, f"{path} entry {number}") for number, entry in enumerate(_yaml(path), 1)]
    return {rule.id: rule for rule in entries}


def _yaml(path: Path) -> Any:
    try:
        return load_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not readable YAML; correct it: {error}") from error


def _fit(model: type[Model], data: object, where: str) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {place or 'the entry'}: {first['msg']}; correct it there") from error
