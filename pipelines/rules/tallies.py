"""What the running text counts up: outcomes, shares, channels, accounts and fees (NAR-06 to NAR-09, NAR-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.figures import figure
from pipelines.rules.limits import limits
from pipelines.rules.narrated import against, figures_told, told_once, words_of
from pipelines.rules.result import Outcome, Result, Words

OUTCOMES = {
    "nar_granted_or_partly": ("granted", "partly_granted"),
    "nar_granted": ("granted",),
    "nar_partly_granted": ("partly_granted",),
    "nar_refused": ("refused_",),
    "nar_unavailable": ("unavailable_",),
    "nar_declined": ("declined_",),
}
_ACCOUNTS = ("nar_accounts_wechat", "nar_accounts_weibo", "nar_accounts_app", "nar_accounts_other")
_CHANNELS = (
    "nar_channel_online",
    "nar_channel_letter",
    "nar_channel_in_person",
    "nar_channel_fax",
    "nar_channel_email",
)
_WHOLES = ("requests_handled", "requests_received")


def outcomes_as_told(reading: Reading) -> Iterator[Result]:
    """NAR-06: granted, refused, not provided and declined, as told and as the rows of the form add up."""
    told = [metric for metric in OUTCOMES if metric in reading.told]
    for metric in told:
        keys: list[Key] = [(row, who) for row, who in reading.observations if who == "total" and _adds_to(metric, row)]
        yield against(reading, "NAR-06", metric, keys)
    if not told:
        yield Result("NAR-06", "requests", Outcome.NOT_EVALUABLE)


def _adds_to(metric: str, row: str) -> bool:
    return any(row.startswith(part) if part.endswith("_") else row == part for part in OUTCOMES[metric])


def shares_as_told(reading: Reading) -> Iterator[Result]:
    """NAR-07: a share told beside a number is that number divided by the requests handled, or by those received."""
    told = [metric for metric in OUTCOMES if f"{metric}_share" in reading.told]
    if not told:
        yield Result("NAR-07", "requests", Outcome.NOT_EVALUABLE)
        return
    wholes = [sum_.value for row in _WHOLES if (sum_ := figure(reading, row, "total")) is not None and sum_.value]
    for metric in told:
        share, number = told_once(reading, f"{metric}_share"), told_once(reading, metric)
        if share is None or number is None or not wholes:
            yield Result("NAR-07", f"{metric}_share", Outcome.NOT_EVALUABLE)
            continue
        right = min((number / whole * 100 for whole in wholes), key=lambda value: abs(value - share))
        outcome = Outcome.PASS if round(abs(right - share), 6) <= limits().share_tolerance else Outcome.FAIL
        exact = round(number / wholes[0] * 100, 2) if outcome is Outcome.FAIL else round(right, 2)
        yield Result("NAR-07", f"{metric}_share", outcome, exact, share, words_of(reading, metric))


def accounts_add_up(reading: Reading) -> Iterator[Result]:
    """NAR-08: the accounts of each kind add up to all accounts."""
    yield _adds_up(reading, "NAR-08", "nar_accounts_total", _ACCOUNTS)


def channels_add_up(reading: Reading) -> Iterator[Result]:
    """NAR-09: requests by channel add up to those received; one channel alone says nothing of the others."""
    yield _adds_up(reading, "NAR-09", "nar_requests_received", _CHANNELS)


def _adds_up(reading: Reading, rule: str, whole: str, parts: tuple[str, ...]) -> Result:
    told = [value for part in parts if (value := told_once(reading, part)) is not None]
    expected = told_once(reading, whole)
    if len(told) < 2 or expected is None or (sum(told) < expected and _names_more(reading, whole, parts)):
        return Result(rule, whole, Outcome.NOT_EVALUABLE)
    sum_ = " + ".join(f"{value:.10g}" for value in told)
    outcome = Outcome.PASS if sum(told) == expected else Outcome.FAIL
    return Result(rule, whole, outcome, sum(told), expected, Words(sum_, sum_))


def _names_more(reading: Reading, whole: str, parts: tuple[str, ...]) -> bool:
    """Whether the sentence of the parts counts things of other kinds among them: 微信62个,微博9个,抖音17个."""
    known = [statement for statement in reading.narrative if statement.metric in (whole, *parts)]
    section = next(section for section in reading.sections if section.number == known[0].section)
    first, last = min(each.start for each in known), max(each.end for each in known)
    rest = re.split("[。;；\n]", section.text[last:])[0]
    return len(re.findall(r"\d[件个]", section.text[first:last] + rest)) > len(known)


def fees_as_told(reading: Reading) -> Iterator[Result]:
    """NAR-12: the text does not both deny and name a fee, and names none before the fee rule took effect."""
    denied, year = figures_told(reading, "nar_info_fee_none"), reading.identity.report_year
    amounts = figures_told(reading, "nar_info_fee_yuan")
    charged = max(amounts, default=0)
    detail = words_of(reading, "nar_info_fee_yuan" if amounts else "nar_info_fee_none")
    if not (denied or amounts) or year is None:
        yield Result("NAR-12", "nar_info_fee_yuan", Outcome.NOT_EVALUABLE)
    else:
        wrong = bool(charged) and (bool(denied) or year < limits().fee_rule_from)
        outcome = Outcome.FAIL if wrong else Outcome.PASS
        yield Result("NAR-12", "nar_info_fee_yuan", outcome, actual=charged, detail=detail)
