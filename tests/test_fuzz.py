"""The fuzzing itself: a few documents of every reader with a fixed seed, and that it sees each kind of fault."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fuzz import culprit as culprits
from fuzz import judge as judging
from fuzz.__main__ import main
from fuzz.culprit import culprit
from fuzz.judge import judge
from fuzz.readers import READERS, Mutant, mutant
from fuzz.run import fuzz
from pipelines.readers import Kind
from tests.binary_formats import as_xlsx
from tests.layouts.form import draft
from tests.layouts.formats import as_page

DOCUMENTS = {"html": 60, "text": 60, "mhtml": 30, "pdf": 8, "zip": 8, "doc": 4, "rtf": 4}
REPORT = draft(1)


def raising(error: BaseException):
    def read(data: bytes, *_: object) -> None:
        raise error

    return read


@pytest.mark.parametrize("reader", READERS)
def test_a_few_damaged_documents_of_every_reader_show_no_fault(reader: str):
    documents = DOCUMENTS.get(reader, 20)

    summary = fuzz(reader, 60, seed=0, at_most=documents)

    assert (summary.documents, summary.faults) == (documents, [])


def test_no_documents_make_an_empty_summary():
    summary = fuzz("html", 60, seed=0, at_most=0)

    assert list(summary.lines()) == [
        "html: 0 documents in 0 s (0.0/s), slowest 0.0 s (no. 0), 0 faults, seed 0",
        "  ",
    ]


def test_a_document_follows_from_reader_seed_and_number():
    assert mutant("html", 1, 7) == mutant("html", 1, 7)
    assert mutant("html", 1, 7) != mutant("html", 2, 7)


def test_a_figure_that_differs_from_the_printed_one_in_silence_is_a_fault():
    truth = {**REPORT.truth, ("requests_received", "total"): "9999"}

    assert judge(Mutant(as_page(REPORT), REPORT.truth)).faults == ()
    [fault] = judge(Mutant(as_page(REPORT), truth)).faults
    assert fault.startswith("('requests_received', 'total'): printed '9999', read ")


def test_a_reader_that_raises_is_a_fault_and_its_document_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "read", raising(KeyError("x")))

    summary = fuzz("html", 60, seed=0, keep=tmp_path, at_most=1)

    assert summary.faults == [(0, "raised KeyError: 'x'")]
    assert (tmp_path / "html-0-0").read_bytes() == mutant("html", 0, 0).data


def test_a_reading_without_an_end_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    def read(data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(judging, "read", read)

    assert judge(Mutant(b"x", None), slowest=0.1).outcome == "hanging"


def test_two_readings_that_differ_are_a_fault(monkeypatch: pytest.MonkeyPatch):
    answers = iter([as_page(REPORT), as_page(draft(2))])
    read = judging.read
    monkeypatch.setattr(judging, "read", lambda data: read(next(answers)))

    assert judge(Mutant(b"x", None)).faults == ("read twice, it gave two answers",)


def test_an_error_of_our_own_behind_damage_is_found_and_one_of_a_library_is_not(monkeypatch: pytest.MonkeyPatch):
    broken = as_xlsx(REPORT).replace(b"PK\x05\x06", b"PK\x05\x07")

    assert culprit(broken) is None
    monkeypatch.setattr(culprits, "_READERS", {Kind.XLSX: ("pipelines.dates", "parse_date")})
    monkeypatch.setattr("pipelines.dates.parse_date", raising(IndexError("x")), raising=False)
    monkeypatch.setattr(culprits, "_OURS", str(Path(__file__).parent))
    assert (culprit(as_xlsx(REPORT)) or "").endswith("IndexError: x")


def test_the_command_judges_one_document_again():
    result = CliRunner().invoke(main, ["text", "--only", "3"])

    assert result.exit_code == 0
    assert result.output.startswith("text 3: Verdict(outcome=")
