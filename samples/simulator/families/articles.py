"""What is behind a row of a list: a report on its page or in a file, or something else."""

from __future__ import annotations

from urllib.parse import quote

from samples.render import WORD_TYPE
from samples.simulator import reports
from samples.simulator.portal import Row
from samples.simulator.wire import Ask, Reply


def attachment(row: Row) -> str:
    """The file name of the attachment of a row, beside its page."""
    return f"P0{row.published_on:%Y%m%d}401880762114.{'docx' if row.is_a == 'docx' else 'pdf'}"


def tags_of(row: Row) -> dict[str, str]:
    """The statutory tags of an article."""
    return {"ArticleTitle": row.title, "PubDate": f"{row.published_on} 10:12", "ContentSource": row.issuer}


def text_of(row: Row, night: int) -> str:
    """The inside of the page behind a row."""
    if row.is_a in ("report", "cut"):
        return reports.html(row.seed(night), row.year or reports.FIRST_YEAR)
    if row.is_a == "other":
        return f"<p>{'本页是样例文章，不含任何数据。' * 12}</p>"
    name = attachment(row)
    return f'<p>附件：<a href="./{quote(name)}">{row.title}.{name.rpartition(".")[2]}</a></p>'


def file_of(row: Row, ask: Ask) -> Reply:
    """The attachment of a row."""
    if row.is_a == "scan":
        return Reply(reports.scan_file(), media_type="application/pdf", tagged=True)
    seed, year = row.seed(ask.night), row.year or reports.FIRST_YEAR
    if row.is_a == "docx":
        return Reply(reports.word_file(row.title, seed, year), media_type=WORD_TYPE, tagged=True)
    return Reply(reports.pdf_file(row.title, seed, year), media_type="application/pdf", tagged=True)


def broken_off(reply: Reply) -> Reply:
    """A page of which only the first half comes."""
    return reply.but(body=reply.body[: len(reply.body) // 2], declared=len(reply.body), tagged=False)
