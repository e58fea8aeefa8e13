"""Prose against table: what the running text says of a figure, beside what the form prints (NAR, T4-XNAR …).

A sentence that may mean two things is no contradiction: where the text gives several figures and none is the
printed one, or another body is its subject, nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.doubts import reason_of
from pipelines.matching import Key
from pipelines.reading import Reading
from pipelines.rules.figures import Sum, figure, holds, printed_nothing, total
from pipelines.rules.result import Outcome, Result, Words
from pipelines.rules.subject import tells_of_another_body
from pipelines.vocabulary import RESULTS

_RECEIVED: Key = ("requests_received", "total")
_CARRIED_IN: Key = ("requests_carried_in", "total")
_HANDLED: Key = ("requests_handled", "total")
_CARRIED_OUT: Key = ("requests_carried_out", "total")
_LAWSUITS: tuple[Key, ...] = (("lawsuit_direct_total", None), ("lawsuit_after_review_total", None))
_REVIEWS: tuple[Key, ...] = (("review_total", None),)
_NOTHING = {
    "nar_requests_none": (_RECEIVED,),
    "nar_review_none": _REVIEWS,
    "nar_lawsuit_none": _LAWSUITS,
}
_BLOCKS: dict[str, list[Key]] = {
    metric: [(f"{proceeding}_{result}", None) for proceeding in proceedings for result in RESULTS]
    for metric, proceedings in (
        ("nar_review_total", ("review",)),
        ("nar_lawsuit_total", ("lawsuit_direct", "lawsuit_after_review")),
    )
}
_DOCUMENTS = {
    "nar_normative_issued": ("normative_documents_issued", "normative_documents_made"),
    "nar_normative_repealed": ("normative_documents_repealed",),
    "nar_normative_in_force": ("normative_documents_in_force", "normative_documents_total_public"),
}


def figures_told(reading: Reading, metric: str) -> list[float]:
    """Every figure the text gives under this name, in reading order."""
    return [statement.value for statement in reading.told.get(metric, ())]


def told_once(reading: Reading, metric: str) -> float | None:
    """The figure the text gives, if it gives one and only one."""
    values = set(figures_told(reading, metric))
    return values.pop() if len(values) == 1 else None


def words_of(reading: Reading, metric: str) -> Words:
    """The first words that give this figure."""
    words = reading.told[metric][0].words if metric in reading.told else ""
    return Words(words, words)


def against(reading: Reading, rule: str, metric: str, *readings: Sequence[Key]) -> Result:
    """Compare what the text says with the sum of some cells; each of ``readings`` is one thing it may mean."""
    told = dict.fromkeys(figures_told(reading, metric))
    sums = [sum_ for keys in readings if (sum_ := total(reading, keys)) is not None] if told else []
    if not sums:
        return Result(rule, metric, Outcome.NOT_EVALUABLE)
    verdicts = [(holds(value, sum_), value, sum_) for value in told for sum_ in sums]
    detail = words_of(reading, metric)
    for outcome, value, sum_ in verdicts:
        if outcome in (Outcome.PASS, Outcome.PASS_BLANK_AS_ZERO):
            return Result(rule, metric, outcome, value, sum_.value, detail)
    ambiguous = (
        len(told) > 1
        or any(outcome is Outcome.NOT_EVALUABLE for outcome, _, _ in verdicts)
        or any(tells_of_another_body(reading, statement) for statement in reading.told[metric])
    )
    value, sum_ = verdicts[0][1:]
    return Result(rule, metric, Outcome.NOT_EVALUABLE if ambiguous else Outcome.FAIL, value, sum_.value, detail)


def requests_as_told(reading: Reading) -> Iterator[Result]:
    """NAR-01 to NAR-04: received (alone or with those carried in), carried in, handled and carried out."""
    yield against(reading, "NAR-01", "nar_requests_received", [_RECEIVED], [_RECEIVED, _CARRIED_IN])
    yield against(reading, "NAR-02", "nar_requests_carried_in", [_CARRIED_IN])
    yield against(reading, "NAR-03", "nar_req_done", [_HANDLED])
    yield against(reading, "NAR-04", "nar_requests_carried_out", [_CARRIED_OUT])


def the_text_balances(reading: Reading) -> Iterator[Result]:
    """NAR-05: received plus carried in is handled plus carried out, all four as told.

    Where as many are told as received as the form has received and carried in, these are among them.
    """
    names = ("nar_requests_received", "nar_requests_carried_in", "nar_req_done", "nar_requests_carried_out")
    received, carried_in, done, carried_out = (told_once(reading, name) for name in names)
    if received is None or carried_in is None or done is None or carried_out is None:
        yield Result("NAR-05", "report", Outcome.NOT_EVALUABLE)
        return
    with_those = total(reading, [_RECEIVED, _CARRIED_IN])
    is_both = carried_in and with_those is not None and received == with_those.value
    came, went = received + (0 if is_both else carried_in), done + carried_out
    yield Result("NAR-05", "report", Outcome.PASS if came == went else Outcome.FAIL, came, went)


def nothing_means_zero(reading: Reading) -> Iterator[Result]:
    """NAR-10: where the text says that there was none, the form prints none."""
    told = [metric for metric in _NOTHING if metric in reading.told]
    if not told:
        yield Result("NAR-10", "report", Outcome.NOT_EVALUABLE)
    for metric in told:
        sum_ = total(reading, _NOTHING[metric])
        if sum_ is None:
            yield Result("NAR-10", metric, Outcome.NOT_EVALUABLE)
        else:
            yield Result("NAR-10", metric, holds(0, sum_), 0, sum_.value, words_of(reading, metric))


def documents_as_told(reading: Reading) -> Iterator[Result]:
    """NAR-11: normative documents issued, repealed and in force, as told and as printed."""
    told = [metric for metric in _DOCUMENTS if metric in reading.told]
    if not told:
        yield Result("NAR-11", "disclosure", Outcome.NOT_EVALUABLE)
    for metric in told:
        asked = [[(column, None)] for column in _DOCUMENTS[metric] if (column, None) in reading.observations]
        yield against(reading, "NAR-11", metric, *asked)


def disputes_as_told(reading: Reading) -> Iterator[Result]:
    """T4-XNAR: reviews and lawsuits as told and as printed."""
    yield against(reading, "T4-XNAR", "nar_review_total", _REVIEWS)
    yield against(reading, "T4-XNAR", "nar_lawsuit_total", _LAWSUITS)


def other_results_as_told(reading: Reading) -> Iterator[Result]:
    """T4-OTHERNOTE: section 6 explains as many reviews with another result as the form prints."""
    yield against(reading, "T4-OTHERNOTE", "nar_review_other", [("review_other", None)])


def an_empty_block_had_no_cases(reading: Reading) -> Iterator[Result]:
    """T4-NULL: a block left blank stands beside no cases in the text."""
    for metric, keys in _BLOCKS.items():
        if not printed_nothing(reading, keys):
            yield Result("T4-NULL", metric, _printed(figure(reading, *keys[-1])))
        else:
            told = max(figures_told(reading, metric), default=0)
            outcome = Outcome.FAIL if told else Outcome.PASS_BLANK_AS_ZERO
            yield Result("T4-NULL", metric, outcome, told, 0, words_of(reading, metric))


def _printed(last: Sum | None) -> Outcome:
    return Outcome.NOT_EVALUABLE if last is None else Outcome.PASS


def doubted_figures(reading: Reading) -> Iterator[Result]:
    """NAR-13: figures of the text that are not taken at their word, and why; a finding for each kind of figure."""
    for metric in dict.fromkeys(doubted.metric for doubted in reading.doubted):
        doubts = [doubted for doubted in reading.doubted if doubted.metric == metric]
        zh = "；".join(f"{reason_of(doubted.why).zh}（“{doubted.words}”）" for doubted in doubts)
        en = "; ".join(f"{reason_of(doubted.why).en} (“{doubted.words}”)" for doubted in doubts)
        yield Result("NAR-13", metric, Outcome.NOT_EVALUABLE, detail=Words(zh, en))
    if not reading.doubted:
        yield Result("NAR-13", "report", Outcome.PASS)
