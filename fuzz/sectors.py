"""Mutations of OLE files (DOC, XLS): sectors exchanged, cleared or damaged, and entries of their allocation tables."""

from __future__ import annotations

from random import Random

from fuzz.noise import add_noise

_SECTOR = 512
_ALLOCATION = (b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff", b"\x00\x00\x00\x00", b"\x01\x00\x00\x00")


def mutate_ole(data: bytes, rng: Random, other: bytes) -> bytes:
    """Exchange, clear or damage sectors, or entries of the allocation tables and the header."""
    sectors = [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
    theirs = [other[at : at + _SECTOR] for at in range(0, len(other), _SECTOR)]
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(1, len(sectors))
        match rng.choice(["exchange", "clear", "noise", "entry", "header", "foreign"]):
            case "exchange":
                another = rng.randrange(1, len(sectors))
                sectors[place], sectors[another] = sectors[another], sectors[place]
            case "clear":
                sectors[place] = bytes(_SECTOR)
            case "noise":
                sectors[place] = add_noise(sectors[place], rng, sectors[place])[:_SECTOR].ljust(_SECTOR, b"\0")
            case "entry":
                sectors[place] = _entry_changed(sectors[place], rng)
            case "header":
                sectors[0] = sectors[0][:8] + _entry_changed(sectors[0], rng)[8:]
            case _:
                sectors[place] = rng.choice(theirs)
    return b"".join(sectors)


def _entry_changed(sector: bytes, rng: Random) -> bytes:
    at = rng.randrange(0, _SECTOR, 4)
    return sector[:at] + rng.choice([*_ALLOCATION, rng.randbytes(4)]) + sector[at + 4 :]
