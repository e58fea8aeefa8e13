"""``python -m pipelines read``: for programs and for people, and what it says of files it cannot open."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.__main__ import main
from samples import expected
from samples.portal import portals
from samples.render import render

PORTAL = portals()[0]
REPORT = expected.reports(PORTAL)[0]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_bytes(render(PORTAL)[REPORT.path].body)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)])


def test_no_file_is_wrong_usage():
    assert run().exit_code == 2


def test_json_has_one_object_a_line_with_the_fixed_keys(page: Path):
    result = run("--json", page, page)

    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert first == second
    assert (first["file"], first["report_year"], first["edition"]) == (str(page), REPORT.report_year, REPORT.edition)
    assert {(o["metric"], o["applicant"]): o["value"] for o in first["observations"]} == REPORT.values
    assert set(first["observations"][0]) >= {"metric", "applicant", "value", "raw", "status"}
    assert set(first["findings"][0]) >= {"rule", "outcome", "severity", "subject", "expected", "actual", "message"}
    assert (first["refused"], first["unreadable"]) == (None, None)


def test_a_person_sees_whose_report_it_is_and_that_it_adds_up(page: Path):
    text = run(page).stdout

    assert f"{REPORT.body_name} · {REPORT.report_year} · {REPORT.edition}" in text
    assert "No contradiction was found." in text


def test_what_is_not_a_report_is_refused_with_a_reason_and_could_be_opened(tmp_path: Path):
    other = tmp_path / "bulletin.html"
    other.write_text("<h1>某县2022年国民经济和社会发展统计公报</h1><p>全年</p>", encoding="utf-8")

    result = run("--json", other)

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["refused"]["reason"] == "look_alike"
    assert (answer["observations"], answer["findings"]) == ([], [])


def test_a_file_that_cannot_be_opened_is_named_and_the_others_are_read(page: Path, tmp_path: Path):
    result = run("--json", tmp_path / "missing.html", page)

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    assert "missing.html: cannot be opened (No such file or directory)" in result.stderr
