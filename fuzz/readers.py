"""What is fuzzed: for each reader its originals, the mutations that fit its format, and those that must do no harm."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from fuzz import harmless, originals
from fuzz.markup import mutate_tags
from fuzz.noise import Mutation, add_noise
from fuzz.originals import Source
from fuzz.packages import mutate_zip
from fuzz.pdf_parts import mutate_pdf
from fuzz.sectors import mutate_ole
from tests.layouts.form import Key


@dataclass(frozen=True)
class Reader:
    """A reader to fuzz. ``converted`` says that LibreOffice reads the format first."""

    source: Source
    mutations: tuple[Mutation, ...]
    harmless: harmless.Harmless
    strange: bool = False
    converted: bool = False


@dataclass(frozen=True)
class Mutant:
    """A document to judge; ``truth`` is None where a mutation may have reached a figure."""

    data: bytes
    truth: dict[Key, str] | None


READERS: dict[str, Reader] = {
    "html": Reader(originals.page, (add_noise, mutate_tags, mutate_tags), harmless.beside_tables, strange=True),
    "text": Reader(originals.text, (add_noise, mutate_tags, mutate_tags), harmless.beside_lines, strange=True),
    "mhtml": Reader(originals.saved_page, (add_noise, mutate_tags), harmless.beside_part),
    "pdf": Reader(originals.pdf, (add_noise, mutate_pdf, mutate_pdf), harmless.behind_objects),
    "docx": Reader(originals.docx, (add_noise, mutate_zip, mutate_zip), harmless.around_word_tables),
    "xlsx": Reader(originals.xlsx, (add_noise, mutate_zip, mutate_zip), harmless.beside_figures),
    "zip": Reader(originals.package, (add_noise, mutate_zip), harmless.beside_members),
    "xls": Reader(originals.xls, (add_noise, mutate_ole, mutate_ole), harmless.bytes_behind),
    "doc": Reader(originals.doc, (add_noise, mutate_ole, mutate_ole), harmless.bytes_behind, converted=True),
    "rtf": Reader(originals.rtf, (add_noise, mutate_tags, mutate_tags), harmless.unknown_group, converted=True),
}
_HARMLESS, _STRANGE = 0.25, 0.2


def mutant(name: str, seed: int, number: int) -> Mutant:
    """Document ``number`` of a run: it follows from these three alone."""
    reader, rng = READERS[name], Random(f"{name} {seed} {number}")
    kind = rng.random()
    if reader.strange and kind > 1 - _STRANGE:
        strange = harmless.strange_cells(rng)
        return Mutant(strange.data, strange.truth)
    original = reader.source(rng)
    if kind < _HARMLESS:
        return Mutant(reader.harmless(original.data, rng), original.truth)
    return Mutant(rng.choice(reader.mutations)(original.data, rng, reader.source(rng).data), None)
