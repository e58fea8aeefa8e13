"""How a reader writes what plain text cannot say. A cell with any of these marks is no plain figure (``tokens``)."""

from __future__ import annotations

import re

PICTURE = "[图]"
CONTROL = "[控件]"
NUMBER = "[编号]"
DOUBTFUL = "⟦", "⟧"  # round what some programs show and others do not

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
_STROKE = "\u0336"


def raised(text: str) -> str:
    """Text printed above or below its line: digits become ¹²³, which are never digits of the figure beside them."""
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """Text with a line through it, every character overlaid with a stroke."""
    return "".join(character if character.isspace() else character + _STROKE for character in text)


def doubtful(text: str) -> str:
    """Text that some programs show and others do not, or show in another way."""
    return text.join(DOUBTFUL)


def is_label(text: str) -> bool:
    """True for the words of a label: a picture beside them is an ornament, while a figure may be in any other."""
    return _LABEL.search(text) is not None
