"""Files that an article shows or offers in other ways than by a link that ends in their kind.

The reading knows the plain links; here are viewers, embedded files, and the download services of the platforms.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from crawler.links import join
from pipelines.readers.encoding import decode

FILE = r"""[^"'<>\s]{1,500}?\.(?:pdf|docx?|wps|xlsx?|et|rtf|odt|ofd)"""
VIEWERS = re.compile(r"""viewer\.html\?file=([^"'&<>\s]+)""", re.IGNORECASE)  # pdf.js takes its file quoted
SHAPES = [
    rf"""<(?:embed|object|iframe)\b[^>]{{0,500}}?\b(?:src|data)=["']({FILE}(?:[?#][^"']*)?)["']""",
    r"""\bdata-pdf=["']([^"']+)""",
    rf"""window\.open\(\s*["']({FILE})["']""",
    r"""href=["']([^"']{0,500}(?:/downfile\.jsp\?|/download\.jsp\?|/OpennessContent/download/)[^"']{0,500})""",
]
OTHERS = [re.compile(shape, re.IGNORECASE) for shape in SHAPES]


def shown_files(url: str, body: bytes) -> list[str]:
    """The addresses of such files on a page, each once; none of what is no HTML."""
    if body.lstrip()[:1] != b"<":
        return []
    source = decode(body).text
    viewed = [unquote(address) for address in VIEWERS.findall(source)]
    others = [html.unescape(address) for shape in OTHERS for address in shape.findall(source)]
    plain = [address for address in others if not VIEWERS.search(address)]
    return [joined for joined in dict.fromkeys(join(url, address) for address in (*viewed, *plain)) if joined]
