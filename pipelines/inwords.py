"""Is it a report in words alone, without any table? Usual before 2014, and at small bodies until 2018."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.editions import prose
from pipelines.sections import Section
from pipelines.text import squeeze

_SENTENCE_END = "。"


def reports_in_words(lines: Iterable[str], report_year: int | None, sections: Sequence[Section]) -> bool:
    """True when the sentences of a document, or the headings over them, treat the subjects that a report must.

    For years whose form has tables, each section that should hold one must have sentences in its place.
    """
    form = prose()
    last = form.years[1]
    if report_year is None or report_year < form.years[0]:
        return False
    if last is not None and report_year > last:
        in_words = {section.number for section in sections if _SENTENCE_END in section.text}
        return in_words.issuperset(form.sections)
    headings = (section.heading for section in sections if _SENTENCE_END in section.text)
    text = "".join([*headings, *(squeeze(line) for line in lines if _SENTENCE_END in line)])
    return sum(cue in text for cue in form.cues) >= form.least
