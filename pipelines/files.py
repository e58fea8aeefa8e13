"""Reading files from disk, many at once: for each of them a text for people or a line for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.printing import as_json
from pipelines.reading import read
from pipelines.rules import check
from pipelines.workers import Failed, cores, each

LARGEST = 1 << 28  # bytes; a report has a thousandth of that


@dataclass(frozen=True, slots=True)
class Layout:
    """How to write a reading: as JSON, or as a page so many columns wide, in colour or not."""

    in_json: bool
    columns: int = 100
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file that could not be opened; ``message`` is one sentence that names it and says what to do."""

    message: str


def read_files(
    files: Sequence[Path], layout: Layout, tell: Callable[[int], None]
) -> Iterator[tuple[Path, str | Unopened | Failed]]:
    """The text for every file, in the order of the files; several are read on all cores.

    ``tell`` is called with the number of files done, after each.
    """
    jobs = 1 if len(files) == 1 else max(2, cores())
    for done, (file, answer) in enumerate(each(partial(_read_file, layout), files, jobs), 1):
        yield file, answer
        tell(done)


def _read_file(layout: Layout, file: Path) -> str | Unopened:
    try:
        data = _content(file)
    except IsADirectoryError:
        return Unopened(f"{file} is a folder: name the files in it, for instance {file}/*.")
    except OSError as error:
        return Unopened(f"{file}: cannot be opened ({error.strerror}); check the path and its permissions.")
    if len(data) > LARGEST:
        return Unopened(f"{file} has more than {LARGEST >> 20} MB and cannot be a report: name another file.")
    reading = read(data)
    check(reading)
    if layout.in_json:
        return json.dumps(as_json(str(file), reading), ensure_ascii=False)
    from pipelines.terminal.page import as_text  # the words of the dictionary take longer to load than a page to read

    return as_text(str(file), reading, layout.columns, colour=layout.colour)


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)
