"""The paragraphs of a Word document, with the levels that its styles give to headings."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import docx

from question_bank import encodings, places
from question_bank.formats.docx import refuse_declarations
from question_bank.formats.word.document import Content, Table, WordDocument
from question_bank.formats.word.paragraphs import Paragraph as WordParagraph
from question_bank.legacy import Survey
from question_bank.passages.values import Paragraph
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Problem

# The head of a letter has names, a number, a place and a date.
_LETTERHEAD = 400


@dataclass(slots=True)
class _Counts:
    pictures: int = 0
    tables: int = 0


def read(source: Source) -> tuple[list[Paragraph], list[Problem]]:
    """The paragraphs and what there is to say of them; raises `Refused`."""
    refuse_declarations(source.data)
    document = WordDocument.of(docx.Document(io.BytesIO(source.data)))
    if is_unreadable(document.text):
        raise Refused(problem("broken-characters", places.FILE))
    counts = _Counts()
    paragraphs = list(_paragraphs(document.content, document.survey, counts))
    survey = document.survey
    problems = []
    if survey.lines:
        problems.append(problem("old-font", places.FILE, count=survey.lines, script=survey.named))
    if counts.pictures:
        problems.append(problem("document-pictures", places.FILE, count=counts.pictures))
    if counts.tables:
        problems.append(problem("document-tables", places.FILE, count=counts.tables))
    return paragraphs, problems


def _paragraphs(content: Sequence[Content], survey: Survey, counts: _Counts) -> Iterator[Paragraph]:
    for item in content:
        if isinstance(item, Table):
            yield from _table(item, survey, counts)
            continue
        counts.pictures += len(item.images)
        yield from _lines(item, survey)


def _lines(item: WordParagraph, survey: Survey) -> Iterator[Paragraph]:
    text = encodings.clean(survey.convert(item.text))
    if item.label and text.strip() and not text.lstrip().startswith(item.label):
        text = f"{item.label} {text.lstrip()}"
    bold = bool(text.strip()) and all(look.bold for part, look in item.texts if part.strip())
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip(), item.outline, is_bold=bold)


def _table(table: Table, survey: Survey, counts: _Counts) -> Iterator[Paragraph]:
    """Row by row; but one row with a whole text in it only lays that text out.

    One short row is the head or the foot of a letter: a line, whose capitals are no headings.
    """
    rows = [[list(_paragraphs(cell, survey, counts)) for cell in row] for row in table.rows]
    if len(rows) < 2 and sum(len(one.text) for row in rows for cell in row for one in cell) > _LETTERHEAD:
        yield from (one for row in rows for cell in row for one in cell)
        return
    counts.tables += len(rows) > 1
    for row in rows:
        cells = [" ".join(one.text for one in cell) for cell in row]
        if line := " | ".join(cell for cell in cells if cell):
            yield Paragraph(line)
