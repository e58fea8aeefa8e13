"""Habits of page makers: markup in the cell of a figure that a browser shows otherwise than its text reads.

Behind ``READABLE`` the figure is still plain to see. Behind ``DOUBTFUL`` it is not, or other digits stand beside it:
then no value may be read.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.layouts.form import Draft, Slot

READABLE = {
    "hidden_with_blanks": "{}<span style='display : none'>9</span>",
    "hidden_in_capitals": "<SPAN STYLE='DISPLAY:NONE;COLOR:RED'>9</SPAN>{}",
    "hidden_by_visibility": "{}<b style='visibility:hidden'>9</b>",
    "hidden_by_a_class_of_another_way": "{}<style>.gone{visibility:hidden}</style><b class=gone>9</b>",
    "hidden_by_attribute": "{}<b hidden>9</b>",
    "hidden_by_a_class": "{}<style>.ghost{display:none}</style><b class='x ghost'>9</b>",
    "script_in_a_cell": "{}<script>document.write(9)</script>",
    "template_in_a_cell": "<template>9</template>{}",
    "inserted": "<ins>{}</ins>",
    "white_on_blue": "<style>.blue{background:#036;color:#fff}</style><b class=blue>{}</b>",
    "picture_to_keep_apart": "{}<img src=dot.gif width=1 height=1>",
    "input_in_a_cell": "<input type=text readonly value='{}'>",
    "text_area_in_a_cell": "<textarea>{}</textarea>",
    "hidden_input_in_a_cell": "{}<input type=hidden value=9>",
    "selected_in_a_cell": "<select><option>9</option><option selected>{}</option></select>",
}
DOUBTFUL = {
    "note_above": "{}<sup>1</sup>",
    "circled_note": "{}①",
    "note_raised_by_style": "{}<span style='vertical-align: super'>1</span>",
    "note_raised_by_a_class": "{}<style>.up{vertical-align:super}</style><b class=up>1</b>",
    "note_raised_by_a_word_processor": "{}<span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>1</span>",
    "note_in_small_letters": "{}<span style='font-size:6.5pt'>1</span>",
    "note_linked": "{}<a href='#_ftn1'>1</a>",
    "note_above_as_in_ruby": "<ruby>{}<rt>1</rt></ruby>",
    "struck_by_a_class": "{}<style>.old{text-decoration:line-through}</style><b class=old>3</b>",
    "of_a_class_unknown": "{}<span class=note>1</span>",
    "white_on_white": "{}<span style='color:#FFFFFF'>5</span>",
    "struck_figure_in_front": "<del>3</del>{}",
    "struck_by_style": "{}<span style='text-decoration:line-through'>3</span>",
    "picture_beside": "{}<img src=5.gif>",
    "hidden_from_some": "{}<span aria-hidden=true>5</span>",
    "hidden_from_a_word_processor": "{}<span style='mso-hide:all'>5</span>",
    "of_no_size": "{}<span style='font-size:0'>5</span>",
    "of_no_size_in_short": "{}<span style='font:0/1 a'>5</span>",
    "of_no_colour": "{}<span style='color:transparent'>5</span>",
    "box_to_tick": "{}<input type=checkbox>",
}
FIGURES = 4  # of a report that are dressed


def dress(draft: Draft, markup: str) -> list[Slot]:
    """Put markup round some figures of a draft and give their cells."""
    slots = draft.rng.sample([slot for slot in draft.values() if slot.text], FIGURES)
    for slot in slots:
        slot.markup = markup
    return slots


def _habit(markup: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        dress(draft, markup)

    return change


HABITS = {name: _habit(markup) for name, markup in READABLE.items()}
