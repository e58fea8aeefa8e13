"""How text is compared: one normal form for what is printed, and one for the labels of the form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_WHITESPACE = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』《》")
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、．)])")
_LEADING = re.compile(
    r"^(?:其中[:,、]?|[一二三四五六七八九十]+、|\((?:[一二三四五六七八九十]+|\d{1,2})\)|\d{1,2}(?:[.、)]|(?=[\u4e00-\u9fff])))+"
)
_COUNTED = re.compile(r"(?:数量|数)?\**$")
_TRAILING_PARENTHESIS = re.compile(r"(?<=.)\([^()]*\)$")


def tidy(text: str) -> str:
    """NFKC-fold, drop invisible characters and trim: full-width digits and brackets become plain ones."""
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()


@lru_cache(maxsize=1 << 13)
def squeeze(text: str) -> str:
    """``tidy`` without any whitespace: what a phrase says, however it was broken over lines."""
    return _WHITESPACE.sub("", tidy(text))


@lru_cache(maxsize=1 << 13)
def label(text: str) -> str:
    """A label in its comparable form, its ordinal kept: no whitespace, no quotes, one kind of bracket."""
    return squeeze(text).translate(_QUOTES).translate(_BRACKETS)


@lru_cache(maxsize=1 << 13)
def core(text: str) -> str:
    """A label without its leading ordinal and its trailing explanatory parenthesis: ``(一)予以公开`` → ``予以公开``."""
    plain = _ORDINAL.sub("", label(text))
    shorter = _TRAILING_PARENTHESIS.sub("", plain)
    return shorter or plain


@lru_cache(maxsize=1 << 13)
def stem(text: str) -> str:
    """What a row of an annex counts: ``core`` without ``其中``, any depth of ordinals, and the closing 数 or 数量.

    ``其中:(2)“信息不存在”数`` → ``信息不存在``.
    """
    return _COUNTED.sub("", core(_LEADING.sub("", label(text))))
