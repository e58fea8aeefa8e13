"""Bad documents: each gives a reason in two languages within its bounds, and the next document is read as before."""

import io
import os
import random
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pdfminer.pdfinterp import PDFPageInterpreter
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers import Kind, Reason, Unreadable, office
from pipelines.readers.confined import MEMORY_LIMIT, TIME_LIMIT, read_confined
from pipelines.readers.kinds import is_locked_office_file
from pipelines.readers.package import MAX_MEMBER
from pipelines.readers.pdf import read_pdf
from pipelines.readers.word import read_docx
from pipelines.reading import read
from pipelines.reasons import why_unreadable
from tests.binary_formats import as_docx, as_pdf, as_xlsx, as_zip, by_office, saved
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_markdown_text, as_page, as_piped_text

REPORT = draft(1)
NO_PRINTING = (
    '{"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"x"},'
    '"Printing":{"type":"long","value":"0"}}'
)


def code_of(data: bytes) -> str:
    """The code of the reason; the test fails when reading took longer than it may."""
    started = monotonic()
    reading = read(data)
    assert monotonic() - started < TIME_LIMIT + 2
    sentence = reading.refusal or reading.unreadable
    return sentence.code if sentence else "read"


def test_an_empty_document_of_each_kind_gives_a_reason():
    assert [code_of(start) for start in (b"", b" \n", b"%PDF-", b"PK\x05\x06" + bytes(18), b"{\\rtf1}")] == [
        "empty",
        "empty",
        "damaged",
        "nothing_inside",
        "no_tables",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_both_languages(reason: Reason):
    sentence = why_unreadable(Unreadable(Kind.PDF, reason))

    assert sentence.code == reason
    assert re.search("[\u4e00-\u9fff]", sentence.zh)
    assert sentence.en.isascii()


@pytest.mark.parametrize("render", [as_pdf, as_docx, as_xlsx], ids=lambda render: render.__name__)
@pytest.mark.parametrize("part", [0.02, 0.5, 0.95])
def test_a_document_cut_short_is_damaged_or_read_in_part_and_never_an_error(render, part):
    data = render(REPORT)

    reading = read(data[: int(len(data) * part)])

    assert (
        reading.refusal
        or reading.unreadable
        or {o.raw for o in reading.observations.values()}
        <= {
            "",
            *REPORT.truth.values(),
        }
    )


def test_binary_garbage_of_any_kind_gives_a_reason():
    garbage = random.Random(3).randbytes(20_000)

    codes = [
        code_of(start + garbage) for start in (b"\x00", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n", b"Rar!\x1a\x07")
    ]

    assert codes == ["binary", "damaged", "damaged", "no_reader", "no_reader"]


def test_a_pdf_under_a_password_says_so_and_one_that_only_forbids_printing_is_read():
    no_printing = by_office([as_docx(REPORT)], f"pdf:writer_pdf_Export:{NO_PRINTING}")[0]

    assert b"/Encrypt" in no_printing
    assert code_of(as_pdf(REPORT, encrypt="secret")) == "encrypted"
    assert code_of(no_printing) == "read"


def test_a_locked_word_file_says_so():
    [doc] = by_office([as_docx(REPORT)], "doc")
    start = doc.index(b"\xec\xa5", 512)
    locked = bytearray(doc)
    locked[start + 11] |= 1

    assert not is_locked_office_file(doc)
    assert code_of(bytes(locked)) == "encrypted"


def test_a_locked_package_says_so():
    data = bytearray(as_zip(("a.html", as_page(REPORT))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1

    assert code_of(bytes(data)) == "encrypted"


def test_a_scan_has_no_text_layer_and_says_so():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(50, 50, 500, 700, fill=1)
    canvas.save()

    assert code_of(out.getvalue()) == "scan"


def test_a_pdf_longer_than_any_report_is_not_read():
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(250):
        canvas.showPage()
    canvas.save()

    assert code_of(out.getvalue()) == "too_large"


def zeros(name: str, size: int, *members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for member, data in members:
            archive.writestr(member, data)
        with archive.open(name, "w", force_zip64=True) as opened:
            for _ in range(size >> 20):
                opened.write(bytes(1 << 20))
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked():
    assert code_of(zeros("年报.doc", 200 << 20)) == "too_large"


def test_a_word_file_that_unpacks_to_more_than_the_memory_allowed_is_not_read():
    with zipfile.ZipFile(io.BytesIO(as_docx(REPORT))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist() if name != "word/document.xml"]

    assert code_of(zeros("word/document.xml", MEMORY_LIMIT, *members)) == "too_large"
    assert code_of(as_docx(REPORT)) == "read"


def test_a_word_file_of_one_monstrous_part_is_too_large_and_not_damaged():
    monster = b"<w:p/>" * (MAX_MEMBER // 6 + 1)

    assert code_of(as_zip(("word/document.xml", monster))) == "too_large"


def test_a_pdf_page_that_needs_more_than_the_memory_allowed_is_no_damage(monkeypatch: pytest.MonkeyPatch):
    def out_of_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(PDFPageInterpreter, "process_page", out_of_memory)

    with pytest.raises(MemoryError):  # which the confined process calls too large
        read_pdf(as_pdf(REPORT))


def test_a_word_file_with_entities_that_multiply_gives_a_reason():
    entities = '<!DOCTYPE d [<!ENTITY a0 "1">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(io.BytesIO(as_docx(REPORT))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    bomb = [
        (name, data.replace(b"<w:document", f"{entities}]><w:document".encode(), 1).replace(b"<w:t>", b"<w:t>&a9;", 1))
        if name == "word/document.xml"
        else (name, data)
        for name, data in members
    ]

    assert code_of(as_zip(*bomb)) in {"damaged", "too_large", "read"}
    assert code_of(as_docx(REPORT)) == "read"


def test_a_word_file_whose_main_part_is_another_part_is_damaged():
    with zipfile.ZipFile(io.BytesIO(as_docx(REPORT))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    for other in ("word/styles.xml", "docProps/core.xml"):
        exchanged = as_zip(*(members | {"word/document.xml": members[other]}).items())

        with pytest.raises(Unreadable) as error:
            read_docx(exchanged)
        assert (error.value.reason, code_of(exchanged)) == (Reason.DAMAGED, "damaged")


def test_a_word_cell_with_a_span_that_is_no_number_is_one_cell_wide():
    document = docx.Document()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "规章", "1"
    cells[0]._tc.get_or_add_tcPr().append(span := OxmlElement("w:gridSpan"))

    for width in ("x", "", "2.5", "٣x", "9" * 5000):
        span.set(qn("w:val"), width)

        [grid] = read_docx(saved(document)).grids()
        assert [cell.text for cell in grid.own(0)] == ["规章", "1"]


def test_a_misprinted_label_below_six_is_not_taken_for_six_itself():
    report = draft(1)
    assert report.edition.id == "t2021"
    for slot in report.slots():
        if slot.text.startswith("1.申请人无正当理由逾期不补正"):
            slot.text += "★"

    for render in (as_page, as_piped_text, as_markdown_text):
        reading = read(render(report))

        assert {key: o.raw for key, o in reading.observations.items()} == report.truth


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_document_is_read():
    with pytest.raises(Unreadable) as error:
        read_confined(Kind.PDF, as_pdf(REPORT), time_limit=0.0)

    assert error.value.reason is Reason.TOO_SLOW
    assert code_of(as_pdf(REPORT)) == "read"


def test_a_converter_that_hangs_is_stopped_with_all_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    hanging = tmp_path / "soffice"
    hanging.write_text(f"#!/bin/sh\nsleep 600 &\necho $! >{tmp_path}/child\nwait\n")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "TIME_LIMIT", 0.5)

    assert code_of(b"{\\rtf1 x}") == "too_slow"
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    assert not child.exists() or child.read_text().split()[2] == "Z"


def test_without_libreoffice_the_reason_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")

    reading = read(b"{\\rtf1 x}")

    assert reading.unreadable is not None
    assert "apt-get install libreoffice-writer-nogui" in reading.unreadable.zh
    assert "apt-get install libreoffice-writer-nogui" in reading.unreadable.en


def test_a_document_that_spoils_its_call_of_the_converter_leaves_the_others():
    [rtf] = by_office([as_docx(REPORT)], "rtf")

    bad, good = office.convert([(Kind.DOC, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)), (Kind.RTF, rtf)])

    assert isinstance(bad, Unreadable)
    assert isinstance(good, bytes)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize("render", [as_page, as_piped_text], ids=lambda render: render.__name__)
def test_a_report_in_any_encoding_gives_its_figures(render: Callable[[Draft], bytes], encoding: str):
    data = render(REPORT).decode().encode(encoding)

    assert {key: o.raw for key, o in read(data).observations.items()} == REPORT.truth


def test_a_garbled_page_is_restored_when_no_character_was_lost_and_refused_otherwise():
    page = as_page(draft(2)).decode()
    garbled = page.encode().decode("gb18030", errors="replace")
    doubly = page.encode().decode("latin-1").encode()

    assert code_of(garbled.encode()) == "mojibake"
    assert {key: o.raw for key, o in read(doubly).observations.items()} == draft(2).truth


def test_tables_that_are_pictures_are_kept_with_their_addresses():
    page = (
        "<h1>甲县2023年政府信息公开工作年度报告</h1><img src=logo.png>"
        "<p>一、总体情况</p><p>正文</p><p>二、主动公开政府信息情况</p><img src=W020240101.jpg>"
        "<p>三、收到和处理政府信息公开申请情况</p><p><img src='data:image/png;base64,AAAA'></p>"
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><img src=W020240102.jpg>"
        "<p>五、存在的主要问题及改进情况</p><p>正文</p><p>六、其他需要报告的事项</p><p>无</p><img src=qr.png>"
    )

    reading = read(page.encode())

    assert reading.unreadable is not None
    assert reading.unreadable.code == "pictures"
    assert "W020240101.jpg data:image/png;base64 W020240102.jpg" in reading.unreadable.zh
    assert "logo" not in reading.unreadable.en
    assert "qr" not in reading.unreadable.en


def test_a_figure_that_is_a_picture_is_not_taken_for_a_blank():
    page = as_page(REPORT).decode()
    first = re.search(r"<td[^>]*>\d+</td>", page)
    assert first is not None

    reading = read(page.replace(first[0], re.sub(r"\d+(?=</td>)", "<img src=5.gif>", first[0]), 1).encode())

    assert [o.status for o in reading.observations.values() if o.raw == "[图]"] == ["text"]
