"""The parts of an XLSX package that its sheets share: where they are, the styles, and the runs of its texts."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from lxml import etree

from pipelines.readers.kinds import Kind, Reason, Unreadable
from pipelines.readers.package import MAX_MEMBER
from pipelines.readers.sheet_numbers import GENERAL, UNKNOWN
from pipelines.readers.sheet_shown import Font, Style
from pipelines.yaml_file import load_yaml

Element = Any  # lxml's element: lxml has no types
T = TypeVar("T")
_FORMATS = Path(__file__).with_name("number_formats.yaml")
_BOOK = "xl/workbook.xml"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = {("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "9"), ("indexed", "1")}


class Package:
    """The parts of a workbook by their names. Raises ``Unreadable`` for a part that is larger than any report's."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries = {_plain(entry.filename): entry for entry in self._archive.infolist()}
        self.book: Element = _parsed(self._bytes(_BOOK))
        relations = self._bytes("xl/_rels/workbook.xml.rels")
        self._targets: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for relation in _parsed(relations) if relations else ():
            target = _plain(str(PurePosixPath("xl") / relation.get("Target", "")))
            self._targets[relation.get("Id", "")] = target
            self._kinds.setdefault(relation.get("Type", "").rpartition("/")[2], target)

    def related(self, kind: str) -> Element | None:
        """The root of the part that the workbook relates to as its ``styles`` or ``sharedStrings``, if it has one."""
        part = self._bytes(self._kinds.get(kind, ""))
        return _parsed(part) if part else None

    def sheet(self, named: Element) -> bytes | None:
        """The part of a sheet that the workbook names; None when there is none."""
        ids = (value for name, value in named.items() if name.endswith("}id"))
        return self._bytes(self._targets.get(next(ids, ""), "")) or None

    def _bytes(self, name: str) -> bytes:
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.file_size > MAX_MEMBER:  # zipfile unpacks no more than an entry declares
            raise Unreadable(Kind.XLSX, Reason.TOO_LARGE)
        return self._archive.read(entry)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _parsed(part: bytes) -> Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def number(digits: str | None, default: float) -> float:
    """A number of the package's; what is none counts as left out."""
    try:
        found = float(digits or default)
    except ValueError:
        return default
    return found if math.isfinite(found) else default


def is_on(element: Element | None, attribute: str) -> bool:
    """True where an attribute of yes or no says yes."""
    return element is not None and element.get(attribute, "0") in ("1", "true")


def runs(item: Element) -> list[tuple[str, Font | None]]:
    """A text as runs, each with its own font or None for that of its cell; readings above the text left out."""
    found: list[tuple[str, Font | None]] = []
    for child in item:
        name = etree.QName(child).localname
        if name == "t":
            found.append((_unescaped(child.text or ""), None))
        elif name == "r":
            properties = child.find("{*}rPr")
            font = None if properties is None else _font(properties)
            found.append((_unescaped(child.findtext("{*}t") or ""), font))
    return found


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def styles(root: Element | None) -> dict[str, Style]:
    """The styles by the number that a cell gives; 0 is always there."""
    found = {"0": Style(GENERAL, Font())}
    if root is None:
        return found
    codes = _built_in() | {
        int(number(named.get("numFmtId"), -1)): named.get("formatCode", "") for named in root.iter("{*}numFmt")
    }
    fonts = list(map(_font, root.iterfind("{*}fonts/{*}font")))
    filled = [_is_filled(fill) for fill in root.iterfind("{*}fills/{*}fill")]
    for place, cell in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font = _at(fonts, cell.get("fontId"), Font())
        if _at(filled, cell.get("fillId"), False):
            font = font._replace(pale=False)
        code = codes.get(int(number(cell.get("numFmtId"), 0)), UNKNOWN)
        found[str(place)] = Style(code, font)
    return found


@cache
def _built_in() -> dict[int, str]:
    formats: dict[str, list[int]] = load_yaml(_FORMATS)
    return {each: code for code, numbers in formats.items() for each in numbers}


def _at(found: list[T], digits: str | None, default: T) -> T:
    place = int(number(digits, 0))
    return found[place] if 0 <= place < len(found) else default


def _font(properties: Element) -> Font:
    place, line = properties.find("{*}vertAlign"), properties.find("{*}strike")
    return Font(
        struck=line is not None and line.get("val", "1") not in ("0", "false"),
        raised=place is not None and place.get("val") in ("superscript", "subscript"),
        pale=any(map(_is_white, properties.iterfind("{*}color"))),
    )


def _is_filled(fill: Element) -> bool:
    patterns: Iterator[Element] = fill.iter("{*}patternFill")
    if any(pattern.get("patternType", "none") == "none" for pattern in patterns):
        return False
    return not any(map(_is_white, fill.iter("{*}fgColor")))


def _is_white(colour: Element) -> bool:
    """True for white; one with a tint is grey."""
    return bool(_WHITE & set(colour.items())) and "tint" not in colour.attrib
