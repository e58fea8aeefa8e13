"""Mutations that leave every byte of the statutory tables alone: the figures must stay, or the reading must tell.

``strange_cells`` is the other sound kind: it changes what cells print before the report is rendered, and the truth with
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from fuzz.markup import STRANGE, mutate_tags
from fuzz.noise import add_noise
from fuzz.originals import Original, with_habits
from fuzz.packages import OF_FIGURES, mutate_zip, repacked, unpacked
from tests.layouts.formats import as_markdown_text, as_page, as_piped_text

_TABLE = re.compile(rb"<table\b(?:(?!<table\b).)*?</table>", re.DOTALL | re.IGNORECASE)
_PIPED = re.compile(rb"(?:^[^\n]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_HTML_PART = re.compile(rb"(?<=text/html).*\Z", re.DOTALL)
_WORD_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_WORD_PARAGRAPH = re.compile(r"<w:p>.*?</w:p>", re.DOTALL)
_WORD_TEXT = re.compile(r"(?<=<w:t>)[^<]*")
Harmless = Callable[[bytes, Random], bytes]

_DOCUMENT = "word/document.xml"


def beside_tables(data: bytes, rng: Random) -> bytes:
    """A page changed outside its innermost tables. A left-over template holds figures of its own and stays as it is."""
    return data if b"<template" in data else _beside(_TABLE, data, rng)


def beside_lines(data: bytes, rng: Random) -> bytes:
    """Plain text changed outside the runs of lines that have pipes."""
    return _beside(_PIPED, data, rng)


def beside_part(data: bytes, rng: Random) -> bytes:
    """A saved page changed in front of its HTML part."""
    return _beside(_HTML_PART, data, rng)


def _beside(kept: re.Pattern[bytes], data: bytes, rng: Random) -> bytes:
    """Change one of the stretches between what is kept."""
    spans = [match.span() for match in kept.finditer(data)]
    edges = [0, *(edge for span in spans for edge in span), len(data)]
    start, end = rng.choice(list(zip(edges[::2], edges[1::2], strict=True)))
    change = rng.choice([mutate_tags, add_noise])
    return data[:start] + change(data[start:end], rng, b"") + data[end:]


def around_word_tables(data: bytes, rng: Random) -> bytes:
    """A Word file whose paragraphs are lost, doubled or reworded, or whose other members are damaged."""
    if rng.random() < 0.4:
        return beside_figures(data, rng)
    packed = dict(unpacked(data))
    whole = packed[_DOCUMENT].decode()
    tables = [match.span() for match in _WORD_TABLE.finditer(whole)]
    paragraphs = [m for m in _WORD_PARAGRAPH.finditer(whole) if not any(a <= m.start() < b for a, b in tables)]
    chosen = rng.choice(paragraphs)
    words = rng.choice(STRANGE).translate({ord("<"): "(", ord("&"): "+", 0: "", 11: ""})
    changed = rng.choice(["", chosen[0] * rng.choice([2, 500]), _WORD_TEXT.sub(lambda _: words, chosen[0])])
    packed[_DOCUMENT] = (whole[: chosen.start()] + changed + whole[chosen.end() :]).encode()
    return repacked(list(packed.items()), rng)


def beside_figures(data: bytes, rng: Random) -> bytes:
    """An Office file whose members are damaged, except those that hold text and figures."""
    packed = unpacked(data)
    kept = [member for member in packed if member[0].startswith(OF_FIGURES)]
    rest = [member for member in packed if not member[0].startswith(OF_FIGURES)]
    mutated = unpacked(mutate_zip(repacked(rest, rng), rng, data))
    return repacked([*mutated, *kept], rng)


def beside_members(data: bytes, rng: Random) -> bytes:
    """A package with junk in front of, between and behind the members of the original."""
    packed = unpacked(data)
    for number in range(rng.choice([1, 3, 100])):
        packed.insert(rng.randint(0, len(packed)), (f"{number}.{rng.choice(_SUFFIXES)}", _junk(rng)))
    return repacked(packed, rng)


_SUFFIXES = ("doc", "pdf", "html", "txt", "zip", "xlsx")
_STARTS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"Rar!\x1a\x07", b"\x89PNG\r\n")


def _junk(rng: Random) -> bytes:
    return rng.choice(_STARTS) + rng.randbytes(rng.choice([0, 10, 300]))


def behind_objects(data: bytes, rng: Random) -> bytes:
    """A PDF whose cross-reference table and trailer are damaged."""
    end = data.rindex(b"endobj") + len(b"endobj\n")
    return data[:end] + add_noise(data[end:], rng, data[:end])


def unknown_group(data: bytes, rng: Random) -> bytes:
    """An RTF with a group that no reader knows and that every reader must pass over (RTF 1.9.1)."""
    words = "".join(rng.choices("abc 123", k=rng.choice([0, 10, 5000]))).encode()
    return data.replace(b"{\\rtf1", b"{\\rtf1{\\*\\gongkai " + words + b"}", 1)


def bytes_behind(data: bytes, rng: Random) -> bytes:
    """A file with more bytes behind its end."""
    return data + rng.randbytes(rng.choice([1, 100, 5000]))


def strange_cells(rng: Random) -> Original:
    """A page or text in which a few cells print something strange; the truth follows what they print."""
    report = with_habits(rng)
    for slot in rng.sample(list(report.slots()), rng.randint(1, 6)):
        slot.text = rng.choice([_lone, _before, _behind])(slot.text, rng.choice(STRANGE))
        if slot.key is not None:
            report.truth[slot.key] = slot.text
    render = rng.choice([as_page, as_page, as_page, as_piped_text, as_markdown_text])
    return Original(render(report), report.truth)


def _lone(_: str, strange: str) -> str:
    return strange


def _before(text: str, strange: str) -> str:
    return strange + text


def _behind(text: str, strange: str) -> str:
    return text + strange
