"""Looks for the smallest explanation of what does not add up in form tables 3 and 4, and puts it into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.explain import Change, Equation, Slip, Sums, smallest, story
from pipelines.matching import Key
from pipelines.reading import Finding, Reading
from pipelines.rules.identities import OPEN, identities
from pipelines.rules.messages import subject_name
from pipelines.rules.result import Outcome, Words, cell_subject
from pipelines.vocabulary import APPLICANTS, metrics
from pipelines.yaml_file import load_yaml

_TABLES = ("T3", "T4")
_LISTED = 3  # explanations named in one sentence
_SILENT = Outcome.NOT_EVALUABLE

Subject = tuple[str, str]


def explain(reading: Reading) -> None:
    """Give an explanation to the finding of every identity of form tables 3 and 4 that fails."""
    explained: dict[Subject, Words] = {}
    failing = {finding.rule for finding in reading.findings if finding.outcome == "fail"}
    for table in _TABLES:
        if any(rule.startswith(table) for rule in failing):
            verdicts = {(f.rule, f.subject): f.outcome for f in reading.findings if f.rule.startswith(table)}
            explained.update(_explain_table(reading, table, verdicts))
    if explained:
        reading.findings = [
            _with(finding, explained.get((finding.rule, finding.subject))) for finding in reading.findings
        ]


def _with(finding: Finding, words: Words | None) -> Finding:
    return finding._replace(explanation_zh=words.zh, explanation_en=words.en) if words else finding


def _explain_table(reading: Reading, table: str, verdicts: dict[Subject, str]) -> Iterator[tuple[Subject, Words]]:
    """The explanation of all failures of a table together, or else of each group of them that hangs together."""
    told = [i for i in identities(reading) if verdicts.get((i.rule, i.subject), _SILENT) != _SILENT]
    sums = Sums([Equation(i.left, i.right) for i in told], _figures(reading))
    rows = _rows(reading, table)
    changes = smallest(sums, sums.failing, rows)
    groups = [sums.failing] if changes else sums.groups()
    for group in groups:
        words = _words(reading, changes or smallest(sums, group, rows), whole=group == sums.failing)
        for number in group:
            yield (told[number].rule, told[number].subject), words


def _figures(reading: Reading) -> dict[Key, float]:
    """The printed figures; blank and marked cells count as zero, as they do in the identities."""
    return {
        key: observation.value or 0
        for key, observation in reading.observations.items()
        if observation.value is not None or observation.status in OPEN
    }


def _rows(reading: Reading, table: str) -> list[list[Key]]:
    """The cells of a table as they stand on the form."""
    if table == "T4":
        return [[key for key in reading.observations if metrics()[key[0]].form_table == "4"]]
    rows = dict.fromkeys(metric for metric, applicant in reading.observations if applicant)
    return [[(metric, applicant) for applicant in APPLICANTS] for metric in rows]


@cache
def _templates() -> dict[str, Any]:
    templates: dict[str, Any] = load_yaml(Path(__file__).parent / "explanation.yaml")
    return templates


def _words(reading: Reading, changes: Sequence[Change], *, whole: bool) -> Words:
    return Words(*(_sentence(reading, changes, language, whole=whole) for language in ("zh", "en")))


def _sentence(reading: Reading, changes: Sequence[Change], language: str, *, whole: bool) -> str:
    clauses = [_clause(reading, change, language, alone=len(changes) == 1) for change in changes[:_LISTED]]
    sentence: str = _templates()[_kind(changes)][language].format(
        all=_templates()["whole" if whole else "part"][language],
        changes={"zh": "；", "en": "; "}[language].join(clauses),
        number=len(changes),
        printed=_printed(reading, next(iter(changes[0].figures)), language) if changes else "",
    )
    return sentence[:1].upper() + sentence[1:]


def _kind(changes: Sequence[Change]) -> str:
    if not changes:
        return "none"
    if len(changes) > 1:
        return "several" if len(changes) <= _LISTED else "many"
    return "one_value" if changes[0].slip is Slip.VALUE else "one"


def _clause(reading: Reading, change: Change, language: str, *, alone: bool) -> str:
    first, *others = change.figures
    observation = reading.observations[first]
    told = story(observation.value or 0, change.figures[first]) if change.slip is Slip.VALUE else None
    template = "value_among_others" if change.slip is Slip.VALUE and not alone else change.slip
    return str(_templates()[template][language]).format(
        cell=_name(cell_subject(first), language),
        other=_name(cell_subject(others[0]), language) if others else "",
        line=_name(_line(change), language) if change.line else "",
        value=f"{change.figures[first]:.10g}",
        printed=_printed(reading, first, language),
        story=_templates()["stories"][told][language] if told else "",
    )


def _line(change: Change) -> str:
    """What a shifted line is called: a row by its metric, a column by its applicant, that of table 4 by the table."""
    (metric, applicant), (other, _) = change.line[0], change.line[1]
    if applicant is None:
        return "disputes"
    return metric if metric == other else applicant


def _name(subject: str, language: str) -> str:
    return str(getattr(subject_name(subject), language))


def _printed(reading: Reading, key: Key, language: str) -> str:
    return reading.observations[key].raw or str(_templates()["blank"][language])
