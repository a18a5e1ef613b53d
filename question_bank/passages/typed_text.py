"""The paragraphs of a plain text file, whatever font or encoding it was typed in."""

from __future__ import annotations

import re

from question_bank.formats import typed
from question_bank.passages.joining import is_narrow, paragraphs_of
from question_bank.passages.values import Paragraph
from question_bank.source import Source
from question_bank.values import Problem

_BREAKS = re.compile(r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read(source: Source) -> tuple[list[Paragraph], list[Problem]]:
    """The paragraphs and what there is to say of them; raises `Refused`.

    A line is a paragraph, unless the lines were broken at a width.
    """
    text = typed.readable_text_of(source)
    lines = _BREAKS.split(text.text)
    paragraphs = paragraphs_of(lines) if is_narrow(lines) else [line.strip() for line in lines]
    return [Paragraph(paragraph) for paragraph in paragraphs if paragraph], list(text.problems)
