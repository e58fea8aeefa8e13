"""Heads that explain themselves in brackets are the same heads: 上一年项目数量(指2019年事项数)."""

import pytest

from pipelines.editions import editions
from pipelines.reading import read
from tests.layouts.form import Draft, draft
from tests.layouts.formats import as_page

EXPLAINED = {
    "上一年项目数量": "上一年项目数量(指2019年事项数)",
    "本年增/减": "本年增/减(与上一年相比,增用正值、减用负值表示,如-8)",
    "处理决定数量": "处理决定数量（截至年底）",
    "规章": "规章(设区的市、自治州人民政府应提供相关数据)",
}


def trial_form() -> Draft:
    return next(report for seed in range(50) if (report := draft(seed)).edition is editions()["t2019"])


@pytest.mark.parametrize("explained", [(), *((text,) for text in EXPLAINED), tuple(EXPLAINED)], ids="+".join)
def test_a_head_with_an_explanation_in_brackets_is_the_head(explained: tuple[str, ...]):
    report = trial_form()
    for slot in report.labels():
        if slot.text in explained:
            slot.text = EXPLAINED[slot.text]

    reading = read(as_page(report))

    assert (reading.edition, reading.routes.doubtful) == ("t2019", {})
    assert {key: o.raw for key, o in reading.observations.items()} == report.truth
