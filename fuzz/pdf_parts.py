"""Mutations of PDF: what is inside compressed streams, and the numbers and objects of the file itself."""

from __future__ import annotations

import base64
import re
import zlib
from random import Random

from fuzz.noise import Mutation, add_noise

_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\n?endstream)", re.DOTALL)
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj\s", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (b"0", b"1", b"-1", b"7", b"99999", b"-0.001", b"4294967296", b"1e5", b"9 0 R", b"null", b"[", b"<<")


def mutate_pdf(data: bytes, rng: Random, other: bytes) -> bytes:
    """Change what is inside compressed streams, or the numbers and objects of the file itself."""
    for _ in range(rng.randint(1, 3)):
        match rng.choice(["stream", "stream", "numbers", "objects"]):
            case "stream":
                data = _change_stream(data, rng, other)
            case "numbers":
                data = _change_numbers(data, rng, rng.randint(1, 6))
            case _:
                data = _change_objects(data, rng, other)
    return data


def _change_stream(data: bytes, rng: Random, other: bytes) -> bytes:
    streams = list(_STREAM.finditer(data))
    if not streams:
        return data
    chosen = rng.choice(streams)
    try:
        content = zlib.decompress(base64.a85decode(chosen[2].strip(), adobe=False, ignorechars=b"~> \r\n"))
    except (ValueError, zlib.error):
        return add_noise(data, rng, other)
    change: Mutation = rng.choice([_change_numbers_anywhere, _lines_shuffled, add_noise])
    packed: bytes = base64.a85encode(zlib.compress(change(content, rng, content))) + b"~>"
    return data[: chosen.start(2)] + packed + data[chosen.end(2) :]


def _change_numbers_anywhere(content: bytes, rng: Random, _: bytes) -> bytes:
    return _change_numbers(content, rng, rng.randint(1, 20))


def _change_numbers(data: bytes, rng: Random, times: int) -> bytes:
    for _ in range(times):
        found = _NUMBER.search(data, rng.randint(0, len(data)))
        if found:
            data = data[: found.start()] + rng.choice(_NUMBERS) + data[found.end() :]
    return data


def _lines_shuffled(content: bytes, rng: Random, _: bytes) -> bytes:
    lines = content.split(b"\n")
    start = rng.randrange(len(lines))
    part = lines[start : start + rng.choice([3, 30, len(lines)])]
    rng.shuffle(part)
    lines[start : start + len(part)] = part * rng.choice([0, 1, 1, 2])
    return b"\n".join(lines)


def _change_objects(data: bytes, rng: Random, other: bytes) -> bytes:
    mine = list(_OBJECT.finditer(data))
    theirs: list[bytes] = _OBJECT.findall(other)
    if not mine or not theirs:
        return data
    chosen = rng.choice(mine)
    replacement = rng.choice([b"", chosen[0] * 2, rng.choice(mine)[0], rng.choice(theirs)])
    return data[: chosen.start()] + replacement + data[chosen.end() :]
