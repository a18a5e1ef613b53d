"""A paper as a Word document: with answers listed in tables at its end, or without any."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from question_bank.answer_keys import LETTERS, letters
from question_bank.values import Image, Question
from question_bank.writers.markup import plain

_PER_ROW = 10
_WIDTH = Cm(12)
_FONT = "Times New Roman"
_TABLE_HEAD = (
    f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/></w:tblPr>'
    "<w:tblGrid>{columns}</w:tblGrid></w:tbl>"
)


def write(questions: Sequence[Question]) -> bytes:
    """The paper with level, source, explanation and tables of answers."""
    return _saved(questions, with_answers=True)


def write_without_answers(questions: Sequence[Question]) -> bytes:
    """The paper as people get it: nothing in it says what is right."""
    return _saved(questions, with_answers=False)


def _saved(questions: Sequence[Question], *, with_answers: bool) -> bytes:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(3)
    body = _Body(document)
    # Where there are topics the first question says its own, even if it has none.
    topic = "" if any(question.topic for question in questions) else None
    for number, question in enumerate(questions, start=1):
        if with_answers and question.topic != topic:
            topic = question.topic
            body.add(("Chủ đề: ", False), (topic or "—", True))
        _question(body, number, question, with_answers=with_answers)
    if with_answers:
        _answers(body, questions)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Body:
    """Adds to the end of a document; python-docx's own methods look for that end anew each time."""

    def __init__(self, document: Any) -> None:
        self.parent = document._body
        self.end = document.element.body.sectPr

    def add(self, *runs: tuple[str, bool], images: Sequence[Image] = ()) -> None:
        """A paragraph of texts, each bold or not, and pictures."""
        element = _paragraph(runs)
        self.end.addprevious(element)
        paragraph = Paragraph(element, self.parent) if images else None
        for image in images:
            assert paragraph is not None
            try:
                shape = paragraph.add_run().add_picture(io.BytesIO(image.data), width=_WIDTH)
                shape._inline.docPr.set("descr", plain(image.alt))
            except (UnrecognizedImageError, ValueError, KeyError, ZeroDivisionError):
                # Never the file's name, which may tell the key on a paper without one.
                paragraph.add_run(f"[Hình: {plain(image.alt)}]" if image.alt else "[Hình]")

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table with a border."""
        table = parse_xml(_TABLE_HEAD.format(columns="<w:gridCol/>" * len(rows[0])))
        for texts in rows:
            row = OxmlElement("w:tr")
            for text in texts:
                cell = OxmlElement("w:tc")
                cell.append(_paragraph([(text, False)]))
                row.append(cell)
            table.append(row)
        self.end.addprevious(table)


def _paragraph(runs: Iterable[tuple[str, bool]]) -> Any:
    paragraph = OxmlElement("w:p")
    for text, bold in runs:
        run = OxmlElement("w:r")
        if bold:
            properties = OxmlElement("w:rPr")
            properties.append(OxmlElement("w:b"))
            run.append(properties)
        # Turns line ends and tabs into the elements that Word has for them.
        run.text = plain(text)
        paragraph.append(run)
    return paragraph


def _question(body: _Body, number: int, question: Question, *, with_answers: bool) -> None:
    of_wording = [image for image in question.images if image.choice is None]
    body.add((f"Câu {number}. ", True), (question.text, False), images=of_wording)
    for index, choice in enumerate(question.choices):
        pictures = [image for image in question.images if image.choice == index]
        text = " ".join(choice.text.split())
        body.add((f"{LETTERS[index]}. {text}", False), images=pictures)
    if with_answers:
        level = " ".join((question.level or "").split())
        for label, said in (
            ("Mức độ", level),
            ("Nguồn", question.source),
            ("Giải thích", question.explanation),
        ):
            if said:
                body.add((f"{label}: {said}", False))


def _answers(body: _Body, questions: Sequence[Question]) -> None:
    """Rows of numbers above rows of letters, ten questions a table."""
    body.add(("BẢNG ĐÁP ÁN", True))
    for start in range(0, len(questions), _PER_ROW):
        part = questions[start : start + _PER_ROW]
        numbers = (str(start + place) for place in range(1, len(part) + 1))
        keys = (letters(question.correct) for question in part)
        body.add_table((["Câu", *numbers], ["Đáp án", *keys]))
        body.add()
