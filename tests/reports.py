"""Reports made cell by cell for the tests of the rules, without any document."""

from collections.abc import Mapping

from pipelines.document import Cell
from pipelines.editions import editions
from pipelines.identity import Identity, Provenance
from pipelines.matching import Key, Table, TableMatch
from pipelines.narrative import narrate
from pipelines.reading import Finding, Observation, Reading
from pipelines.rules import check
from pipelines.sections import Section
from pipelines.tokens import read_token
from pipelines.vocabulary import APPLICANTS, metrics

STATUTORY = (Table.DISCLOSURE, Table.REQUESTS, Table.DISPUTES)
YEAR_2022 = Identity("某区2022年政府信息公开工作年度报告", "某区", {"period": 2022, "title": 2022}, {}, None, "unknown")
HEADINGS = ("", "总体情况", "主动公开政府信息情况", "收到和处理申请情况", "复议、诉讼情况", "主要问题", "其他事项")


def report(
    printed: Mapping[Key, str] | None = None,
    identity: Identity = YEAR_2022,
    edition: str = "t2021",
    prose: Mapping[int, str] | None = None,
) -> Reading:
    """A report that prints ``printed``, 0 everywhere else, and ``prose`` in its sections; without prose it has none."""
    form = editions()[edition]
    keys: list[Key] = [(metric, None) for metric in form.disclosure_metrics]
    keys += [(metric, applicant) for metric in form.request_rows for applicant in APPLICANTS]
    keys += [(metric, None) for metric in form.dispute_metrics]
    reading = Reading(Provenance(), identity, edition, matches={table: TableMatch(edition) for table in STATUTORY})
    for key in keys:
        reading.matches[_table_of(key)].cells[key] = Cell("", 0, 0)
        text = (printed or {}).get(key, "0")
        token = read_token(text, metrics()[key[0]].kind)
        reading.observations[key] = Observation(*key, text, token.status, token.value, token.unit)
    if prose is not None:
        reading.sections = [Section(n, title, prose.get(n, "").split("\n")) for n, title in enumerate(HEADINGS)]
        reading.narrative, reading.doubted = narrate(reading.sections, identity.report_year)
    return reading


def disclosed(edition: str = "t2021", **figures: str) -> Reading:
    """A report that prints these figures in form table 2, and 0 everywhere else."""
    return report({(metric, None): text for metric, text in figures.items()}, edition=edition)


def _table_of(key: Key) -> Table:
    return {"2": Table.DISCLOSURE, "3": Table.REQUESTS, "4": Table.DISPUTES}[metrics()[key[0]].form_table]


def totals(**figures: str) -> dict[Key, str]:
    """Rows of form table 3 in which natural persons alone asked."""
    return {(metric, who): text for metric, text in figures.items() for who in ("natural_person", "total")}


def findings(reading: Reading, rule: str) -> list[Finding]:
    """Check a report and give what one rule found."""
    check(reading)
    return [finding for finding in reading.findings if finding.rule == rule]


def outcomes(reading: Reading, rule: str) -> dict[str, str]:
    """Check a report and give the outcomes of one rule by subject."""
    return {finding.subject: finding.outcome for finding in findings(reading, rule)}
