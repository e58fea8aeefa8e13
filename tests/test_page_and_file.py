"""A report given as a page and as a file beside it is one report, and what the two print is compared."""

from copy import deepcopy
from pathlib import Path

import pytest
from nights import COLUMN, Answer, Office, list_page, office, small_portal

from tests.binary_formats import as_docx
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_page

REPORT = "/zfxxgknb/202401/t20240130_100001.html"
FILE = "/zfxxgknb/202401/P020240130401288122870.docx"
TITLE = "宁河区民政局2023年政府信息公开工作年度报告"
WORD = {"Content-Type": "application/octet-stream"}
FIGURE = "requests_received"


def written() -> Draft:
    report = draft(1)
    report.title, report.year = TITLE, 2023
    return report


def misprinted() -> Draft:
    """The same report, in which the file prints another number of requests."""
    report = deepcopy(written())
    for slot in report.values():
        if slot.key == (FIGURE, "total"):
            slot.text = str(int(slot.text) + 1)
    return report


def night_over(folder: Path, label: str, file: Draft) -> Office:
    link = f'<p><a href="{FILE.rpartition("/")[2]}">{label}</a></p></body>'
    page = as_page(written()).decode().replace("</body>", link)
    pages = {"/": COLUMN, "/zfxxgknb/": list_page((REPORT, TITLE)), REPORT: page}
    pages[FILE] = Answer(as_docx(file), headers=WORD)
    with small_portal(pages) as portal:
        one = office(folder, ("120117", portal.home_url))
        done = one.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return one


def sources(one: Office) -> list[tuple[str, str]]:
    rows = one.rows("SELECT url, role FROM report_source ORDER BY role")
    return [(url.rpartition(".")[2], role) for url, role in rows]


@pytest.mark.parametrize("label", [TITLE, "附件下载", "年度报告.docx"])
def test_the_same_figures_are_one_report_with_two_sources(tmp_path: Path, label: str):
    one = night_over(tmp_path, label, written())

    assert one.rows("SELECT title, report_year FROM report") == [(TITLE, 2023)]
    assert sources(one) == [("html", "current"), ("docx", "same figures")]
    assert one.rows("SELECT count(*) FROM finding WHERE rule = 'VER-01'") == [(0,)]


def test_other_figures_are_a_finding_and_no_silent_choice(tmp_path: Path):
    one = night_over(tmp_path, "附件下载", misprinted())

    printed = written().truth[FIGURE, "total"]
    assert sources(one) == [("html", "current"), ("docx", "other figures")]
    assert one.rows(f"SELECT total FROM requests WHERE outcome = '{FIGURE}'") == [(int(printed),)]
    [(outcome, told)] = one.rows("SELECT outcome, message_zh FROM finding WHERE rule = 'VER-01'")
    assert (outcome, "另有 1 处来源数字不同" in told) == ("fail", True)


def test_a_file_of_another_subject_is_not_asked_for(tmp_path: Path):
    one = night_over(tmp_path, "行政许可事项清单", written())

    assert sources(one) == [("html", "current")]
    assert one.rows("SELECT count(*) FROM capture WHERE url LIKE '%.docx'") == [(0,)]
