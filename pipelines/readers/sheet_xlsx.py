"""XLSX into ``ShownSheet``: sheets, rows and columns that are not hidden, and each cell as its format prints it."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from pipelines.readers.marks import doubtful
from pipelines.readers.sheet_numbers import EPOCH, shown_number, shown_text
from pipelines.readers.sheet_parts import Element, Package, is_on, number, runs, styles
from pipelines.readers.sheet_shown import Font, Merged, ShownSheet

_EPOCH_1904 = date(1904, 1, 1)
_LOOKED_AT = tuple(f"{{*}}{name}" for name in ("sheetFormatPr", "sheetView", "col", "row", "mergeCell"))
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_LEAST_HEIGHT = 2.0  # points: lower rows show no line of text
_LEAST_WIDTH = 0.3  # characters
_LAST_COLUMN = 16_384
_Runs = list[tuple[str, Font | None]]


def read_xlsx(data: bytes) -> Iterator[ShownSheet]:
    """The visible sheets of a workbook in their order. What a broken package raises is lxml's or zipfile's own."""
    package = Package(data)
    book = _Book(package)
    for sheet in package.book.iterfind("{*}sheets/{*}sheet"):
        part = package.sheet(sheet)
        if part is not None and sheet.get("state", "visible") == "visible":
            yield book.read(sheet.get("name", ""), part)


class _Book:
    """What all sheets of a workbook share: texts, styles, the first day, and whether formulas are worked out anew."""

    def __init__(self, package: Package) -> None:
        self.styles = styles(package.related("styles"))
        shared = package.related("sharedStrings")
        items = () if shared is None else shared.iterfind("{*}si")
        self.texts: dict[str, _Runs] = {str(place): runs(item) for place, item in enumerate(items)}
        properties, calculation = package.book.find("{*}workbookPr"), package.book.find("{*}calcPr")
        self.epoch = _EPOCH_1904 if is_on(properties, "date1904") else EPOCH
        self.recalculated = is_on(calculation, "fullCalcOnLoad")
        self.shows_zeros = True

    def read(self, name: str, part: bytes) -> ShownSheet:
        """One sheet from the bytes of its part."""
        shown = ShownSheet(name)
        self.shows_zeros = True
        row = -1
        parsed = etree.iterparse(io.BytesIO(part), tag=_LOOKED_AT, resolve_entities=False, no_network=True)
        for _, element in parsed:
            kind = etree.QName(element).localname
            if kind == "row":
                row = int(number(element.get("r"), row + 2)) - 1
                if _is_hidden(element, "ht", _LEAST_HEIGHT):
                    shown.hidden_rows.add(row)
                self._read_cells(shown, row, element)
                element.clear()
            elif kind == "col" and _is_hidden(element, "width", _LEAST_WIDTH):
                first, last = (int(number(element.get(end), 1)) for end in ("min", "max"))
                shown.hidden_columns.update(range(max(first, 1) - 1, min(last, _LAST_COLUMN)))
            elif kind == "mergeCell" and (merged := _merged(element.get("ref", ""))) is not None:
                shown.merged.append(merged)
            elif kind == "sheetView":
                self.shows_zeros = element.get("showZeros", "1") not in ("0", "false")
        return shown

    def _read_cells(self, shown: ShownSheet, row: int, element: Element) -> None:
        column = -1
        for cell in element.iterfind("{*}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            shown.put(row, column, self._printed(cell))

    def _printed(self, cell: Element) -> str:
        if not len(cell):
            return ""
        style = self.styles.get(cell.get("s", "0"), self.styles["0"])
        kind, parts = cell.get("t", "n"), {part.tag.rpartition("}")[2]: part for part in cell}
        value = (parts["v"].text or "") if "v" in parts else ""
        if "f" in parts and (self.recalculated or not (value or kind == "str")):
            return doubtful(value or f"={parts['f'].text or ''}")
        if kind == "n" and value:
            return style.font.printed(self._number(value, style.code))
        if kind in ("b", "e", "d"):
            return {"1": "TRUE", "0": "FALSE"}.get(value, value) if kind == "b" else value
        if kind == "s":
            texts = self.texts.get(value, [(doubtful(value), None)] if value else [])
        else:
            texts = runs(parts["is"]) if "is" in parts else [(value, None)]
        return "".join((font or style.font).printed(shown_text(text, style.code)) for text, font in texts)

    def _number(self, digits: str, code: str) -> str:
        value = number(digits, math.nan)
        if math.isnan(value):
            return doubtful(digits)
        return shown_number(value, code, self.epoch) if value or self.shows_zeros else ""


def _is_hidden(element: Element, size: str, least: float) -> bool:
    return is_on(element, "hidden") or number(element.get(size), least) < least


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _merged(reference: str) -> Merged | None:
    corners = [_PLACE.fullmatch(corner) for corner in reference.split(":")]
    places = [(int(corner[2]) - 1, _column(corner[1])) for corner in corners if corner]
    return Merged(*places[0], *places[1]) if len(places) == 2 else None
