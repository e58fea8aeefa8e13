"""``python -m pipelines read``: for programs and for people, many files at once, and files that cannot be read."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from nights import ROOT, wait_until

import pipelines.files
from pipelines.__main__ import main
from pipelines.reading import Reading, read
from samples import expected
from samples.portal import portals
from samples.render import render

PORTAL = portals()[0]
REPORT = expected.reports(PORTAL)[0]
BULLETIN = "<h1>某县2022年国民经济和社会发展统计公报</h1><p>全年"


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


def test_what_is_not_a_report_is_refused_with_a_reason_and_could_be_opened(tmp_path: Path):
    other = tmp_path / "bulletin.html"
    other.write_text(BULLETIN, encoding="utf-8")

    result = run("--json", other)

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["refused"]["reason"] == "look_alike"
    assert (answer["observations"], answer["findings"]) == ([], [])


def test_a_person_sees_the_tables_and_that_they_add_up(page: Path):
    text = run(page).stdout

    assert f"{REPORT.body_name} · {REPORT.report_year} · {REPORT.edition}" in text
    assert "三、收到和处理政府信息公开申请情况" in text
    assert "，0 项不成立。" in text
    assert "\x1b" not in text


def test_many_files_are_answered_in_their_order(tmp_path: Path):
    pages = [path for path in (report.path for report in expected.reports(PORTAL)) if path.endswith("html")] * 3
    files = []
    for number, path in enumerate(pages):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(render(PORTAL)[path].body)

    result = run("--json", *files)

    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [str(file) for file in files]
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_that_cannot_be_opened_is_named_and_the_others_are_read(page: Path, tmp_path: Path):
    result = run("--json", tmp_path / "missing.html", page)

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    assert "missing.html: cannot be opened (No such file or directory)" in result.stderr


def test_a_folder_is_one_clear_sentence(tmp_path: Path):
    result = run(tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path} is a folder: name the files in it, for instance {tmp_path}/*.\n"


def test_a_file_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipelines.files, "LARGEST", 1 << 20)

    result = run("/dev/zero")

    assert result.exit_code == 2
    assert result.stderr == "/dev/zero has more than 1 MB and cannot be a report: name another file.\n"


def test_a_file_that_kills_our_reader_is_reported_and_the_others_are_read(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fatal, broken = tmp_path / "fatal.html", tmp_path / "broken.html"
    fatal.write_bytes(b"fatal")
    broken.write_bytes(b"broken")

    def fragile(data: bytes) -> Reading:
        if data == b"fatal":
            os._exit(9)
        if data == b"broken":
            raise RuntimeError("a mistake of ours")
        return read(data)

    monkeypatch.setattr(pipelines.files, "read", fragile)

    result = run("--json", page, fatal, broken, page)

    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [str(page)] * 2
    assert result.stderr.splitlines() == [
        f"{fatal}: our reader failed on it (the process that read it died); please send us the file.",
        f"{broken}: our reader failed on it (RuntimeError: a mistake of ours); please send us the file.",
    ]
    assert result.exit_code == 1


def test_ctrl_c_ends_it_at_once_and_without_a_traceback(tmp_path: Path):
    pipes = [tmp_path / name for name in ("a", "b")]
    for pipe in pipes:
        os.mkfifo(pipe)
    command = [sys.executable, "-m", "pipelines", "read", *map(str, pipes)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    wait_until(lambda: len(workers(process.pid)) == 2, "both workers were waiting for their files")

    os.killpg(process.pid, signal.SIGINT)

    assert process.communicate(timeout=20) == (None, "")
    assert process.returncode == 130


def test_workers_end_with_the_command_that_was_killed(tmp_path: Path):
    pipes = [tmp_path / name for name in ("a", "b")]
    for pipe in pipes:
        os.mkfifo(pipe)
    process = subprocess.Popen([sys.executable, "-m", "pipelines", "read", *map(str, pipes)], cwd=ROOT)
    wait_until(lambda: len(workers(process.pid)) == 2, "both workers were waiting for their files")
    left = workers(process.pid)

    process.kill()
    process.wait()

    wait_until(lambda: not any(Path(f"/proc/{pid}/fd/0").exists() for pid in left), "the workers were gone")


def workers(pid: int) -> list[int]:
    """The children of a process that have set up their own handling of its death, a thread of theirs."""
    found = []
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            if len(list(Path(f"/proc/{child}/task").iterdir())) > 1:
                found.append(int(child))
    return found


def on_a_terminal(command: Sequence[str], **environment: str) -> str:
    """What a command writes to a terminal that is its standard output and error."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=theirs, stderr=theirs, env=clean | {"TERM": "xterm"} | environment
    )
    os.close(theirs)
    said = b""
    with suppress(OSError):  # the end of a terminal is an error on Linux
        while part := os.read(ours, 1 << 16):
            said += part
    os.close(ours)
    assert process.wait(timeout=20) == 0
    return said.decode()


def test_a_terminal_gets_colour_and_progress(page: Path):
    said = on_a_terminal([sys.executable, "-m", "pipelines", "read", str(page), str(page)])

    assert "\x1b[1m" in said
    assert "读取文件 Reading files 1/2" in said


def test_a_terminal_that_wants_no_colour_gets_none(page: Path):
    said = on_a_terminal([sys.executable, "-m", "pipelines", "read", str(page)], NO_COLOR="1")

    assert f"{REPORT.body_name} · {REPORT.report_year}" in said
    assert "\x1b" not in said
