"""Form table 4 in reading order: three times the five heads of the results, then fifteen values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines.editions import Edition, editions
from pipelines.numbers import numbers_columns
from pipelines.sequence.run import Run, settle, values_after
from pipelines.sequence.stream import Token
from pipelines.text import core

_HEADS_ABOVE = 12  # texts before the first result that may hold the heads over it, empty ones included
_OVER = "over the lawsuits"


def read_disputes(tokens: Sequence[Token]) -> Run | None:
    """Find form table 4. The editions share it."""
    edition = next(iter(editions().values()))
    last = _last_head(tokens, edition)
    if last is None:
        return None
    wanted = edition.dispute_metrics
    run = Run(edition.id)
    if numbers_columns(token.text for token in tokens[last + 1 : last + 1 + len(wanted)]):
        last += len(wanted)
    values = values_after(tokens, last, len(tokens), len(wanted))
    if values is None:
        run.unread.append("disputes")
    else:
        run.cells.update({(metric, None): text for metric, text in zip(wanted, values, strict=False)})
    numbers = last + 1 < len(tokens) and tokens[last + 1].name.isdigit()
    return settle(run, tokens, [last], numbers=numbers)


def _last_head(tokens: Sequence[Token], edition: Edition) -> int | None:
    """The position of the fifteenth head of a result, when all fifteen are there and the proceedings in order."""
    results, proceedings = _results(edition.id), _proceedings(edition.id)
    heads = [at for at, token in enumerate(tokens) if token.name in results]
    wanted = tuple(edition.results) * len(edition.proceedings)
    for number in range(len(heads) - len(wanted) + 1):
        places = heads[number : number + len(wanted)]
        if any(results[tokens[at].name] != result for at, result in zip(places, wanted, strict=True)):
            continue
        between = [token.name for token in tokens[places[0] : places[-1]] if token.name and token.name not in results]
        over = [token for token in tokens[max(places[0] - _HEADS_ABOVE, 0) : places[-1]] if token.name in proceedings]
        if {*between} <= proceedings.keys() and _as_in_the_form(over, edition):
            return places[-1]
    return None


def _as_in_the_form(heads: Sequence[Token], edition: Edition) -> bool:
    """True for the heads over the results in the order of the form.

    行政诉讼 stands before the first of its own; before 行政复议 only in a table, in a row above it: in running text it
    would be the first column.
    """
    names = _proceedings(edition.id)
    printed = [names[token.name] for token in heads]
    lines = [token.line for token in heads]
    form = [*edition.proceedings]
    if printed == [_OVER, *form]:
        return lines[-1] is not None and (lines[0] is None or lines[0] != lines[1])
    return printed in (form, [form[0], _OVER, *form[1:]])


@cache
def _results(edition_id: str) -> dict[str, str]:
    """Wording → result."""
    results = editions()[edition_id].results
    return {core(text): name for name, head in results.items() for text in (head.label, *head.aliases)}


@cache
def _proceedings(edition_id: str) -> dict[str, str]:
    """Wording → proceeding, or what stands over two of them."""
    heads = editions()[edition_id].proceedings
    over = {core(head.under): _OVER for head in heads.values() if head.under}
    return over | {core(text): name for name, head in heads.items() for text in (head.label, *head.aliases)}
