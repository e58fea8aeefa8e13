"""Fuzzing that is led by coverage: ``python -m fuzz.guided TARGET``. It needs ``pip install atheris`` (Apache-2.0).

Atheris keeps the inputs that reach a line not reached before and mutates those, with our mutations beside its own. Only
what is read in this process can be led so: pages, plain text, saved pages, and the two grammars of cells and titles.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import atheris
import click

with atheris.instrument_imports(include=["pipelines"]):
    from fuzz.judge import judge
    from fuzz.markup import mutate_tags
    from fuzz.noise import add_noise
    from fuzz.readers import READERS, Mutant
    from pipelines.titles import parse_title
    from pipelines.tokens import Kind, read_token

_ORIGINALS = 20
_LONGEST = 60_000  # bytes of an input
_TITLES = ("甲县人民政府2023年政府信息公开工作年度报告", "关于二〇二三年度政府信息公开工作情况的报告(全文)")
_CELLS = ("12", "1,234.5万元", "增加3", "-", "无", "1２件")


class FaultFound(Exception):
    """Raised to make Atheris keep the input and stop."""


def _reading(data: bytes) -> None:
    if faults := judge(Mutant(data, None), twice=False).faults:
        raise FaultFound("; ".join(faults))


def _title(data: bytes) -> None:
    parsed = parse_title(data.decode(errors="replace"))
    if parsed is not None and parsed.year is not None and not 1900 <= parsed.year <= 2999:
        raise FaultFound(f"a year {parsed.year}")


def _cell(data: bytes) -> None:
    for kind in Kind:
        token = read_token(data.decode(errors="replace"), kind)
        if token.value is not None and abs(token.value) >= 1e15:
            raise FaultFound(f"a figure of {token.value}")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "html": _reading,
    "text": _reading,
    "mhtml": _reading,
    "titles": _title,
    "cells": _cell,
}


def _originals(target: str) -> list[bytes]:
    if target in READERS:
        return [READERS[target].source(Random(number)).data for number in range(_ORIGINALS)]
    return [text.encode() for text in (_TITLES if target == "titles" else _CELLS)]


def _mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Atheris' own mutations, and for every other input one of ours first."""
    rng = Random(seed)
    if rng.random() < 0.5:
        data = rng.choice([mutate_tags, add_noise])(data, rng, data)[:max_size]
    mutated: bytes = atheris.Mutate(data, max_size)
    return mutated


@click.command()
@click.argument("target", type=click.Choice([*TARGETS]))
@click.option("--minutes", type=float, default=10.0, help="How long.")
@click.option("--seed", type=int, default=1, help="Another seed gives other documents.")
@click.option("--keep", type=click.Path(path_type=Path), default="fuzz-failures", help="Folder for faulty inputs.")
def main(target: str, minutes: float, seed: int, keep: Path) -> None:
    """Fuzz TARGET, led by coverage. Exit status other than 0 when an input showed a fault."""
    keep.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as corpus:
        for number, data in enumerate(_originals(target)):
            (Path(corpus) / str(number)).write_bytes(data)
        limits = [f"-max_total_time={round(minutes * 60)}", f"-max_len={_LONGEST}", "-timeout=0", f"-seed={seed}"]
        arguments = [sys.argv[0], *limits, f"-artifact_prefix={keep / target}-", "-print_final_stats=1", corpus]
        atheris.Setup(arguments, TARGETS[target], custom_mutator=_mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
