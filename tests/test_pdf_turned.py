"""Pages of a PDF whose text lies on its side are read as if they stood upright."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers import read_document

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
HEADS = ["信息内容", "本年制发件数"]
SHEETS = [[HEADS, ["规章", "12"]], [HEADS, ["行政规范性文件", "245"]]]


def sideways(degrees: int) -> bytes:
    """A title and a table along the long side of two sheets, whose numbers are printed along the short side."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number, rows in enumerate(SHEETS, 1):
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(WIDTH / 2, 30, f"- {number} -")
        canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[degrees])
        canvas.rotate(degrees)
        if number == 1:
            canvas.drawString(100, 560, "二、主动公开政府信息情况")
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                canvas.rect(100 + 150 * c, 500 - 40 * r, 150, 40)
                canvas.drawCentredString(175 + 150 * c, 515 - 40 * r, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_turned_until_its_text_stands_upright(degrees: int):
    document = read_document(sideways(degrees))

    [grid] = document.grids()
    assert [[cell.text for cell in grid.own(r)] for r in range(3)] == [*SHEETS[0], SHEETS[1][1]]
    assert "".join(document.paragraphs()) == "二、主动公开政府信息情况"
