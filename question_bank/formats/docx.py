"""Word documents (.docx): questions as people type them, keys by emphasis, answer lines or a table."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from question_bank import places
from question_bank.formats.lines.reading import read_lines
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Findings, Problem

if TYPE_CHECKING:
    from question_bank.formats.word.document import WordDocument

_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def sniff(source: Source) -> bool:
    """A zip file with a Word document inside."""
    return "word/document.xml" in source.members


def read(source: Source) -> Findings:
    """The questions of a Word document."""
    import docx

    from question_bank.formats.word.document import WordDocument

    refuse_declarations(source.data)
    document = WordDocument.of(docx.Document(io.BytesIO(source.data)))
    if is_unreadable(document.text):
        raise Refused(problem("broken-characters", places.FILE))
    findings = read_lines(document.blocks(), source.progress)
    return replace(findings, problems=(*_about_document(document), *findings.problems))


def refuse_declarations(data: bytes) -> None:
    """Word writes no document types; in XML from strangers they only serve attacks."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename.lower().endswith((".xml", ".rels")):
                content = archive.read(member)
                if any(word in content for word in _DECLARATIONS):
                    raise Refused(problem("unsafe-xml", places.FILE))


def _about_document(document: WordDocument) -> list[Problem]:
    problems = [problem("equation", place) for place in dict.fromkeys(document.formulas)]
    survey = document.survey
    if survey.lines:
        problems.append(problem("old-font", places.FILE, count=survey.lines, script=survey.named))
    return problems
