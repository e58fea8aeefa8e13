"""What the pages of every family have: labels, links, titles as lists cut them."""

from __future__ import annotations

from samples.simulator.dialect import Dialect
from samples.simulator.portal import Column

CUT_AT = 22
"""Characters of a title that a list shows before it ends in an ellipsis."""
NEIGHBOURS = (
    ("政府信息公开指南", "zfxxgkzn"),
    ("政府信息公开制度", "zfxxgkzd"),
    ("法定主动公开内容", "fdzdgknr"),
    ("依申请公开", "ysqgk"),
)
NEWS = (("政务要闻", "/zwyw/"), ("通知公告", "/tzgg/"), ("政府工作报告", "/zfgzbg/"), ("网站工作年度报表", "/wzbb/"))


def cut(title: str) -> str:
    """A title as lists show it: long ones end in an ellipsis."""
    return title if len(title) <= CUT_AT else f"{title[:CUT_AT]}…"


def slug(column: Column, dialect: Dialect) -> str:
    """The part of a column's path that stands where its dialect has `%(slug)s`."""
    before, here, after = dialect.column.partition("%(slug)s")
    return column.path[len(before) :].split(after[:1] or "/")[0] if here else ""


def linked(links: tuple[tuple[str, str], ...]) -> str:
    """A list of links, each given as label and address."""
    items = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in links)
    return f"<ul>{items}</ul>"
