"""Renders a draft: as the page of a portal, and as the renderings of plain text."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from tests.layouts.form import Draft, Rows, Slot

CALENDAR = "<table><tr><td>日</td><td>一</td><td>二</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
INDEX = (
    "<table><tr><td>索引号</td><td>0001/2024-00012</td><td>发布机构</td><td>县政府办</td></tr>"
    "<tr><td>主题分类</td><td>其他</td><td>发文日期</td><td>{published}</td></tr></table>"
)
TEMPLATE = "<template><table><tr><td>规章</td><td>{{n}}</td><td>9</td><td>9</td></tr></table></template>"


def as_page(draft: Draft) -> bytes:
    """The HTML page of a portal."""
    marks, narrative, published = draft.marks, _narrative(draft), f"{draft.year + 1}-01-30"
    parts = [f"<h1>{draft.title}</h1>", f"<p>来源:县政府办 发布时间:{published}</p>", f"<p>{narrative[0]}</p>"]
    if "index_table_in_front" in marks:
        parts.insert(0, INDEX.format(published=published))
    for number, heading in enumerate(draft.headings):
        if "no_headings" not in marks:
            parts.append(f"<p>{heading}</p>")
        if 1 <= number <= 3:
            parts += list(_tables(draft, number - 1))
        else:
            parts.append(f"<p>{narrative[1]}</p>")
    if "calendar_table_behind" in marks:
        parts.append(CALENDAR)
    body = "\n".join(parts)
    if "form_round_the_tables" in marks:
        body = f"<form name=content>{body}</form>"
    if "layout_table_round_all" in marks:
        body = f"<table><tr><td>左栏</td><td>{body}</td></tr></table>"
    head = "" if "no_title_tag" in marks else f"<title>{draft.title}_某县人民政府</title>"
    page = f"<!DOCTYPE html><html><head>{head}</head><body><div>首页 政府信息公开</div>{body}</body></html>"
    return _encoded(draft, page)


def _encoded(draft: Draft, page: str) -> bytes:
    if "gb18030" in draft.marks:
        return page.encode("gb18030")
    return page.encode("utf-8-sig" if "byte_order_mark" in draft.marks else "utf-8")


def _narrative(draft: Draft) -> tuple[str, str]:
    period = f"本报告所列数据的统计期限为{draft.year}年1月1日至{draft.year}年12月31日。"
    return period, "本机关按照要求做好政府信息公开各项工作。"


def _tables(draft: Draft, number: int) -> Iterator[str]:
    """What stands at the place of one statutory table; all of them at the first place when they are one table."""
    if "all_tables_in_one" in draft.marks:
        if number == 0:
            yield _table(draft, [row for table in draft.tables for row in table])
        return
    rows = draft.tables[number]
    if number == 1 and "requests_cut_in_two" in draft.marks:
        upper, lower = cut(rows, 12)
        yield _table(draft, upper)
        yield "<p>- 3 -</p>"
        yield _table(draft, lower)
        return
    table = _table(draft, rows)
    if "hidden_copy" in draft.marks:
        yield f'<div style="display: none">{table}</div>'
    if "commented_copy" in draft.marks:
        yield f"<!-- {table.replace('--', '')} -->"
    if "template_left_over" in draft.marks:
        yield TEMPLATE
    yield table


def cut(rows: Rows, place: int) -> tuple[Rows, Rows]:
    """A table cut at a page end: what spans the cut ends there and is not printed again."""
    upper = [
        [Slot(s.text, min(s.rowspan, place - r), s.colspan, s.key, s.role) for s in row]
        for r, row in enumerate(rows[:place])
    ]
    return upper, rows[place:]


def _table(draft: Draft, rows: Rows) -> str:
    marks = draft.marks
    lines = [_row(draft, row) for row in rows]
    if "empty_rows_between" in marks:
        lines = [part for line in lines for part in (line, "<tr></tr>")] if _no_spans(rows) else lines
    inner = "".join(lines)
    if "column_groups" in marks:
        inner = f"<colgroup><col><col></colgroup><tbody>{inner}</tbody>"
    if "caption" in marks:
        inner = f"<caption>统计表</caption>{inner}"
    table = f"<table border=1>{inner}</table>"
    return (
        table.replace("<td", "<TD").replace("</td>", "</TD>").replace("<tr", "<TR")
        if "upper_case_tags" in marks
        else table
    )


def _no_spans(rows: Rows) -> bool:
    return all(slot.rowspan == 1 for row in rows for slot in row)


def _row(draft: Draft, row: list[Slot]) -> str:
    end = "" if "unclosed_cells" in draft.marks else "</td>"
    cells = "".join(f"<td{_spans(draft, slot)}>{_content(draft, slot)}{end}" for slot in row)
    line = f"<tr>{cells}" + ("" if "unclosed_cells" in draft.marks else "</tr>")
    if "header_cells" in draft.marks and all(slot.role in ("head", "block", "corner") for slot in row):
        line = line.replace("<td", "<th").replace("</td", "</th")
    return line


def _spans(draft: Draft, slot: Slot) -> str:
    unit = "px" if "spans_in_pixels" in draft.marks else ""
    quote = "" if "unquoted_spans" in draft.marks else '"'
    spans = {"rowspan": slot.rowspan, "colspan": slot.colspan}
    style = ' style="mso-yfti-irow:1;border:none"' if "word_styles" in draft.marks else ""
    return style + "".join(f" {name}={quote}{n}{unit}{quote}" for name, n in spans.items() if n > 1)


def _content(draft: Draft, slot: Slot) -> str:
    marks, text = draft.marks, html.escape(slot.text, quote=False).replace("\n", "<br>") or "&nbsp;"
    if slot.markup != "{}":
        text = slot.markup.replace("{}", html.escape(slot.text) or "&nbsp;")
    elif slot.role == "value" and "a_span_for_each_digit" in marks and "&" not in text:
        text = "".join(f"<span lang=EN-US>{character}</span>" for character in text)
    if slot.role != "value" and len(slot.text) > 4 and "&" not in text and "<" not in text:
        half = len(text) // 2
        if "paragraph_for_each_label_half" in marks:
            text = f"<p>{text[:half]}</p><p>{text[half:]}</p>"
        elif "breaks_in_labels" in marks:
            text = f"{text[:half]}<br/>{text[half:]}"
    if "fonts_inside_fonts" in marks:
        text = f"<font face=仿宋><b>{text}</b></font>"
    return f"\n<p style='text-align:center'>{text}</p>\n" if "paragraphs_in_cells" in marks else text


def _text(draft: Draft, table: Callable[[Rows], list[str]]) -> bytes:
    narrative = _narrative(draft)
    lines = [draft.title, narrative[0]]
    for number, heading in enumerate(draft.headings):
        lines.append(heading)
        lines += table(draft.tables[number - 1]) if 1 <= number <= 3 else [narrative[1]]
    return "\n".join(lines).encode()


def _flat(slot: Slot) -> str:
    return slot.text.replace("\n", " ").replace("|", "/")


def as_piped_text(draft: Draft) -> bytes:
    """A lone pipe opens a row, a cell a line, padded to the width of the grid."""

    def table(rows: Rows) -> list[str]:
        width = max(sum(slot.colspan for slot in row) for row in rows)
        return [line for row in rows for line in ("|", *_padded(row, width))]

    return _text(draft, table)


def _padded(row: list[Slot], width: int) -> list[str]:
    lines = [f"{_flat(slot)} |" for slot in row]
    return [*lines[:-1], lines[-1] + " " * (width > len(row)) + "|" * (width - len(row))]


def as_markdown_text(draft: Draft) -> bytes:
    """Rows between pipes."""
    return _text(draft, lambda rows: ["| " + " | ".join(_flat(slot) for slot in row) + " |" for row in rows])


def as_lines(draft: Draft) -> bytes:
    """A cell a line and nothing else; an empty cell leaves no trace."""
    return _text(draft, lambda rows: [_flat(slot) for row in rows for slot in row if slot.text])


def as_spaced_text(draft: Draft) -> bytes:
    """Rows laid out for the eye, with blanks between the cells; an empty cell leaves nothing but more of them."""
    blanks = draft.rng.choice(["  ", "      ", "\u3000", "\u3000\u3000"])
    return _text(draft, lambda rows: [blanks.join(" ".join(_flat(slot).split()) for slot in row) for row in rows])


FORMATS: dict[str, Callable[[Draft], bytes]] = {
    "page": as_page,
    "piped": as_piped_text,
    "markdown": as_markdown_text,
}
