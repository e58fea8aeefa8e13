"""PDF files written byte by byte: pages of Chinese text and lines, and a scan, which is only a picture."""

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
"""A4 in points."""

# Every reader supplies STSong-Light with UniGB-UCS2-H itself (ISO 32000-1, 9.7.5.2), so no font is embedded. The
# characters of ASCII are numbers 1 to 95 of its collection and half as wide as the others.
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)
_TEXT_RESOURCES = b"<< /Font << /F1 3 0 R >> >>"
_PICTURE_RESOURCES = b"<< /XObject << /Im1 3 0 R >> >>"
_DOTS = (248, 351)  # of the scan, across and down: thirty to an inch


def document(pages: Sequence[str]) -> bytes:
    """The pages with these drawing operators, the same bytes every time; the font of all text is ``/F1``."""
    return _file(_FONT, _TEXT_RESOURCES, pages)


def text(x: float, y: float, size: float, line: str) -> str:
    """The operators that print a line with its left end at ``x`` and its foot ``y`` points above the page's."""
    return f"BT /F1 {size:g} Tf {x:.2f} {y:.2f} Td <{line.encode('utf-16-be').hex()}> Tj ET"


def box(x: float, y: float, width: float, height: float) -> str:
    """The operators that draw a frame; ``x`` and ``y`` are its lower left corner."""
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S"


def scan() -> bytes:
    """One page that is only a picture: a page with a table as a scanner sees it, without any text."""
    across, down = _DOTS
    bits = b"".join(_row_of_dots(y) for y in range(down))
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Length %d >>\nstream\n%b\nendstream" % (across, down, len(bits), bits)
    )
    return _file((picture,), _PICTURE_RESOURCES, [f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do"])


def _row_of_dots(y: int) -> bytes:
    """A row of the scan, eight dots a byte, paper white (1): bars for lines of text, and a table of rules."""
    across, _ = _DOTS
    return bytes(sum((not _is_ink(left + dot, y)) << (7 - dot) for dot in range(8)) for left in range(0, across, 8))


def _is_ink(x: int, y: int) -> bool:
    if 120 <= y <= 300 and 24 <= x <= 224:
        is_rule = (y - 120) % 12 == 0 or (x - 24) % 40 == 0
        return is_rule or (5 <= (y - 120) % 12 <= 7 and 15 <= (x - 24) % 40 <= 25)
    is_title = 24 <= y <= 30 and 64 <= x <= 184
    return is_title or (48 <= y <= 108 and y % 12 < 3 and 24 <= x <= 224)


def _file(shared: Sequence[bytes], resources: bytes, pages: Sequence[str]) -> bytes:
    """A file whose objects are the catalogue, the page tree, the shared ones, then each page and what it draws."""
    first = 3 + len(shared)
    kids = b" ".join(b"%d 0 R" % number for number in range(first, first + 2 * len(pages), 2))
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, *shared]
    for page in pages:
        content = page.encode("ascii")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources %b /Contents %d 0 R >>"
            % (WIDTH, HEIGHT, resources, len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, entries)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer
