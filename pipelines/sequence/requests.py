"""Form table 3 in reading order: each label of the form, then the seven values that stand before the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pipelines.editions import Edition, editions
from pipelines.sequence.heads import applicants_in_order
from pipelines.sequence.run import Mark, Run, alike, ends, in_order, settle, values_after
from pipelines.sequence.stream import Stream
from pipelines.text import core
from pipelines.vocabulary import APPLICANTS


def read_requests(stream: Stream) -> Run | None:
    """Find form table 3; None when fewer than half of its labels are there.

    The newest edition has the rows of the older ones too. The edition is told only by the rows that it alone has.
    """
    edition = next(iter(editions().values()))
    marks = list(_marks(stream, edition))
    chain = in_order(marks)
    if len(chain) < len(edition.request_rows) // 2:
        return None
    chain = _with_misprints(stream, chain, edition)
    borders = ends({position for position, _ in [*marks, *chain]}, len(stream.texts))
    run = Run(edition="")
    if not applicants_in_order(stream, chain[0][0], edition):
        return Run("", unread=[edition.requests[place].metric for _, place in chain])
    wanted = len(APPLICANTS)
    _take(run, {edition.requests[row].metric: values_after(stream, at, borders[at], wanted) for at, row in chain})
    if not run.cells.keys().isdisjoint(_of_the_edition_alone(edition.id)):
        run.edition = edition.id
    labels = [position for position, _ in chain]
    numbers = any(map(str.isdigit, stream.names[labels[0] : labels[-1]]))
    return settle(run, stream, labels, numbers=numbers)


@cache
def _places(edition_id: str) -> dict[str, int]:
    """Wording → place of the row in the form."""
    rows = editions()[edition_id].requests
    return {core(text): place for place, row in enumerate(rows) for text in (row.label, *row.aliases)}


@cache
def _order(edition_id: str) -> dict[int, int]:
    """Place of the row → its number among those that stand in place of no others."""
    rows = editions()[edition_id].requests
    return {place: number for number, place in enumerate(p for p, row in enumerate(rows) if not row.instead_of)}


@cache
def _of_the_edition_alone(edition_id: str) -> frozenset[tuple[str, str]]:
    return frozenset((metric, "total") for row in editions()[edition_id].requests for metric in row.instead_of)


@cache
def _groups(edition_id: str) -> frozenset[str]:
    return frozenset(core(group) for row in editions()[edition_id].requests for group in row.group)


@cache
def _words(edition_id: str) -> frozenset[str]:
    return _heads(edition_id) | _places(edition_id).keys()


@cache
def _heads(edition_id: str) -> frozenset[str]:
    heads = editions()[edition_id].applicants.values()
    return frozenset(core(text) for head in heads for text in (head.label, *head.aliases, head.under or "") if text)


def _marks(stream: Stream, edition: Edition) -> Iterator[Mark]:
    """Where row labels stand. ``其他`` and ``总计`` are heads where they follow one; (六) over labels is a group."""
    places, groups, heads = _places(edition.id), _groups(edition.id), _heads(edition.id)
    behind_head: int | None = None
    for position in stream.where(_words(edition.id)):
        name = stream.names[position]
        after_head = behind_head is not None and not any(stream.names[behind_head:position])
        is_head = name in heads and (after_head or name not in places)
        behind_head = position + 1 if is_head else None
        if not is_head and not (name in groups and _stands_over_labels(stream, position, places)):
            yield position, places[name]


def _stands_over_labels(stream: Stream, position: int, places: dict[str, int]) -> bool:
    return next(filter(None, stream.names[position + 1 : position + 3]), None) in places


def _with_misprints(stream: Stream, chain: list[Mark], edition: Edition) -> list[Mark]:
    """The chain with each label that is missing between its two neighbours, if just one text there is nearly it."""
    order = _order(edition.id)
    complete: list[Mark] = chain[:1]
    for mark in chain[1:]:
        (start, above), (end, below) = complete[-1], mark
        if order.get(below, 0) - order.get(above, 0) == 2:
            missing = [*order][order[above] + 1]
            wanted = core(edition.requests[missing].label)
            near = [at for at in range(start + 1, end) if alike(stream.names[at], wanted)]
            complete.extend((at, missing) for at in near if len(near) == 1)
        complete.append(mark)
    return complete


@cache
def _keys(metric: str) -> tuple[tuple[str, str], ...]:
    return tuple((metric, name) for name in APPLICANTS)


def _take(run: Run, rows: Mapping[str, list[str] | None]) -> None:
    """Padding is a habit of the whole table; in a single row it tells of values out of place."""
    padded = all(texts is not None and len(texts) > len(APPLICANTS) for texts in rows.values())
    keys: list[tuple[str, str]] = []
    printed: list[str] = []
    for metric, texts in rows.items():
        if texts is None or (len(texts) > len(APPLICANTS) and not padded):
            run.unread.append(metric)
        else:
            keys += _keys(metric)
            printed += texts[: len(APPLICANTS)]
    run.cells.update(zip(keys, printed, strict=True))
