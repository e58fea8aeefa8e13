"""A PDF gives what a person sees of it: no text that a program recognised in a picture, and no figure of two things."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.readers import Reason, Unreadable, read_document

INVISIBLE = 3  # text rendering mode
FILLED = {"stroke": 0, "fill": 1}
Draw = Callable[[Canvas], object]


def paper(*pages: Draw) -> bytes:
    """A PDF of these pages."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_of(*pages: Draw) -> str:
    return "".join(read_document(paper(*pages)).paragraphs())


def picture(canvas: Canvas, share: float = 1.0) -> None:
    """A grey picture over this share of the page, from above."""
    width, height = A4
    grey = ImageReader(Image.new("L", (8, 8), 200))
    canvas.drawImage(grey, 0, height * (1 - share), width, height * share)


def recognised(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "runningtext 1284", mode=INVISIBLE)


def printed(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "runningtext")


def test_a_page_with_nothing_on_it_is_no_print():
    with pytest.raises(Unreadable) as error:
        read_document(paper(lambda canvas: None))

    assert error.value.reason is Reason.SCAN


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: (picture(canvas), recognised(canvas)),
        lambda canvas: (recognised(canvas), picture(canvas)),
        lambda canvas: (picture(canvas), printed(canvas)),
        lambda canvas: (picture(canvas, 0.6), recognised(canvas)),
        recognised,
    ],
    ids=["over the picture", "under the picture", "painted over it", "most of a page", "nothing but invisible text"],
)
def test_what_a_program_recognised_in_a_picture_is_no_print(draw: Draw):
    with pytest.raises(Unreadable) as error:
        read_document(paper(draw))

    assert error.value.reason is Reason.SCAN


def test_of_a_paper_with_one_scanned_page_the_others_are_read():
    document = read_document(paper(printed, lambda canvas: (picture(canvas), recognised(canvas))))

    assert "".join(document.paragraphs()) == "runningtext"
    assert document.pictures == ["#page=2"]


def test_a_picture_on_a_part_of_a_page_makes_it_no_scan():
    assert text_of(lambda canvas: (picture(canvas, 0.2), printed(canvas))) == "runningtext"


def with_figure(draw: Draw) -> Draw:
    """A page with a line of text, and 1256 below it with whatever is drawn beside it from x = 86 and y = 600."""
    return lambda canvas: (printed(canvas), canvas.drawRightString(85.3, 600, "1256"), draw(canvas))


def white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(86, 600, "9")


def painted_over(canvas: Canvas) -> None:
    canvas.drawString(86, 600, "9")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(85.5, 598, 10, 14, **FILLED)


@pytest.mark.parametrize(
    ("draw", "text"),
    [
        (lambda canvas: None, "1256"),
        (lambda canvas: canvas.drawString(86, 600, "9", mode=INVISIBLE), "1256⟦9⟧"),
        (white, "1256⟦9⟧"),
        (painted_over, "1256⟦9⟧"),
        (lambda canvas: (canvas.drawString(86, 600, "9"), canvas.line(86, 604, 92, 604)), "12569̶"),
        (lambda canvas: (canvas.drawString(86, 600, "9"), canvas.rect(86, 603.5, 6, 0.6, **FILLED)), "12569̶"),
        (lambda canvas: canvas.drawString(86, 603, "9"), "1256⁹"),
        (lambda canvas: (canvas.setFont("Helvetica", 10), canvas.drawString(86, 604, "9")), "1256⁹"),
    ],
    ids=["alone", "never painted", "white", "painted over", "struck", "struck by Word", "raised", "raised and smaller"],
)
def test_what_is_not_plainly_a_digit_of_the_figure_is_marked(draw: Draw, text: str):
    assert text_of(with_figure(draw)) == f"runningtext{text}"


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: canvas.line(70, 598, 100, 598),
        lambda canvas: canvas.line(70, 610, 100, 610),
        lambda canvas: (canvas.setFillGray(1), canvas.rect(110, 598, 10, 14, **FILLED)),
    ],
    ids=["underlined", "a line above", "white paint elsewhere"],
)
def test_lines_beside_a_figure_leave_it_a_figure(draw: Draw):
    assert text_of(with_figure(draw)) == "runningtext1256"


def test_white_on_dark_and_what_is_printed_on_white_paint_are_seen():
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(70, 598, 40, 14, **FILLED)
        canvas.setFillGray(0)
        canvas.drawString(72, 600, "1256")
        canvas.rect(70, 568, 40, 14, **FILLED)
        canvas.setFillGray(1)
        canvas.drawString(72, 570, "3478")

    assert text_of(lambda canvas: (printed(canvas), draw(canvas))) == "runningtext12563478"
