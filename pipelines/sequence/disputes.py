"""Form table 4 in reading order: three times the five heads of the results, then fifteen values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines.editions import Edition, Head, editions
from pipelines.sequence.run import Run, settle, values_after
from pipelines.sequence.stream import Token
from pipelines.text import core

_HEADS_ABOVE = 12  # texts before the first result that may hold the heads over it, empty ones included


def read_disputes(tokens: Sequence[Token]) -> Run | None:
    """Find form table 4. The editions share it."""
    edition = next(iter(editions().values()))
    last = _last_head(tokens, edition)
    if last is None:
        return None
    wanted = edition.dispute_metrics
    run = Run(edition.id)
    values = values_after(tokens, last, len(tokens), len(wanted))
    if values is None:
        run.unread.append("disputes")
    else:
        run.cells.update({(metric, None): text for metric, text in zip(wanted, values, strict=False)})
    numbers = last + 1 < len(tokens) and tokens[last + 1].name.isdigit()
    return settle(run, tokens, [last], numbers=numbers)


def _last_head(tokens: Sequence[Token], edition: Edition) -> int | None:
    """The position of the fifteenth head of a result, when all fifteen are there with the proceedings among them."""
    results, proceedings, over = _vocabulary()
    heads = [at for at, token in enumerate(tokens) if token.name in results]
    wanted = tuple(edition.results) * len(edition.proceedings)
    for number in range(len(heads) - len(wanted) + 1):
        places = heads[number : number + len(wanted)]
        if any(results[tokens[at].name] != result for at, result in zip(places, wanted, strict=True)):
            continue
        between = [token.name for token in tokens[places[0] : places[-1]] if token.name and token.name not in results]
        before = [token.name for token in tokens[max(places[0] - _HEADS_ABOVE, 0) : places[0]]]
        if set(between) <= proceedings | over and proceedings <= {*between, *before}:
            return places[-1]
    return None


@cache
def _vocabulary() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Wordings of the results, of the proceedings, and of what stands over proceedings."""
    edition = next(iter(editions().values()))
    results = {core(text): name for name, head in edition.results.items() for text in (head.label, *head.aliases)}
    heads: list[Head] = list(edition.proceedings.values())
    return results, frozenset(core(head.label) for head in heads), frozenset(core(head.under or "") for head in heads)
