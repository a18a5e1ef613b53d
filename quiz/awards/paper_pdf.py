"""A paper as PDF."""

from typing import Any

from quiz.awards.heading import Style
from quiz.awards.paper_values import Paper, PaperSection
from quiz.awards.typesetting import pdf_of

PDF = "application/pdf"


def paper_pdf(paper: Paper) -> bytes:
    """The paper with pages to turn, tables whose heads come again on every page."""
    heading, paper = paper.heading, paper.numbered
    return pdf_of(
        "paper.typ",
        {
            "title": paper.about or paper.kind,
            "kind": paper.kind,
            "about": paper.about if paper.kind else "",
            "superior": heading.superior,
            "body": heading.body,
            "motto": list(heading.motto),
            "party": heading.style is Style.PARTY,
            "annexed": paper.annexed,
            "number": heading.number(paper.number, paper.mark),
            "day": heading.place_and_day(paper.day),
            "opening": list(paper.opening),
            "sections": [_section(one) for one in paper.sections],
            "closing": paper.closing,
            "recipients": list(heading.recipient_lines),
            "signing": list(heading.lines_above_signature),
            "signer": paper.signer,
            "annexes": [_section(one) for one in paper.annexes],
        },
    )


def _section(section: PaperSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "paragraphs": list(section.paragraphs),
        "tables": [
            {
                "caption": table.caption,
                "heads": list(table.heads),
                "align": list(table.align),
                "widths": list(table.widths),
                "rows": [list(row) for row in table.rows],
            }
            for table in section.tables
        ],
    }
