"""The paragraphs of a PDF file that has text. The file is read in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from question_bank import encodings, limits, places
from question_bank.legacy import Survey
from question_bank.passages.printed import PrintedLine, paragraphs_of_pages
from question_bank.passages.values import Paragraph
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Problem

_WORKER = Path(__file__).with_name("pdf_worker.py")
# A page with fewer signs is a picture with a page number, or empty.
_FEW = 15
_LISTED = 12


def read(source: Source) -> tuple[list[Paragraph], list[Problem]]:
    """The paragraphs and what there is to say of them; raises `Refused`."""
    pages = _pages(source.data)
    empty = [number for number, page in enumerate(pages, start=1) if _signs(page) < _FEW]
    if len(empty) == len(pages):
        raise Refused(problem("pdf-without-text", places.FILE))
    if is_unreadable("\n".join(line.text for page in pages for line in page)):
        raise Refused(problem("pdf-broken-characters", places.FILE))
    survey = Survey.of([line.text for page in pages for line in page])
    converted = [[line.reading(survey.convert(line.text)) for line in page] for page in pages]
    problems = [problem("pdf-lines-joined", places.FILE)]
    if survey.lines:
        problems.append(problem("old-font", places.FILE, count=survey.lines, script=survey.named))
    if empty:
        listed = ", ".join(map(str, empty[:_LISTED])) + ("…" if len(empty) > _LISTED else "")
        problems.append(problem("pdf-pages-without-text", places.FILE, count=len(empty), pages=listed))
    return paragraphs_of_pages(converted), problems


def _signs(page: list[PrintedLine]) -> int:
    return sum(1 for line in page for character in line.text if not character.isspace())


def _pages(data: bytes) -> list[list[PrintedLine]]:
    """The lines of each page; raises `Refused` when the file is damaged, locked, or too much."""
    bounds = (limits.PDF_MEMORY_BYTES, limits.MAX_PDF_PAGES, limits.MAX_DOCUMENT_CHARACTERS)
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, numbers as arguments
            [sys.executable, "-I", str(_WORKER), *map(str, bounds)],
            input=data,
            capture_output=True,
            timeout=limits.PDF_SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Refused(problem("pdf-took-too-long", places.FILE)) from error
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Refused(problem("corrupt-file", places.FILE)) from error
    if "trouble" in answer:
        raise Refused(
            problem(answer["trouble"], places.FILE, count=answer.get("count"), limit=limits.MAX_PDF_PAGES)
        )
    return [[_line(found) for found in page] for page in answer["pages"]]


def _line(found: list[Any]) -> PrintedLine:
    text, size, weight, top, bottom = found
    return PrintedLine(encodings.clean(text), float(size), int(weight), float(top), float(bottom))
