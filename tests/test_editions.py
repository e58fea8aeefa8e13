"""The editions as data, their synthetic reports, mixtures of two editions, and reports without a table."""

import shutil
from pathlib import Path
from random import Random

import pytest

from pipelines import editions as package
from pipelines.dictionary import load
from pipelines.editions import annexes, editions, forms, prose
from pipelines.editions.synthetic import annex_layout, synthetic
from pipelines.matching import Table
from pipelines.matching.annex_wordings import wordings_of
from pipelines.reading import read
from pipelines.vocabulary import APPLICANTS, metrics
from tests.annexes import failures, page, read_checked
from tests.layouts.form import requests

FOLDER = Path(package.__file__).parent


def cells(*rows):
    return [[(text, 1, 1) for text in row] for row in rows]


def test_a_folder_without_files_has_no_editions(tmp_path):
    assert forms(tmp_path) == {}


def test_the_editions_are_sorted_by_kind_and_newest_first():
    assert list(forms()) == ["t2021", "t2019", "s2014", "free", "l2004"]
    assert (list(editions()), list(annexes()), prose().id) == (["t2021", "t2019"], ["s2014", "l2004"], "free")


def test_every_edition_has_words_and_every_metric_an_edition():
    assert forms().keys() | {"hybrid"} == load().words["edition"].keys()
    assert {edition for metric in metrics().values() for edition in metric.editions} <= forms().keys()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("metric: s14_trainees", "metric: s14_guests", "does not give s14_guests to edition s2014; add it there"),
        ("{metric: s14_trainees, label: (三)接受培训人员数, unit: 人次}", "", "add the rows here"),
        ("label: (三)接受培训人员数, unit: 人次", "label: (三)接受培训人员数, unit: 件", "is not that of metrics.csv"),
        ("[s14_closed_on_time, s14_closed_extended]", "[s14_closed_at_last]", "no row is called s14_closed_at_last"),
        ("layout: annex", "layout: poem", "s2014.yaml"),
    ],
)
def test_an_edition_that_does_not_hold_together_is_refused_by_name(tmp_path, old, new, message):
    text = (FOLDER / "s2014.yaml").read_text(encoding="utf-8")
    assert old in text
    changed = "\n".join(line for line in text.replace(old, new).splitlines() if line.strip() != "-")
    (tmp_path / "s2014.yaml").write_text(changed, encoding="utf-8")

    with pytest.raises(ValueError, match=r"s2014\.yaml") as error:
        forms(tmp_path)

    assert message in str(error.value)


def test_adding_an_edition_adds_a_file(tmp_path):
    shutil.copy(FOLDER / "free.yaml", tmp_path / "letters.yaml")
    text = (tmp_path / "letters.yaml").read_text(encoding="utf-8").replace("id: free", "id: letters")
    (tmp_path / "letters.yaml").write_text(text, encoding="utf-8")

    assert list(forms(tmp_path)) == ["letters"]


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
def test_no_label_means_two_rows_of_one_chapter(edition):
    for text, places in wordings_of(edition).items():
        assert len({place.chapter for place in places}) == len(places), text


@pytest.mark.parametrize("edition", ["t2021", "t2019", "s2014", "l2004"])
def test_a_synthetic_report_has_every_figure_of_its_edition_and_repeats_from_its_seed(edition):
    figures = synthetic(edition, Random(7))

    asked = {metric for metric, _ in figures}
    assert asked == set(forms()[edition].metric_names) - forms()[edition].borrowed
    assert figures == synthetic(edition, Random(7))
    assert figures != synthetic(edition, Random(8))


def test_a_synthetic_report_of_the_three_tables_adds_up():
    figures = {key: value for key, value in synthetic("t2021", Random(7)).items() if key[1] is not None}

    for who in APPLICANTS:
        column = {metric: int(value) for (metric, applicant), value in figures.items() if applicant == who}
        frame = [column.pop(f"requests_{name}") for name in ("received", "carried_in", "handled", "carried_out")]
        assert frame[0] + frame[1] == frame[2] + frame[3]
        assert sum(column.values()) == frame[2]


def test_only_an_annex_is_laid_out_as_one():
    with pytest.raises(ValueError, match="edition t2021 has no annex"):
        annex_layout("t2021", {})


T2019_BLOCK = cells(
    ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    ("行政许可", "22", "+1", "23"),
    ("其他对外管理服务事项", "1168", "+173", "1341"),
)
T2021_BLOCK = cells(("信息内容", "本年处理决定数量"), ("行政处罚", "5"), ("行政强制", "6"))


def test_a_table_that_mixes_two_editions_gives_every_printed_row_its_metric():
    reading = read_checked(page([*T2019_BLOCK, *T2021_BLOCK]))

    printed = {m: o.raw for (m, who), o in reading.observations.items() if who is None and o.raw}
    assert reading.edition == "hybrid"
    assert printed == {
        "licensing_items_last_year": "22",
        "licensing_items_change": "+1",
        "licensing_decisions": "23",
        "other_service_items_last_year": "1168",
        "other_service_items_change": "+173",
        "other_service_decisions": "1341",
        "penalty_decisions": "5",
        "coercion_decisions": "6",
    }
    assert reading.marker_hits[Table.DISCLOSURE] == {"t2021": 1, "t2019": 2}


def test_a_row_of_the_older_edition_under_heads_of_the_newer_keeps_its_metric():
    table = [*T2021_BLOCK, *cells(("其他对外管理服务事项", "9"))]

    reading = read_checked(page(table))

    assert reading.observations["other_service_decisions", None].raw == "9"


def prose_report(year: int, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><body><h1>某镇{year}年政府信息公开年度报告</h1>{body}</body></html>".encode()


WORDS = (
    "根据《政府信息公开条例》编制本报告。",
    "全年共主动公开政府信息568条。",
    "本年度未收到依申请公开的申请。",
    "没有行政复议和行政诉讼。",
)


def test_a_report_in_words_alone_is_a_report_without_figures():
    reading = read_checked(prose_report(2012, *WORDS))

    assert (reading.refusal, reading.unreadable) == (None, None)
    assert (reading.edition, reading.status, reading.observations) == ("free", "read", {})
    assert reading.identity.report_year == 2012
    assert failures(reading) == []


def test_the_headings_over_sentences_tell_the_subjects_too():
    told = [
        "一、主动公开情况",
        "公开信息568条。",
        "二、依申请公开情况",
        "我镇2016年度无申请。",
        "三、复议诉讼情况",
        "没有行政复议。",
    ]

    assert read(prose_report(2016, *told)).edition == "free"


def test_a_title_over_other_words_is_no_report():
    refusal = read(prose_report(2012, "主动公开", "依申请公开", "政府信息公开条例", "行政复议", "首页。")).refusal

    assert refusal is not None
    assert refusal.code == "no_tables"


SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理申请情况",
    "四、行政复议、诉讼情况",
    "五、存在的主要问题",
)


def test_since_2019_words_must_stand_where_the_tables_should():
    told = [line for heading in SECTIONS for line in (heading, "本年度没有。")]

    assert read(prose_report(2022, *told)).edition == "free"


def test_since_2019_empty_sections_mean_tables_that_are_not_text():
    reading = read(prose_report(2022, *SECTIONS))

    assert reading.unreadable is not None
    assert reading.unreadable.code == "no_text_table"


def test_an_annex_beside_the_three_tables_is_read_too():
    figures = synthetic("s2014", Random(2))

    reading = read_checked(page([*T2019_BLOCK], annex_layout("s2014", figures)))

    assert reading.edition == "t2019"
    assert {k: o.raw for k, o in reading.observations.items() if metrics()[k[0]].form_table == "annex"} == figures
    assert set(reading.marker_hits) == {Table.DISCLOSURE, Table.ANNEX}


@pytest.mark.parametrize("subtotal", [True, False])
def test_a_row_above_its_own_three_hides_none_of_them(subtotal):
    figures = synthetic("t2021", Random(5))
    parts = ("closed_not_corrected", "closed_fee_unpaid", "closed_other")
    sums = {who: str(sum(int(figures[part, who]) for part in parts)) if subtotal else "" for who in APPLICANTS}
    table = [
        [(slot.text, slot.rowspan, slot.colspan) for slot in row] for row in requests(editions()["t2021"], figures)
    ]
    group = next(row for row in table if row[0][0] == "三、本年度办理结果")
    group[0] = (group[0][0], group[0][1] + 1, 1)
    at = next(i for i, row in enumerate(table) if row[0][0] == "(六)其他处理")
    table.insert(at, [("(六)其他处理", 1, 2), *((sums[who], 1, 1) for who in APPLICANTS)])

    reading = read_checked(page(table))

    read_parts = {key: o.raw for key, o in reading.observations.items() if key[0] in parts}
    assert read_parts == {key: value for key, value in figures.items() if key[0] in parts}
    assert reading.observations["closed_otherwise", "total"].raw == sums["total"]
    assert [rule for rule, _ in failures(reading) if rule.startswith("T3")] == []
