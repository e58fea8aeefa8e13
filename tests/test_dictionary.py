"""The data dictionary: complete against the database, the same in every document, and refused when it does not fit."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.outcomes import IncidentKind, VisitOutcome
from pipelines.dictionary import check_documents, load, refresh, write_documents
from pipelines.dictionary.source import PIPELINES
from pipelines.store import open_archive

OURS = {"section_fts", "_sqlite_migrations"}
ALLOWED = re.compile(r"(\w+) TEXT[^,]*?CHECK \(\1 IN \(([^)]*)\)")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    db = open_archive(tmp_path / "archive.db")
    yield db
    db.close()


def described_tables(db: Database) -> list[str]:
    names = [*db.table_names(), *db.view_names()]
    return [name for name in names if not name.startswith(tuple(OURS))]


def test_every_table_and_column_of_the_database_is_described(archive: Database) -> None:
    described = load()
    undescribed = [
        f"{table}.{column}"
        for table in described_tables(archive)
        for (column,) in archive.execute("SELECT name FROM pragma_table_info(?)", [table])
        if table not in described.tables or described.column(table, column) is None
    ]
    assert undescribed == []


def test_nothing_is_described_that_the_database_lacks(archive: Database) -> None:
    present = {
        f"{table}.{column}"
        for table in described_tables(archive)
        for (column,) in archive.execute("SELECT name FROM pragma_table_info(?)", [table])
    }
    described = {f"{name}.{column}" for name, table in load().tables.items() for column in table.columns}
    assert described - present == set()
    assert set(load().coded) - present == set()


def test_every_code_the_schema_allows_has_words(archive: Database) -> None:
    dictionary = load()
    without = [
        f"{table.name}.{column}: {code}"
        for table in archive.tables
        for column, codes in ALLOWED.findall(table.schema)
        for code in re.findall(r"'([^']*)'", codes)
        if dictionary.word_in(table.name, column, code) is None
    ]
    assert without == []


def test_every_outcome_of_the_crawl_has_words() -> None:
    words = load().words
    assert set(words["absence_reason"]) == {outcome.value for outcome in VisitOutcome}
    assert set(words["visit_outcome"]) == {outcome.value for outcome in VisitOutcome}
    assert set(words["incident_kind"]) == {kind.value for kind in IncidentKind}


def test_the_documents_say_what_the_dictionary_says() -> None:
    assert check_documents() == [], "stale; run: python -m pipelines dictionary"


def test_stale_documents_are_found_and_written(tmp_path: Path) -> None:
    written = write_documents(tmp_path)
    (tmp_path / "docs" / "database.md").write_text("old", encoding="utf-8")

    assert [str(path) for path in written] == ["docs/database.md", "publish/metadata.yaml"]
    assert [str(path) for path in check_documents(tmp_path)] == ["docs/database.md"]
    assert [str(path) for path in write_documents(tmp_path)] == ["docs/database.md"]
    assert write_documents(tmp_path) == []


def test_refreshing_twice_changes_nothing(archive: Database) -> None:
    before = [list(archive.query(f"SELECT * FROM {table}")) for table in ("metric", "rule")]
    refresh(archive)
    assert [list(archive.query(f"SELECT * FROM {table}")) for table in ("metric", "rule")] == before
    assert archive.table("metric").count == len(load().metrics)


def test_refreshing_brings_changed_words_up_to_date_and_keeps_what_findings_cite(archive: Database) -> None:
    archive["metric"].update("granted", {"label_en": "old words"})
    archive["rule"].insert({**next(archive.query("SELECT * FROM rule LIMIT 1")), "id": "GONE-01"})

    refresh(archive)

    assert archive["metric"].get("granted")["label_en"] == load().metrics["granted"].label_en
    assert archive["rule"].get("GONE-01")["id"] == "GONE-01"


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("schema.yaml", "report: {zh: 年报}", "report: en: Field required"),
        ("schema.yaml", "report: [", "is not readable YAML"),
        ("rules/rules.yaml", "- {id: X-1}", "entry 1: severity: Field required"),
        ("dictionary/vocabulary.yaml", "words: 1", "words: Input should be a valid dictionary"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, file: str, text: str, complaint: str
) -> None:
    for name in ("schema.yaml", "rules/rules.yaml", "dictionary/vocabulary.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PIPELINES / name, tmp_path / name)
    (tmp_path / file).write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=re.escape(complaint)) as refused:
        load(tmp_path)
    assert str(tmp_path / file) in str(refused.value)
