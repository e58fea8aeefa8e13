"""What the two commands do: each tells what came of it, and gives the exit status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from pipelines.captures import CaptureStore
from pipelines.lock import ArchiveBusy, archive_lock
from pipelines.reasons import Sentence
from pipelines.storage import StorageError, WrongFile, explained
from pipelines.store import open_archive
from pipelines.warc.export import Selection, check_selection, export
from pipelines.warc.files import NotWarc
from pipelines.warc.hosts import WrongPortal
from pipelines.warc.importing import Origin, import_file, prepare
from pipelines.warc.words import say

__all__ = ["Origin", "Selection", "export_to", "import_all"]

WELL, NEEDS_HUMAN, WRONG_USAGE = 0, 1, 2


def export_to(file: Path, db: Path, captures: Path, selection: Selection) -> int:
    """Write captures to a file."""
    for path in (db, captures):
        if not path.exists():
            return _fail(WRONG_USAGE, f"{path} does not exist: name the databases of your nights.")
    try:
        with _opened(db, captures) as store:
            check_selection(store.archive, selection)
            written = export(store, file, selection)
    except (WrongFile, WrongPortal) as error:
        return _fail(WRONG_USAGE, str(error))
    except StorageError as error:
        return _fail(NEEDS_HUMAN, str(error))
    except OSError as error:
        return _fail(WRONG_USAGE, f"{file} cannot be written ({error.strerror}): check its folder and the space there.")
    _tell(say("exported", file=file.name, responses=written.responses, revisits=written.revisits))
    if written.lost:
        _tell(say("unexported", number=written.lost))
    return NEEDS_HUMAN if written.lost else WELL


def import_all(files: Sequence[Path], db: Path, captures: Path, origin: Origin) -> int:
    """Import files one after the other; one that cannot be used does not stop the next."""
    if not origin.vantage.strip():
        return _fail(WRONG_USAGE, "--vantage is empty: name the place where the files were made.")
    try:
        with archive_lock(db, "An import"), _opened(db, captures) as store:
            prepare(store.archive, origin)
            return max([_import(store, file, origin) for file in files])
    except (WrongFile, WrongPortal) as error:
        return _fail(WRONG_USAGE, str(error))
    except (StorageError, ArchiveBusy) as error:
        return _fail(NEEDS_HUMAN, str(error))


def _import(store: CaptureStore, file: Path, origin: Origin) -> int:
    try:
        account = import_file(store, file, origin)
    except OSError as error:
        return _fail(WRONG_USAGE, f"{file} cannot be read ({error.strerror}): check the path and its permissions.")
    except NotWarc:
        said = say("not_warc")
        return _fail(WRONG_USAGE, f"{file}: {said.zh} {said.en}")
    for sentence in account.sentences:
        _tell(sentence)
    return NEEDS_HUMAN if account.troubles else WELL


@contextmanager
def _opened(db: Path, captures: Path) -> Iterator[CaptureStore]:
    with explained(db), closing(open_archive(db)) as archive, closing(CaptureStore(archive, captures)) as store:
        yield store


def _tell(sentence: Sentence) -> None:
    click.echo(f"{sentence.zh} {sentence.en}")


def _fail(status: int, message: str) -> int:
    click.echo(message, err=True)
    return status
