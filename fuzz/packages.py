"""Mutations of what is packed as a ZIP, Office files included: its members changed, lost, exchanged, the ZIP valid."""

from __future__ import annotations

import io
import zipfile
from random import Random

from fuzz.elements import mutate_elements
from fuzz.markup import mutate_tags
from fuzz.noise import add_noise

_CHANGES = (*["elements"] * 9, "tags", "noise", "drop", "double", "rename", "exchange")
OF_FIGURES = (
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "xl/worksheets/",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
"""The members of Office files that hold text and figures, or say how these are printed: 17, or 17.00."""


def mutate_zip(data: bytes, rng: Random, other: bytes) -> bytes:
    """Change, drop, double, rename or exchange members; what is packed inside stays a valid ZIP."""
    packed, others = unpacked(data), unpacked(other)
    for _ in range(rng.randint(1, 3)):
        if packed:
            _change_member(packed, others, rng)
    return repacked(packed, rng)


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """The members of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def repacked(packed: list[tuple[str, bytes]], rng: Random) -> bytes:
    """A ZIP of these members, each name once, stored or compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, content in dict(packed).items():
            archive.writestr(name, content)
    return out.getvalue()


def _change_member(packed: list[tuple[str, bytes]], others: list[tuple[str, bytes]], rng: Random) -> None:
    of_figures = [place for place, (name, _) in enumerate(packed) if name.startswith(OF_FIGURES)]
    place = rng.choice(of_figures) if of_figures and rng.random() < 0.6 else rng.randrange(len(packed))
    name, content = packed[place]
    match rng.choice(_CHANGES):
        case "elements":
            packed[place] = name, mutate_elements(content, rng, b"")
        case "tags":
            packed[place] = name, mutate_tags(content, rng, rng.choice(others)[1])
        case "noise":
            packed[place] = name, add_noise(content, rng, rng.choice(others)[1])
        case "drop":
            del packed[place]
        case "double":
            packed.append((f"{name}{rng.randrange(9)}", content))
        case "rename":
            packed[place] = rng.choice(packed)[0], content
        case _:
            packed[place] = name, rng.choice(others)[1]
