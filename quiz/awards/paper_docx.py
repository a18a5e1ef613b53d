"""A paper as a Word file, to be edited by its readers. It names Times New Roman: their machine has it."""

import io
from copy import deepcopy
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from quiz.awards.heading import Style
from quiz.awards.paper_values import Paper, PaperSection, PaperTable

_FONT = "Times New Roman"
_ALIGN = {
    "l": WD_ALIGN_PARAGRAPH.LEFT,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "r": WD_ALIGN_PARAGRAPH.RIGHT,
}
# What a paragraph's properties have behind its borders.
_BEHIND_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
_HEAD = (72.0, 90.0)  # millimetres of the columns at the top
_WIDTH = 162.0  # millimetres between the margins


def paper_docx(paper: Paper) -> bytes:
    """The paper with margins, sizes and order as the decree says."""
    document: Any = Document()
    paper = paper.numbered
    _page(document)
    _style(document)
    if paper.kind:
        _head(document, paper)
        _line(document, paper.kind, bold=True, size=14, align="c", before=12)
    _line(document, paper.about, bold=True, size=13.5, align="c", after=0 if paper.kind else 10)
    if paper.kind and paper.about:
        _under(document, paper, 40, _WIDTH, "-----", after=10)
    for words in paper.opening:
        _paragraph(document, words)
    for place, section in enumerate(paper.sections, start=1):
        _section(document, section, f"{place}. " if paper.kind else "")
    if paper.closing:
        _paragraph(document, paper.closing)
    if paper.kind:
        _foot(document, paper)
    for annex in paper.annexes:
        document.add_page_break()
        _line(document, annex.title, bold=True, align="c")
        _line(document, paper.annexed, italic=True, align="c", after=6)
        for table in annex.tables:
            _table(document, table)
    return _saved(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = header.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13.5)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(name), _FONT)
    style.paragraph_format.space_after = Pt(6)


def _line(
    container: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 13.5,
    align: str = "l",
    before: float = 0,
    after: float = 0,
) -> None:
    if not text:
        return
    paragraph = container.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _paragraph(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _cells(document: Any, widths: tuple[float, ...]) -> list[Any]:
    """One row without lines: what stands beside each other. Its cells are empty of paragraphs."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):  # words as near to the edge as the lines below
        free = OxmlElement(side)
        free.set(qn("w:w"), "0")
        free.set(qn("w:type"), "dxa")
        margins.append(free)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    _columns(table, [Mm(width) for width in widths])
    cells = list(table.rows[0].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells


def _columns(table: Any, widths: list[Any]) -> None:
    """Word goes by the cells' widths, LibreOffice by those of the columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _head(document: Any, paper: Paper) -> None:
    heading = paper.heading
    left, right = _cells(document, _HEAD)
    _line(left, heading.superior, size=12, align="c")
    _line(left, heading.body, bold=True, size=12, align="c")
    _under(left, paper, 28, _HEAD[0], "*")
    _line(left, heading.number(paper.number, paper.mark), size=13, align="c")
    _line(right, heading.motto[0], bold=True, size=12, align="c")
    for words in heading.motto[1:]:
        _line(right, words, bold=True, size=13, align="c")
    _rule(right, 56 if len(heading.motto) > 1 else 62, _HEAD[1])
    _line(right, heading.place_and_day(paper.day), italic=True, size=13, align="c")


def _under(container: Any, paper: Paper, length: float, width: float, mark: str, after: float = 0) -> None:
    """What closes a name or title: a line, in the Party's papers a mark."""
    if paper.heading.style is Style.PARTY:
        _line(container, mark, bold=len(mark) > 1, align="c", after=after)
    else:
        _rule(container, length, width, after)


def _rule(container: Any, length: float, width: float, after: float = 0) -> None:
    """A line so many millimetres long in the middle of so many: the border of an empty paragraph."""
    paragraph = container.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((width - length) / 2)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after or 3), Pt(3)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "5"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_BEHIND_BORDERS)


def _foot(document: Any, paper: Paper) -> None:
    left, right = _cells(document, (81, 81))
    recipients = paper.heading.recipient_lines
    _line(left, "Nơi nhận:" if recipients else " ", bold=True, italic=True, size=12)
    for words in recipients:
        _line(left, f"- {words}", size=11)
    for words in paper.heading.lines_above_signature:
        _line(right, words, bold=True, align="c")
    _line(right, paper.signer or " ", bold=True, align="c", before=66)


def _section(document: Any, section: PaperSection, prefix: str) -> None:
    if section.title:
        _line(document, f"{prefix}{section.title}", bold=True, before=6, after=6)
        document.paragraphs[-1].paragraph_format.first_line_indent = Mm(10)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    for words in section.paragraphs:
        _paragraph(document, words)
    for table in section.tables:
        _table(document, table)


def _table(document: Any, table: PaperTable) -> None:
    _line(document, table.caption, italic=True, size=12.5, align="r", after=2)
    made = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    made.autofit = False
    unit = _WIDTH / sum(table.widths)
    widths = [Mm(width * unit) for width in table.widths]
    made.alignment = WD_TABLE_ALIGNMENT.CENTER  # else it stands out at the left by what a cell keeps free
    _columns(made, widths)
    _row(made.rows[0], table.heads, "c" * len(table.heads), widths, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    _rows(made, table, widths)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(row: Any, texts: tuple[str, ...], align: str, widths: list[Any], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, where, width in zip(row.cells, texts, align, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = _ALIGN[where]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(12)


def _rows(made: Any, table: PaperTable, widths: list[Any]) -> None:
    """The lines below the heads: the first is made, the others are copies of it with words of their own.

    To ask a table of python-docx for the cells of a row goes through all rows above it.
    """
    if not table.rows:
        return
    first = made.add_row()
    _row(first, table.rows[0], table.align, widths)
    for texts in table.rows[1:]:
        copied = deepcopy(first._tr)
        for run, text in zip(copied.iter(qn("w:r")), texts, strict=True):
            run.text = text
        made._tbl.append(copied)


def _saved(document: Any) -> bytes:
    """The file without a word of who made it with what."""
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.title = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
