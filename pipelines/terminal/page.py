"""One reading as a page of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from pipelines.dictionary import load
from pipelines.reading import Finding, Reading
from pipelines.reasons import Sentence
from pipelines.terminal.figures import Figures
from pipelines.terminal.forms import lay_out
from pipelines.terminal.ink import Ink, paint, wrap

_HELD = ("pass", "pass_blank_as_zero")
_INDENT = "  "


def as_text(file: str, reading: Reading, columns: int, *, colour: bool) -> str:
    """The whole page for one file, at most so many columns wide where its tables allow that."""
    text = "\n".join(_page(file, reading, columns))
    return text if colour else click.unstyle(text)


def _page(file: str, reading: Reading, columns: int) -> Iterator[str]:
    yield paint(file, Ink.FAINT)
    if reading.refusal:
        yield from _reason("✗", reading.refusal, columns)
        return
    yield from _whose(reading)
    if reading.unreadable:
        yield from _reason("✗", reading.unreadable, columns)
        return
    figures = Figures(reading)
    for table in lay_out(reading, figures, columns):
        yield ""
        yield from table.drawn()
    yield from figures.legend()
    yield ""
    yield from _findings(reading, columns)


def _reason(sign: str, sentence: Sentence, columns: int) -> Iterator[str]:
    yield from _indented(f"{sign} {sentence.zh} {sentence.en}", Ink.DOUBTFUL, columns)


def _whose(reading: Reading) -> Iterator[str]:
    identity = reading.identity
    edition = _word("edition", reading.edition)
    whose = f"{identity.body_name or '?'} · {identity.report_year or '?'} · {reading.edition or '-'}"
    yield paint(whose, Ink.STRONG) + (f" ({edition})" if edition else "")
    if identity.title:
        yield identity.title
    if identity.published_on:
        yield f"发布 Published {identity.published_on} ({_word('date_source', identity.published_source)})"


def _findings(reading: Reading, columns: int) -> Iterator[str]:
    """How many rules held, then every one that did not: contradictions first, what only looks odd after."""
    failed = sorted((f for f in reading.findings if f.outcome == "fail"), key=lambda finding: finding.severity)
    counts = Counter(finding.outcome in _HELD for finding in reading.findings)
    told = f"核对 {counts[True]} 项成立，{len(failed)} 项不成立。 {counts[True]} checks hold, {len(failed)} do not."
    yield paint(told, Ink.HOLDING if not failed else Ink.PLAIN)
    for finding in failed:
        yield from _failure(finding, columns)


def _failure(finding: Finding, columns: int) -> Iterator[str]:
    hard = finding.severity == "hard"
    fault = _word("fault", finding.fault)
    sign, ink = ("✗", Ink.FAILING) if hard else ("△", Ink.DOUBTFUL)
    yield paint(f"{sign} {finding.rule}", ink) + (f" ({fault})" if fault else "")
    for words in (finding.message_zh, finding.message_en):
        yield from _indented(words, Ink.PLAIN, columns)
    if finding.explanation_zh:
        for words in (finding.explanation_zh, finding.explanation_en or ""):
            yield from _indented(f"→ {words}", Ink.PLAIN, columns)


def _indented(text: str, ink: Ink, columns: int) -> Iterator[str]:
    for line in wrap(text, columns - len(_INDENT)):
        yield _INDENT + paint(line, ink)


def _word(vocabulary: str, code: str | None) -> str:
    """What a code means, in both languages; empty for none."""
    word = load().word(vocabulary, code)
    return f"{word.zh} {word.en}" if word else ""
