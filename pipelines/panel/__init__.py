"""The rules that need other reports: they run over the database when a night ends.

Each yields results for reports; together they replace what the panel found before, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlite_utils import Database

from pipelines.panel.chains import follow_on
from pipelines.panel.dates import moved_dates
from pipelines.panel.findings import Found, replace_findings
from pipelines.panel.hierarchy import members_within_the_whole
from pipelines.panel.similarity import no_boilerplate
from pipelines.panel.sketches import refresh_sketches
from pipelines.panel.versions import one_set_of_figures
from pipelines.rules.limits import limits

RULES = frozenset({"T2-01", "T2-04", "T2-10", "T3-XY", "T4-LOAD", "VER-01", "DUP-01", "HIER-01"})
"""The rules whose findings are all the panel's; of TIM-01 to TIM-04 it only owns those dated by their address."""

TIMELINESS = frozenset({"TIM-01", "TIM-02", "TIM-03", "TIM-04"})

_CHECKS: tuple[Callable[[Database], Iterator[Found]], ...] = (
    follow_on,
    one_set_of_figures,
    moved_dates,
    no_boilerplate,
)


def judged_by_panel(rule: str, published_source: str | None) -> bool:
    """Whether a stored finding is the panel's, given the source of the report's date of publication."""
    return rule in RULES or (published_source == "url" and rule in TIMELINESS)


def check_panel(db: Database, *, hierarchy: bool | None = None) -> None:
    """Check every report against the others; doing it again changes nothing.

    A report that has nothing to be compared with has no finding of these rules. The sketches of texts are kept as
    they are made, so that a run that was cut off goes on from there; the findings are replaced in one transaction.

    Args:
        db: the archive.
        hierarchy: whether to evaluate HIER-01; by default as ``limits.yaml`` says.
    """
    refresh_sketches(db)
    checks = list(_CHECKS)
    if limits().hierarchy if hierarchy is None else hierarchy:
        checks.append(members_within_the_whole)
    replace_findings(db, RULES, (found for check in checks for found in check(db)))
