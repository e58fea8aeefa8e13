"""Other word processing files (DOC, WPS, RTF, ODT, Strict Open XML) into DOCX by LibreOffice, several in one call."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.readers.kinds import Kind, Reason, Unreadable, is_locked_office_file

TIME_LIMIT = 12.5  # seconds for the first file of a call, start of the program included
TIME_LIMIT_MORE = 2.0  # seconds for each further one
MEMORY_LIMIT_KIB = 1 << 20  # of address space
_SUFFIXES = {
    Kind.DOC: ".doc",
    Kind.RTF: ".rtf",
    Kind.WORD_XML: ".xml",
    Kind.ODT: ".odt",
    Kind.STRICT_DOCX: ".docx",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def convert(documents: Sequence[tuple[Kind, bytes]], time_limit: float = float("inf")) -> list[bytes | Unreadable]:
    """Each document as DOCX, or why not. One start of LibreOffice serves them all; one that hangs spoils its call.

    Nothing that a document links to is fetched and no macro runs. ``time_limit`` are the seconds there are at most.
    """
    if (soffice := shutil.which("soffice")) is None:
        return [Unreadable(kind, Reason.NO_OFFICE) for kind, _ in documents]
    with TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = Path(name)
        sources = []
        for number, (kind, data) in enumerate(documents):
            if not is_locked_office_file(data):
                sources.append(folder / f"{number}{_SUFFIXES[kind]}")
                sources[-1].write_bytes(data)
        seconds = min(TIME_LIMIT + TIME_LIMIT_MORE * (len(sources) - 1), time_limit)
        finished = _run(soffice, sources, folder, seconds) if sources else True
        return [_result(kind, data, folder / "out" / f"{n}.docx", finished) for n, (kind, data) in enumerate(documents)]


def _result(kind: Kind, data: bytes, converted: Path, finished: bool) -> bytes | Unreadable:
    if converted.is_file():
        return converted.read_bytes()
    if is_locked_office_file(data):
        return Unreadable(kind, Reason.ENCRYPTED)
    return Unreadable(kind, Reason.DAMAGED if finished else Reason.TOO_SLOW)


def _run(soffice: str, sources: Sequence[Path], folder: Path, seconds: float) -> bool:
    """True when LibreOffice ended by itself; else it and all its children are killed."""
    arguments = [soffice, f"-env:UserInstallation={_profile(folder)}", "--headless", "--norestore", "--nolockcheck"]
    target = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")]
    process = subprocess.Popen(
        ["sh", "-c", f'ulimit -v {MEMORY_LIMIT_KIB}; exec "$@"', "sh", *arguments, *target, *map(str, sources)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:  # too slow, or nobody waits for it any more
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return True


def _profile(folder: Path) -> str:
    """The address of a new profile, so that an open LibreOffice of the user is neither asked nor disturbed."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    return (folder / "profile").as_uri()
