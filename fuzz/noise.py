"""Mutations that know nothing of formats: bytes, pieces lost, repeated, moved, or taken from another document."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random, bytes], bytes]

_NUMBERS = (b"-1", b"0", b"99999999999999999999", b"4294967296", b"1e309", b"NaN", b"\x00", b"\xff\xff\xff\xff")
_MOST_CHANGES = 8
_LONGEST = 4096  # bytes of a piece that is lost, moved or repeated
_MOST_REPEATS = 200
LARGEST = 2 << 20  # bytes: repeats never make a document larger than this


def add_noise(data: bytes, rng: Random, other: bytes) -> bytes:
    """Damage ``data`` in one to eight places; ``other`` is a second document that pieces are taken from."""
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        data = rng.choice(_CHANGES)(data, rng, other)[:LARGEST]
    return data


def _bit_flipped(data: bytes, rng: Random, _: bytes) -> bytes:
    at = _place(data, rng)
    return data[:at] + bytes(byte ^ 1 << rng.randrange(8) for byte in data[at : at + 1]) + data[at + 1 :]


def _bytes_set(data: bytes, rng: Random, _: bytes) -> bytes:
    at, length = _place(data, rng), rng.choice([1, 1, 2, 4, 16])
    return data[:at] + rng.randbytes(length) + data[at + length :]


def _cut_short(data: bytes, rng: Random, _: bytes) -> bytes:
    return data[: _place(data, rng)] if rng.random() < 0.3 else data[: -rng.randint(1, 64)]


def _piece_lost(data: bytes, rng: Random, _: bytes) -> bytes:
    start, end = _piece(data, rng)
    return data[:start] + data[end:]


def _piece_repeated(data: bytes, rng: Random, _: bytes) -> bytes:
    start, end = _piece(data, rng)
    return data[:end] + data[start:end] * rng.choice([1, 2, rng.randint(3, _MOST_REPEATS)]) + data[end:]


def _piece_moved(data: bytes, rng: Random, _: bytes) -> bytes:
    start, end = _piece(data, rng)
    rest = data[:start] + data[end:]
    at = _place(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def _spliced(data: bytes, rng: Random, other: bytes) -> bytes:
    """The beginning of one document and the end of another, or a piece of the other in its midst."""
    if rng.random() < 0.3:
        return data[: _place(data, rng)] + other[_place(other, rng) :]
    start, end = _piece(other, rng)
    at = _place(data, rng)
    return data[:at] + other[start:end] + data[at + (end - start) * rng.randrange(2) :]


def _number_put(data: bytes, rng: Random, _: bytes) -> bytes:
    at, number = _place(data, rng), rng.choice(_NUMBERS)
    return data[:at] + number + data[at + len(number) * rng.randrange(2) :]


def _place(data: bytes, rng: Random) -> int:
    return rng.randint(0, len(data))


def _piece(data: bytes, rng: Random) -> tuple[int, int]:
    start = _place(data, rng)
    return start, min(start + rng.choice([1, 4, 16, 64, 512, _LONGEST]), len(data))


_CHANGES = (
    _bit_flipped,
    _bit_flipped,
    _bytes_set,
    _bytes_set,
    _cut_short,
    _piece_lost,
    _piece_repeated,
    _piece_moved,
    _spliced,
    _number_put,
)
