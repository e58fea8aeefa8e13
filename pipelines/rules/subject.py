"""Of which body a sentence tells: 县公安局收到申请15件,办结14件 in the report of a county is about a part of it."""

from __future__ import annotations

import re

from pipelines.narrative import Statement
from pipelines.reading import Reading
from pipelines.text import squeeze

_REACH = 120  # characters before a figure in which the subject of its sentence stands
_SENTENCES = re.compile("[。;；]")
_TIME = r"(?:20\d{2}年度?|全年|今年|本年度?|年内|其中)*"
_OWN = re.compile(rf"^{_TIME}(?:[本我全各共]|累计|合计)")
_NAMED = re.compile(
    rf"^{_TIME}(?P<name>[\u4e00-\u9fff]{{1,20}}?(?:局|委|委员会|政府|办|办公室|镇|乡|街道|办事处|中心))"
    r"(?:全年|本年度?|20\d{2}年度?|作为复议机关|共|累计|合计|总计|新|已|均|依法)*(?:收|受理|接|办|答复|承办|发生|被|$)"
)


def tells_of_another_body(reading: Reading, statement: Statement) -> bool:
    """True when the nearest subject before a figure in the text is a body by name, and not the one that reports."""
    section = next(section for section in reading.sections if section.number == statement.section)
    before = _SENTENCES.split(section.text[max(statement.start - _REACH, 0) : statement.start])[-1]
    for phrase in reversed(re.split("[,:(]", _SENTENCES.split(squeeze(before))[-1])):
        if _OWN.match(phrase):
            return False
        if named := _NAMED.match(phrase):
            own, other = reading.identity.body_name or "", named["name"]
            return not (own.endswith(other) or other.endswith(own))
    return False
