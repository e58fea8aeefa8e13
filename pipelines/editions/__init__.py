"""The editions of the report, one YAML file each: labels, wordings, layout, units, identities and the circular.

Adding an edition adds a file. Everything that knows a form reads it from here: the matcher, the rules, the site and the
synthetic reports of the tests. ``layout`` in a file says which kind it is: ``tables``, ``annex`` or ``prose``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from pipelines.editions.annex import AnnexEdition
from pipelines.editions.form import Form
from pipelines.editions.prose import ProseEdition
from pipelines.editions.tables import Block, BlockRow, Edition, FormRow, Head
from pipelines.text import core
from pipelines.vocabulary import metrics
from pipelines.yaml_file import load_yaml

__all__ = [
    "AnnexEdition",
    "Block",
    "BlockRow",
    "Edition",
    "Form",
    "FormRow",
    "Head",
    "ProseEdition",
    "annexes",
    "column_head",
    "columns_beside",
    "editions",
    "forms",
    "prose",
]

AnyForm = Edition | AnnexEdition | ProseEdition
_FILE: TypeAdapter[AnyForm] = TypeAdapter(Annotated[AnyForm, Field(discriminator="layout")])


@cache
def forms(folder: Path = Path(__file__).parent) -> dict[str, AnyForm]:
    """All editions by id, newest first. Raises ``ValueError`` naming the file when one does not hold together."""
    found = [_load(path) for path in sorted(folder.glob("*.yaml"))]
    return {form.id: form for form in sorted(found, key=lambda form: -form.years[0])}


@cache
def editions() -> dict[str, Edition]:
    """The editions of the three statutory tables, newest first."""
    return {name: form for name, form in forms().items() if isinstance(form, Edition)}


@lru_cache(maxsize=1 << 13)
def column_head(text: str) -> str:
    """A head of form table 2 that begins in the words of the form: ``2022年制发件数`` → ``本年制发件数``."""
    for wording, pattern in _column_beginnings():
        if match := pattern.match(text):
            text = wording + text[match.end() :]
    return text


@cache
def _column_beginnings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = [each for edition in editions().values() for each in edition.column_beginnings.items()]
    return tuple([(wording, re.compile(pattern)) for wording, pattern in found])


@cache
def annexes() -> dict[str, AnnexEdition]:
    """The editions of the annex, newest first."""
    return {name: form for name, form in forms().items() if isinstance(form, AnnexEdition)}


@cache
def columns_beside() -> dict[str, str]:
    """Heads of columns without figures, in their comparable form → ``unit``, ``code`` or ``remark``.

    The annexes say them; publishers add such columns to the three tables too.
    """
    parts = ("unit", "code", "remark")
    heads = [(part, text) for form in annexes().values() for part in parts for text in getattr(form.columns, part)]
    return {core(text): part for part, text in heads}


@cache
def prose() -> ProseEdition:
    """The edition of reports without a table."""
    return next(form for form in forms().values() if isinstance(form, ProseEdition))


def _load(path: Path) -> AnyForm:
    try:
        form = _FILE.validate_python(load_yaml(path))
        _agree_with_the_vocabulary(form)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"{path.name}: {place}: {first['msg']}; correct it there") from error
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    return form


def _agree_with_the_vocabulary(form: Form) -> None:
    """The edition and ``metrics.csv`` name the same metrics; raises ``ValueError`` saying which they do not."""
    named = set(form.metric_names)
    listed = {name for name, metric in metrics().items() if form.id in metric.editions}
    if unlisted := named - listed - form.borrowed:
        raise ValueError(f"metrics.csv does not give {', '.join(sorted(unlisted))} to edition {form.id}; add it there")
    if missing := listed - named:
        raise ValueError(f"metrics.csv gives {', '.join(sorted(missing))} to edition {form.id}; add the rows here")
