"""How text is compared: one normal form for what is printed, and one for the labels of the form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = "\u200b-\u200e\u202a\u202c\u2060\u2066\u2069\ufeff\u00ad"  # left-to-right marks, too
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_NOTE_MARKS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189\u2460-\u2473\u24ea-\u24ff\u2776-\u2793"
_KEPT = re.compile(f"[{_NOTE_MARKS}]+")  # ¹ ½ ① ❶: folded, they would become digits of the figure beside them
_NOTES_BEHIND = re.compile(f"(?<=.)[{_NOTE_MARKS}]+$")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_RARE = re.compile(f"[{_UNSEEN}{_NOTE_MARKS}\u2e80-\u2fdf]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_PLAIN = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WHOLE = str.maketrans(  # radicals that are characters of their own, which NFKC leaves alone
    "⺎⺓⺛⺜⺝⺠⺧⺩⺫⺬⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "兀幺旡日月民牛王目示羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)
_COMPARED = dict.fromkeys("“”‘’\"'「」『』《》", "") | dict(zip("〔〕[]【】", "()()()", strict=True))
_QUOTES_AND_BRACKETS = re.compile(f"[{re.escape(''.join(_COMPARED))}]")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)、?|\d{1,2}[.、．)]|\d{1,2}[,:](?=[\u4e00-\u9fff])"
    r"|\(\d{1,2}\)(?=[\u4e00-\u9fff])|\d{1,2}(?=[\u4e00-\u9fff]{4}))"  # 12万元 has fewer behind its figure
)
_LEADING = re.compile(
    r"^(?:其中[:,、]?|[一二三四五六七八九十]+、|\((?:[一二三四五六七八九十]+|\d{1,2})\)|\d{1,2}(?:[.、)]|(?=[\u4e00-\u9fff])))+"
)
_TRAILING_PARENTHESES = re.compile(r"(?<=[^)])(?:\([^()]*\))+$")


def tidy(text: str) -> str:
    """NFKC-fold, drop invisible characters and trim: full-width digits and brackets become plain ones.

    Raised and circled digits and fractions stay as they are: 12① is not 121.
    """
    if text.isascii():
        return text.strip()
    if _RARE.search(text) is None:
        return _compatible(text).strip()
    return _INVISIBLE.sub("", _fold(text)).strip()


def ideographs(text: str) -> str:
    """The text with the characters it is made of, where a font or a copy of its text has radicals: ⺠ becomes 民."""
    if _RADICALS.search(text) is None:
        return text
    return _RADICALS.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), text.translate(_WHOLE))


def _compatible(text: str) -> str:
    """NFKC, which is slow where it has something to change; in Chinese that is hardly more than the punctuation."""
    return unicodedata.normalize("NFKC", _FULL_WIDTH.sub(lambda wide: _PLAIN[wide[0]], text))


def _fold(text: str) -> str:
    text = ideographs(text)
    kept = _KEPT.findall(text)
    folded = [_compatible(part) for part in _KEPT.split(text)]
    return "".join(part + mark for part, mark in zip(folded, [*kept, ""], strict=True))


@lru_cache(maxsize=1 << 13)
def squeeze(text: str) -> str:
    """``tidy`` without any whitespace: what a phrase says, however it was broken over lines."""
    return "".join(tidy(text).split())


@lru_cache(maxsize=1 << 13)
def label(text: str) -> str:
    """A label in its comparable form, its ordinal kept: no whitespace, quotes or note marks, one kind of bracket."""
    plain = squeeze(text)
    if not plain.isascii() and _KEPT.search(plain):
        plain = unicodedata.normalize("NFKC", _NOTES_BEHIND.sub("", plain))
    return _QUOTES_AND_BRACKETS.sub(lambda mark: _COMPARED[mark[0]], plain)


@lru_cache(maxsize=1 << 13)
def core(text: str) -> str:
    """A label without its leading ordinal and its trailing explanatory parentheses: ``(一)予以公开`` → ``予以公开``.

    Nor does it have the mark of a note or a stop behind it: ``行政处罚*``, ``自然人:``.
    """
    plain = _ORDINAL.sub("", label(text)).rstrip("*※:;。")
    if not plain.endswith(")"):
        return plain
    return _TRAILING_PARENTHESES.sub("", plain) or plain


@lru_cache(maxsize=1 << 13)
def stem(text: str) -> str:
    """What a row of an annex counts: ``core`` without ``其中``, any depth of ordinals, and the closing 数 or 数量.

    ``其中:(2)“信息不存在”数`` → ``信息不存在``.
    """
    counted = core(_LEADING.sub("", label(text))).rstrip("*")
    return counted.removesuffix("数量") if counted.endswith("量") else counted.removesuffix("数")
