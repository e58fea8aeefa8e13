"""Form table 3 in reading order: each label of the form, then the seven values that stand before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.editions import Edition, FormRow, editions
from pipelines.sequence.heads import applicants_in_order
from pipelines.sequence.run import Mark, Run, alike, ends, in_order, settle, values_after
from pipelines.sequence.stream import Token
from pipelines.text import core
from pipelines.vocabulary import APPLICANTS


def read_requests(tokens: Sequence[Token]) -> Run | None:
    """Find form table 3; None when fewer than half of its labels are there.

    The newest edition has the rows of the older ones too. The edition is told only by the rows that it alone has.
    """
    edition = next(iter(editions().values()))
    marks = list(_marks(tokens, edition))
    chain = in_order(marks)
    if len(chain) < len(edition.request_rows) // 2:
        return None
    chain = _with_misprints(tokens, chain, edition)
    borders = ends((position for position, _ in [*marks, *chain]), len(tokens))
    run = Run(edition="")
    if not applicants_in_order(tokens, chain[0][0], edition):
        return Run("", unread=[edition.requests[place].metric for _, place in chain])
    values = {at: values_after(tokens, at, borders[at], len(APPLICANTS)) for at, _ in chain}
    padded = all(texts is not None and len(texts) > len(APPLICANTS) for texts in values.values())
    for position, place in chain:
        _take(run, edition.requests[place], values[position], padded=padded)
    if any((metric, "total") in run.cells for row in edition.requests for metric in row.instead_of):
        run.edition = edition.id
    labels = [position for position, _ in chain]
    numbers = any(text.isdigit() for text in (token.name for token in tokens[labels[0] : labels[-1]]))
    return settle(run, tokens, labels, numbers=numbers)


@cache
def _places(edition_id: str) -> dict[str, int]:
    """Wording → place of the row in the form."""
    rows = editions()[edition_id].requests
    return {core(text): place for place, row in enumerate(rows) for text in (row.label, *row.aliases)}


@cache
def _groups(edition_id: str) -> frozenset[str]:
    return frozenset(core(group) for row in editions()[edition_id].requests for group in row.group)


@cache
def _heads(edition_id: str) -> frozenset[str]:
    heads = editions()[edition_id].applicants.values()
    return frozenset(core(text) for head in heads for text in (head.label, *head.aliases, head.under or "") if text)


def _marks(tokens: Sequence[Token], edition: Edition) -> Iterator[Mark]:
    """Where row labels stand. ``其他`` and ``总计`` are heads where they follow one; (六) over labels is a group."""
    places, groups, heads = _places(edition.id), _groups(edition.id), _heads(edition.id)
    after_head = False
    for position, token in enumerate(tokens):
        name = token.name
        if name in heads and (after_head or name not in places):
            after_head = True
            continue
        if name in places and not (name in groups and _stands_over_labels(tokens, position, places)):
            yield position, places[name]
        after_head = after_head and not name


def _stands_over_labels(tokens: Sequence[Token], position: int, places: dict[str, int]) -> bool:
    following = next((token for token in tokens[position + 1 : position + 3] if token.name), None)
    return following is not None and following.name in places


def _with_misprints(tokens: Sequence[Token], chain: list[Mark], edition: Edition) -> list[Mark]:
    """The chain with each label that is missing between its two neighbours, if just one text there is nearly it."""
    form = [place for place, row in enumerate(edition.requests) if not row.instead_of]
    order = {place: number for number, place in enumerate(form)}
    complete: list[Mark] = chain[:1]
    for mark in chain[1:]:
        (start, above), (end, below) = complete[-1], mark
        if order.get(below, 0) - order.get(above, 0) == 2:
            missing = form[order[above] + 1]
            wanted = core(edition.requests[missing].label)
            near = [at for at in range(start + 1, end) if alike(tokens[at].name, wanted)]
            complete.extend((at, missing) for at in near if len(near) == 1)
        complete.append(mark)
    return complete


def _take(run: Run, row: FormRow, texts: list[str] | None, *, padded: bool) -> None:
    """Padding is a habit of the whole table; in a single row it tells of values out of place."""
    if texts is None or (len(texts) > len(APPLICANTS) and not padded):
        run.unread.append(row.metric)
    else:
        run.cells.update({(row.metric, name): text for name, text in zip(APPLICANTS, texts, strict=False)})
