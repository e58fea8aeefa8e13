"""The six sections of a report (一、总体情况 … 六、其他需要报告的事项), cut at their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.text import squeeze

_NUMERALS = "一二三四五六七八九"
_HEADING = re.compile(rf"^([{_NUMERALS}])、(.{{2,40}})$")
_END_OF_ARTICLE = re.compile(
    r"^(?:上一篇|下一篇|上一条|下一条|相关(?:链接|阅读|文章|信息|稿件)|扫一扫|分享到|分享|打印|关闭|【?打印|主办|承办|版权所有|网站地图|"
    r"联系我们|网站标识码|备案|字体|责任编辑|附件下载|返回顶部|政府网站|友情链接)"
)
_STATUTORY = re.compile(r"总体情况|概述|主动公开|申请|复议|诉讼|问题|改进|其他|需要(?:报告|说明)|收费|附")


@dataclass(slots=True)
class Section:
    """A section: its number (0 for the opening), its heading as printed and its paragraphs."""

    number: int
    heading: str
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


def cut(lines: Iterable[str]) -> list[Section]:
    """The sections in reading order, up to the page's own furniture; headings count only when they follow in number.

    Of what stands before the first heading only the last paragraphs are kept, because a page's navigation stands there.
    """
    opening: list[str] = []
    sections: list[Section] = []
    for line in lines:
        heading = _HEADING.match(squeeze(line))
        if heading and _STATUTORY.search(heading[2]) and _NUMERALS.index(heading[1]) == len(sections):
            sections.append(Section(len(sections) + 1, squeeze(line)))
        elif sections and _END_OF_ARTICLE.match(squeeze(line)):
            break
        elif sections:
            sections[-1].paragraphs.append(line)
        else:
            opening.append(line)
    return [Section(0, "", opening[-3:]), *sections] if sections else []
