"""Mutations of the XML inside Office files that leave it well formed, so that it reaches the reader's own code."""

from __future__ import annotations

import re
from html import escape
from random import Random

from fuzz.markup import NUMBERS, STRANGE

_TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
_NUMBER = re.compile(r"(?<=\")-?\d+(?=\")")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_CHANGES = 6


def mutate_elements(data: bytes, rng: Random, _: bytes) -> bytes:
    """Lose, repeat or move whole elements; change texts and the numbers in attributes. Bytes that are no XML stay."""
    tokens = _TOKEN.findall(data.decode("utf-8", "surrogateescape"))
    for _number in range(rng.randint(1, _MOST_CHANGES)):
        if len(tokens) > 2:
            _change(tokens, rng)
    return "".join(tokens).encode("utf-8", "surrogateescape")


def _change(tokens: list[str], rng: Random) -> None:
    start = rng.randrange(2, len(tokens))
    end = _end(tokens, start)
    if end is None:
        return
    element = tokens[start:end]
    match rng.choice(["lose", "repeat", "move", "number", "text", "text"]):
        case "lose":
            del tokens[start:end]
        case "repeat":
            tokens[start:start] = element * rng.choice([1, 2, 40])
        case "move":
            del tokens[start:end]
            others = [place for place, token in enumerate(tokens) if place > 1 and token.startswith("<")]
            tokens[(place := rng.choice(others) if others else len(tokens)) : place] = element
        case "number":
            tokens[start:end] = [_NUMBER.sub(lambda _: rng.choice(NUMBERS), token) for token in element]
        case _:
            words = escape(_NOT_XML.sub("", rng.choice(STRANGE)))
            tokens[start:end] = [words if not token.startswith("<") else token for token in element]


def _end(tokens: list[str], start: int) -> int | None:
    """The place behind the element or text that begins at ``start``; None for an end tag or what is never closed."""
    depth = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.startswith("</"):
            depth -= 1
        elif token.startswith("<") and not token.endswith(("/>", "?>")):
            depth += 1
        if depth <= 0:
            return place + 1 if depth == 0 else None
    return None
