"""Gives every template the words of the dictionary, and the notice that sample data are on show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from jinja2 import Environment

from pipelines.dictionary import load
from publish import words


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Make the functions of ``publish.words`` known to templates by their own names."""
    for function in (words.both, words.both_of, words.word, words.coded, words.column, words.page_of, words.row_link):
        env.globals[function.__name__] = function
    env.filters |= {"moment": words.moment, "number": words.number, "size": words.size}
    env.globals["described"] = load().tables.get


@hookimpl
def extra_template_vars(datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    """``sample_data``: whether any night was run over the bundled sample portals."""

    async def variables() -> dict[str, Any]:
        found = await datasette.execute("archive", "select exists(select 1 from run where vantage = 'samples')")
        return {"sample_data": bool(found.single_value())}

    return variables
