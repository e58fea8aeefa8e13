"""Mutations of text that has a structure: HTML, the XML inside Office files, RTF, and lines between pipes."""

from __future__ import annotations

import re
from random import Random

from fuzz.noise import LARGEST

_TOKEN = re.compile(r"<[^<>]*>|\\[a-z]+-?\d* ?|[{}|\n]|[^<>\\{}|\n]+")
_NUMBER = re.compile(r"-?\d+")
_MOST_CHANGES = 10
NUMBERS = ("0", "1", "2", "-1", "7", "63", "101", "65536", "99999999999", "x")
STRANGE = (
    *("<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=0 colspan=99999>", "<!--", "-->", "<template>"),
    *("<textarea>", "<plaintext>", "<svg><td>", "<math><mi><table>", "<![CDATA[", "]]>", "<form>", "</p></div>"),
    *("<base href=x>", "<img src=>", "<a href=x.pdf>", "<style>", "<script>", "&#xD800;", "&#0;", "&amp", "&nbsp;"),
    *("<w:tbl>", "</w:tbl>", "<w:tc/>", '<w:gridSpan w:val="x"/>', "<w:vMerge/>", "<w:del/>", "\\trowd", "\\cell"),
    *("\\row", "\\bin99999 ", "\\u-1?", "{\\*\\x", "}", "|", "| --- |", "||||", "\n|\n", "\x00", "\x0b", "\ufeff"),
    *("\ue000", "\ue0007", "\ue001", "\u202e", "\u200b", "\U0001f600", "\ufffd", "e\u0301", "\u2028", "\u3000"),
    *("①", "Ⅳ", "１２", "²", "٣", "五", "-", "/", "1.5", "1,234", "1e9", "9" * 40, "万元", "合计", "总计"),
    *("规章", "一、", "二、", "三、", "2023年", "第5次", "增/减", "正", "废止", "99 99"),
)


def mutate_markup(source: str, rng: Random, other: str) -> str:
    """Change one to ten tokens of ``source``; ``other`` is a second document that runs of tokens are taken from."""
    tokens, others = _TOKEN.findall(source), _TOKEN.findall(other)
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        _change(tokens, others, rng)
    return "".join(tokens)[:LARGEST]


def _change(tokens: list[str], others: list[str], rng: Random) -> None:
    at = rng.randint(0, len(tokens))
    end = at + rng.choice([1, 1, 1, 2, 8, 40])
    match rng.choice(["lose", "repeat", "move", "insert", "number", "text", "splice", "nest"]):
        case "lose":
            del tokens[at:end]
        case "repeat":
            tokens[at:at] = tokens[at:end] * rng.choice([1, 2, 30])
        case "move":
            taken = tokens[at:end]
            del tokens[at:end]
            place = rng.randint(0, len(tokens))
            tokens[place:place] = taken
        case "insert":
            tokens.insert(at, rng.choice(STRANGE))
        case "number":
            tokens[at : at + 1] = [_NUMBER.sub(lambda _: rng.choice(NUMBERS), token) for token in tokens[at : at + 1]]
        case "text":
            tokens[at : at + 1] = [rng.choice(STRANGE)]
        case "splice":
            start = rng.randint(0, len(others))
            tokens[at:at] = others[start : start + end - at]
        case _:
            tokens[at:at] = [rng.choice(STRANGE)] * rng.choice([2, 50, 3000])


def mutate_tags(data: bytes, rng: Random, other: bytes) -> bytes:
    """``mutate_markup`` of bytes; those that are no UTF-8 are kept through it."""
    mutated = mutate_markup(data.decode("utf-8", "surrogateescape"), rng, other.decode("utf-8", "surrogateescape"))
    return mutated.encode("utf-8", "surrogateescape")
