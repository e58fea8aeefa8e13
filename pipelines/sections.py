"""The six sections of a report (一、总体情况 … 六、其他需要报告的事项), cut at their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.text import squeeze

_NUMERALS = "一二三四五六七八九"
_HEADING = re.compile(rf"^([{_NUMERALS}])[、.,:](?!.*\d[件条份次])([^。;,]{{2,40}})。?$")
_END_OF_ARTICLE = re.compile(
    r"^(?:[\[【(]?(?:上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|信息|稿件)|扫一扫|版权所有|网站地图|联系我们|返回顶部|友情链接|附件下载|责任编辑)|"
    r"(?:政府)?网站(?:标识码|找错)|(?:主办|承办)(?:单位|方)?:|备案(?:号|序号|编号)|.ICP备|字体(?:大小)?[:(\[【]|分享(?:到|至|:|$)|"
    r"[\[【(]?(?:打印|关闭)(?:本页|此页|页面|文章|窗口|正文)?(?:$|[\]】)|]))"
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
    """The sections in reading order, up to the page's own furniture; headings count only in the order of their numbers.

    Of what stands before the first heading only the last paragraphs are kept, because a page's navigation stands there.
    Headings without a word between them, up to a second 一, are a list of contents.
    """
    opening: list[str] = []
    sections: list[Section] = []
    for line in lines:
        plain = squeeze(line)
        if heading := _HEADING.match(plain):
            number = _NUMERALS.index(heading[1]) + 1
            if number == 1 and not any(section.paragraphs for section in sections):
                sections.clear()
            if _STATUTORY.search(heading[2]) and number > (sections[-1].number if sections else 0):
                sections.append(Section(number, plain))
                continue
        if sections and _END_OF_ARTICLE.match(plain) and "。" not in plain:
            break
        (sections[-1].paragraphs if sections else opening).append(line)
    return [Section(0, "", opening[-3:]), *sections] if sections else []
