"""The annex of reports before 2019 in reading order: behind each label of the form, what its heads announce.

Labels that repeat (被依法纠错数 under reviews and under lawsuits) are told apart by what was read before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.editions import AnnexEdition, annexes
from pipelines.sequence.annex_heads import Part
from pipelines.sequence.annex_rows import Piece, pieces
from pipelines.sequence.run import Run, alike
from pipelines.sequence.stream import Stream, Token
from pipelines.text import label, squeeze, stem
from pipelines.units import in_measure, one_of, read_unit, unit_behind, without_unit
from pipelines.vocabulary import metrics

_LEAST_LABELS = 5  # so many different labels of one edition make an annex
_LONGEST_LABEL = 60
_DASHES = frozenset("-—–/")
_FROM_ABOVE = Token("")  # stands for a unit that spans rows, in those below its first
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece with a label of the form: its place among the lines of the form, and where its values begin."""

    place: int
    piece: Piece
    behind: int


def read_annex(stream: Stream, year: int | None) -> Run | None:
    """Find the annex of the report of ``year``; None when the document has none."""
    labels = _all_names().intersection(map(_name, stream.tabled))
    if form := _form_of(labels):
        return _read(stream.tokens(in_tables=True), form, year)
    form = _form_of(labels.union(_all_names().intersection(map(_name, stream.running()))))
    return _read(stream.tokens(in_tables=False), form, year) if form else None


def _form_of(labels: Set[str]) -> AnnexEdition | None:
    """The edition that has most of some labels; None where they are too few for any."""
    if len(labels) < _LEAST_LABELS:
        return None
    form = max(annexes().values(), key=lambda form: len(labels & _places(form.id).keys()))
    return form if len(labels & _places(form.id).keys()) >= _LEAST_LABELS else None


def _read(tokens: Sequence[Token], form: AnnexEdition, year: int | None) -> Run:
    run, places = Run(form.id), _places(form.id)
    rows = list(_found(pieces(tokens, form, year, lambda token: _name(token.text) in places), form))
    above: Token | None = None
    for found in rows:
        metric = _entries(form.id)[found.place][0]
        key = (metric or "", None)
        figure = _figure(found)
        above = figure[1] if figure and figure[1] is not _FROM_ABOVE else above
        if metric is None or key in run.cells or metric in run.unread:
            continue
        if figure is None:
            run.unread.append(metric)
            continue
        run.cells[key], unit = figure[0].text, _unit(found, above, metric)
        if unit:
            run.units[key] = unit
    run.take_units_said(token.said for found in rows for token in found.piece.tokens[:1])
    if run.unread and all(token.line is None for token in tokens):
        run.cells.clear()  # running text that lost some of its values: the others may have moved
    return run


@lru_cache(maxsize=1 << 13)
def _name(text: str) -> str:
    """The comparable form of what may be a label; empty for anything else, as for most figures."""
    return stem(without_unit(text)) if 1 < len(text) <= _LONGEST_LABEL and not text.isascii() else ""


@cache
def _entries(form_id: str) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    """Every line of the form in its order, headings without a figure included: metric and wordings."""
    entries: list[tuple[str | None, tuple[str, ...]]] = []
    for chapter in annexes()[form_id].chapters:
        if chapter.heading and not chapter.metric:
            entries.append((None, (chapter.heading, *chapter.aliases)))
        entries += [(row.metric, (row.label, *row.aliases)) for row in chapter.all_rows]
    return tuple(entries)


@cache
def _places(form_id: str) -> dict[str, tuple[int, ...]]:
    """Wording → its places among the lines of the form."""
    places: dict[str, tuple[int, ...]] = {}
    for number, (_, wordings) in enumerate(_entries(form_id)):
        for name in {stem(text) for text in wordings}:
            places[name] = (*places.get(name, ()), number)
    return places


@cache
def _all_names() -> frozenset[str]:
    return frozenset().union(*(_places(form_id) for form_id in annexes()))


def _found(all_pieces: Sequence[Piece], form: AnnexEdition) -> Iterator[_Found]:
    """The pieces that have a label. One that stands in several places of the form is the next of them in its order."""
    last: int | None = None
    strange: list[Piece] = []
    for piece in all_pieces:
        known = [
            (at, _places(form.id)[name])
            for at, t in enumerate(piece.tokens)
            if (name := _name(t.text)) in _places(form.id)
        ]
        if not known:
            strange.append(piece)
            if any(_CHAPTER.match(label(token.text)) for token in piece.tokens):
                last = None  # a chapter that we do not know: nothing below it is told by what stands above
            continue
        before, place = last, None
        for _, places in known:
            place = places[0] if len(places) == 1 else next((p for p in places if last is not None and p > last), None)
            last = last if place is None else place
        if place is not None:
            yield from _misprinted(before, place, strange, form)
            yield _Found(place, piece, known[-1][0] + 1)
        strange = []


def _misprinted(above: int | None, below: int, strange: Sequence[Piece], form: AnnexEdition) -> Iterator[_Found]:
    """The one piece between two others, when one line of the form is missing there and the piece nearly prints it."""
    if above is None or below - above != 2 or len(strange) != 1:
        return
    [piece] = strange
    wanted = stem(_entries(form.id)[above + 1][1][0])
    near = [at for at, token in enumerate(piece.tokens) if (name := _name(token.text)) and alike(name, wanted)]
    if len(near) == 1:
        yield _Found(above + 1, piece, near[0] + 1)


def _figure(found: _Found) -> tuple[Token, Token | None] | None:
    """The figure of a row and its unit as the heads announce them; without heads the only text there is."""
    piece, values = found.piece, list(found.piece.tokens[found.behind :])
    if not piece.headed:
        unit = values.pop(0) if len(values) > 1 and _is_unit(values[0].text) else None
        return (values[0], unit) if len(values) == 1 else None
    heads = piece.heads
    if heads is None or heads.figure is None or piece.torn:
        return None
    aligned = _aligned(values, heads.parts)
    if aligned is None:
        return None
    unit = aligned[heads.parts.index(Part.UNIT)] if Part.UNIT in heads.parts else None
    if unit is not None and any(map(str.isdigit, squeeze(unit.text))):
        return None
    return aligned[heads.figure], unit


def _aligned(values: list[Token], parts: Sequence[Part]) -> list[Token] | None:
    """As many values as there are heads: one unit may span several rows, and remarks may be left out."""
    while len(values) > len(parts) and not values[-1].text:
        values.pop()
    if len(values) == len(parts) - 1 and Part.UNIT in parts:
        place = parts.index(Part.UNIT)
        if place < len(values) and not _is_unit(values[place].text):
            values.insert(place, _FROM_ABOVE)
    return values if len(values) == len(parts) else None


def _is_unit(text: str) -> bool:
    return read_unit(text) is not None or (bool(text) and set(squeeze(text)) <= _DASHES)


def _unit(found: _Found, beside: Token | None, metric: str) -> str | None:
    """The unit printed beside a figure, behind its label, or in the head over it where that measures the same."""
    printed = [squeeze(beside.text)] if beside is not None and beside.text and set(beside.text) - _DASHES else []
    printed += [unit for token in found.piece.tokens[: found.behind] if (unit := unit_behind(token.text))]
    head = found.piece.heads.unit if found.piece.heads else None
    return one_of(printed) or next(in_measure([head] if head else [], metrics()[metric].unit), None)
