"""A paper as a Word document: with answers listed in a table at its end, or without any."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from question_bank.answer_keys import LETTERS, letters
from question_bank.values import Image, Question

_PER_ROW = 10
_WIDTH = Cm(12)
_FONT = "Times New Roman"


def write(questions: Sequence[Question]) -> bytes:
    """The paper with level, source, explanation and a table of answers."""
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
        _table(document, body, questions)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Body:
    """Adds paragraphs to a document."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def add(self, *runs: tuple[str, bool], images: Sequence[Image] = ()) -> None:
        """A paragraph of texts, each bold or not, and pictures."""
        paragraph = self.document.add_paragraph()
        for text, bold in runs:
            run = paragraph.add_run(text)
            if bold:
                run.bold = True
        for image in images:
            try:
                paragraph.add_run().add_picture(io.BytesIO(image.data), width=_WIDTH)
            except (UnrecognizedImageError, ValueError, KeyError, ZeroDivisionError):
                paragraph.add_run(f"[{image.alt or image.name}]")


def _question(body: _Body, number: int, question: Question, *, with_answers: bool) -> None:
    of_wording = [image for image in question.images if image.choice is None]
    body.add((f"Câu {number}. ", True), (question.text, False), images=of_wording)
    for index, choice in enumerate(question.choices):
        pictures = [image for image in question.images if image.choice == index]
        text = " ".join(choice.text.split())
        body.add((f"{LETTERS[index]}. {text}", False), images=pictures)
    if with_answers:
        said = (("Mức độ", question.level), ("Nguồn", question.source), ("Giải thích", question.explanation))
        for label, content in said:
            if content:
                body.add((f"{label}: {content if label != 'Mức độ' else ' '.join(content.split())}", False))


def _table(document: Any, body: _Body, questions: Sequence[Question]) -> None:
    """Rows of numbers above rows of letters, ten questions a row."""
    body.add(("BẢNG ĐÁP ÁN", True))
    for start in range(0, len(questions), _PER_ROW):
        part = questions[start : start + _PER_ROW]
        table = document.add_table(rows=2, cols=len(part) + 1, style="Table Grid")
        rows = (
            ["Câu", *(str(start + place) for place in range(1, len(part) + 1))],
            ["Đáp án", *(letters(question.correct) for question in part)],
        )
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text)
        document.add_paragraph()
