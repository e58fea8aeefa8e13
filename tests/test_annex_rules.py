"""The sums and relations of the annex: each is checked, and each contradiction told."""

import pytest

from pipelines.dictionary import load
from pipelines.editions.synthetic import annex_layout
from pipelines.tokens import Status
from tests import annexes
from tests.annexes import failures, figures, page, read_checked, replaced, rows

SUMS = [(edition, each) for edition in ("s2014", "l2004") for each in annexes.form(edition).sums]


@pytest.mark.parametrize(("edition", "each"), SUMS, ids=lambda value: getattr(value, "total", value))
def test_every_sum_of_the_annex_is_checked(edition, each):
    printed = figures(edition)
    total = printed[each.total, None]
    wrong = {**printed, (each.total, None): str(int(float(total)) + 1)}

    reading = read_checked(page(annex_layout(edition, wrong)))

    assert (each.rule, each.total) in failures(reading)
    assert {f.fault for f in reading.findings if f.outcome == "fail" and f.severity == "hard"} == {"publisher"}
    assert reading.status == "read"


@pytest.mark.parametrize("order", annexes.form().orders, ids=lambda order: f"{order.rule}-{order.left[0]}")
def test_every_relation_of_the_annex_is_checked(order):
    wrong = {**figures(), (order.left[0], None): "99999999"}

    reading = read_checked(page(annex_layout("s2014", wrong)))

    assert (order.rule, order.left[0]) in failures(reading)


def test_a_blank_part_is_proven_zero_by_its_sum():
    printed = {**figures(), ("s14_requests_received", None): "5", ("s14_requests_in_person", None): "5"}
    printed |= {(f"s14_requests_{way}", None): "" for way in ("by_fax", "online", "by_mail")}

    fax = read_checked(page(annex_layout("s2014", printed))).observations["s14_requests_by_fax", None]

    assert (fax.value, fax.status, fax.proven) == (None, Status.INFERRED_ZERO, 0)


def test_a_local_table_is_asked_only_for_what_it_prints():
    table = replaced(rows("l2004"), "提供服务类信息数", None)

    reading = read_checked(page(table))

    assert ("l04_service_items", None) not in reading.observations
    assert failures(reading) == []


def test_nothing_is_said_of_the_sums_of_a_local_table_with_rows_we_do_not_know():
    label = "2.传真申请数"
    table = replaced(rows("l2004"), label, [("2.短信申请数", 1, 1), ("条", 1, 1), ("12", 1, 1)])

    assert failures(read_checked(page(table))) == [("ANX-01", "annex")]


@pytest.mark.parametrize("edition", ["s2014", "l2004"])
def test_every_rule_described_for_an_annex_reports(edition):
    described = {name for name, rule in load().rules.items() if edition in rule.editions}

    reported = {finding.rule for finding in read_checked(page(rows(edition))).findings}

    ours = ("S14-", "L04-", "ANX-", "SHP-01", "SHP-02", "SHP-03")
    assert {name for name in described if name.startswith(ours)} <= reported
