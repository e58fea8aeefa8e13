"""The valid reports that mutations start from, in each format, with the figures they print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from random import Random

from tests.binary_formats import as_docx, as_pdf, as_xlsx, as_zip, by_office
from tests.layouts.form import Draft, Key, draft
from tests.layouts.formats import as_markdown_text, as_page, as_piped_text
from tests.layouts.habits import HABITS

KEPT = 6  # reports of each slow format, rendered once
_MOST_HABITS = 6
_DRAFTS = 1_000_000


@dataclass(frozen=True)
class Original:
    """A valid document and the text that each of its figures is printed with."""

    data: bytes
    truth: dict[Key, str]


Source = Callable[[Random], Original]


def page(rng: Random) -> Original:
    """A portal's page with some habits of real publishers."""
    report = with_habits(rng)
    return Original(as_page(report), report.truth)


def text(rng: Random) -> Original:
    """One of the plain text renderings."""
    report = with_habits(rng)
    return Original(rng.choice([as_piped_text, as_markdown_text])(report), report.truth)


def saved_page(rng: Random) -> Original:
    """A page saved as one file, its parts encoded in one of the ways that mail has."""
    report = with_habits(rng)
    report.marks.discard("gb18030")
    message = EmailMessage()
    message.set_content("此页面需要支持 MHTML 的程序。")
    transfer = rng.choice(["base64", "quoted-printable", "8bit"])
    message.add_alternative(as_page(report).decode("utf-8-sig"), subtype="html", cte=transfer)
    return Original(_version_first(message.as_bytes()), report.truth)


def package(rng: Random) -> Original:
    """A ZIP with a notice and a report, which is a page, a Word file or a workbook."""
    report = draft(rng.randrange(KEPT))
    render, suffix = rng.choice([(as_page, "html"), (as_docx, "docx"), (as_xlsx, "xlsx")])
    title = f"{report.title}.{suffix}"
    name = title.encode("gb18030") if rng.random() < 0.5 else title
    return Original(as_zip(("说明.txt", "本压缩包含年度报告。".encode()), (name, render(report))), report.truth)


def pdf(rng: Random) -> Original:
    """A PDF with or without rules, cut by the page anywhere."""
    return rng.choice(_pdfs())


def docx(rng: Random) -> Original:
    """A Word file with real merged cells."""
    return rng.choice(_rendered(as_docx))


def xlsx(rng: Random) -> Original:
    """A workbook of one sheet."""
    return rng.choice(_rendered(as_xlsx))


def xls(rng: Random) -> Original:
    """A workbook as LibreOffice saves it for Excel 97."""
    return rng.choice(_by_office("xls", "xlsx"))


def doc(rng: Random) -> Original:
    """A Word 97 file as LibreOffice saves it."""
    return rng.choice(_by_office("doc", "docx"))


def rtf(rng: Random) -> Original:
    """An RTF file as LibreOffice saves it."""
    return rng.choice(_by_office("rtf", "docx"))


def with_habits(rng: Random) -> Draft:
    """A draft printed with up to six habits of real publishers."""
    report = draft(rng.randrange(_DRAFTS))
    habits = rng.sample(sorted(HABITS), rng.randint(0, _MOST_HABITS))
    for name in sorted(habits, key=list(HABITS).index):
        HABITS[name](report)
    return report


def _version_first(message: bytes) -> bytes:
    return b"MIME-Version: 1.0\r\n" + message.replace(b"MIME-Version: 1.0\n", b"", 1)


@cache
def _rendered(render: Callable[[Draft], bytes]) -> list[Original]:
    reports = [draft(seed) for seed in range(KEPT)]
    return [Original(render(report), report.truth) for report in reports]


@cache
def _pdfs() -> list[Original]:
    reports = [draft(seed) for seed in range(KEPT)]
    return [
        Original(as_pdf(report, push_down=90.0 * number, ruled=number % 3 > 0), report.truth)
        for number, report in enumerate(reports)
    ]


@cache
def _by_office(suffix: str, source: str) -> list[Original]:
    rendered = _rendered({"docx": as_docx, "xlsx": as_xlsx}[source])
    saved = by_office([original.data for original in rendered], suffix, source=source)
    return [Original(data, original.truth) for data, original in zip(saved, rendered, strict=True)]
