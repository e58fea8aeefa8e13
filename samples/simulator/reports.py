"""What a simulated report says: figures that follow from a seed and add up, in the statutory form of their year."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache

from samples import paper, pdf, word
from samples.content import Block, blocks
from samples.figures import Edition, Figures
from samples.forms import Cell, Table
from samples.render import NOTICE

FIRST_YEAR = 2019
"""Reports before this year have another form, which the simulator does not print."""
APPLICANTS = 6
OUTCOMES = ("granted", "partly_granted", "unavailable_not_held", "declined_petition", "declined_repeat")


def figures(seed: str, year: int) -> Figures:
    """The figures of one report; the same seed and year give the same figures.

    Raises ValueError for a year before the statutory form.
    """
    if year < FIRST_YEAR:
        raise ValueError(f"There is no statutory form for {year}: the simulator prints reports since {FIRST_YEAR}.")
    chance = random.Random(f"{seed} {year}")  # noqa: S311 - figures need to be the same again, not unforeseeable
    edition: Edition = "t2021" if year >= 2021 else "t2019"
    return Figures(
        source="invented",
        edition=edition,
        disclosure=_disclosure(chance, edition),
        requests=_requests(chance),
        disputes={"review": _parts(chance, 4), "lawsuit_direct": _parts(chance, 3)},
    )


def content(seed: str, year: int) -> list[Block]:
    """The report, block by block, without its title."""
    return blocks(figures(seed, year), year)


@lru_cache(maxsize=64)
def html(seed: str, year: int) -> str:
    """The report as the inside of a page."""
    return "\n".join(_markup(block) for block in content(seed, year))


def pdf_file(title: str, seed: str, year: int) -> bytes:
    """The report as a PDF with text."""
    return pdf.document(paper.lay_out(title, content(seed, year), NOTICE))


def scan_file() -> bytes:
    """A report as a PDF that is only a picture."""
    return pdf.scan()


def word_file(title: str, seed: str, year: int) -> bytes:
    """The report as a Word file."""
    return word.document(title, content(seed, year), NOTICE)


def _disclosure(chance: random.Random, edition: Edition) -> dict[str, str]:
    numbers = {"licensing_decisions": chance.randint(0, 9000), "penalty_decisions": chance.randint(0, 5000)}
    if edition == "t2021":
        issued, repealed = chance.randint(0, 9), chance.randint(0, 4)
        numbers |= {
            "normative_documents_issued": issued,
            "normative_documents_repealed": repealed,
            "normative_documents_in_force": issued + chance.randint(0, 80),
        }
    else:
        made = chance.randint(0, 9)
        numbers |= {
            "normative_documents_made": made,
            "normative_documents_newly_public": made,
            "normative_documents_total_public": made + chance.randint(0, 80),
        }
    return {metric: str(number) for metric, number in numbers.items()}


def _requests(chance: random.Random) -> dict[str, tuple[str, str, str, str, str, str, str]]:
    """The second table: what was received and carried in is what was handled and carried out, column by column."""
    received = [chance.randint(0, 120), *(chance.randint(0, 4) for _ in range(APPLICANTS - 1))]
    carried_in = [chance.randint(0, 5), 0, 0, 0, 0, 0]
    carried_out = [chance.randint(0, received[0] + carried_in[0]) // 8, 0, 0, 0, 0, 0]
    handled = [a + b - c for a, b, c in zip(received, carried_in, carried_out, strict=True)]
    outcomes: dict[str, list[int]] = {name: [0] * APPLICANTS for name in OUTCOMES}
    for column, number in enumerate(handled):
        for name in OUTCOMES[1:]:
            outcomes[name][column] = chance.randint(0, number // 5)
        outcomes["granted"][column] = number - sum(outcomes[name][column] for name in OUTCOMES[1:])
    rows = {
        "requests_received": received,
        "requests_carried_in": carried_in,
        **outcomes,
        "requests_handled": handled,
        "requests_carried_out": carried_out,
    }
    return {name: _printed(row) for name, row in rows.items()}


def _printed(row: list[int]) -> tuple[str, str, str, str, str, str, str]:
    one, two, three, four, five, six = map(str, row)
    return one, two, three, four, five, six, str(sum(row))


def _parts(chance: random.Random, most: int) -> tuple[str, str, str, str, str]:
    upheld, corrected, other, pending = (chance.randint(0, most) for _ in range(4))
    return str(upheld), str(corrected), str(other), str(pending), str(upheld + corrected + other + pending)


def _markup(block: Block) -> str:
    if block.kind == "table":
        return f'<table border="1" cellspacing="0" align="center"><tbody>{"".join(_rows(block.table))}</tbody></table>'
    return f"<p><strong>{block.text}</strong></p>" if block.kind == "heading" else f"<p>{block.text}</p>"


def _rows(table: Table) -> Iterator[str]:
    for row in table:
        yield f"<tr>{''.join(map(_cell, row))}</tr>"


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.cols}"' if cell.cols > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f'<td{spans}><p align="center">{cell.text.replace("|", "<br>")}</p></td>'
