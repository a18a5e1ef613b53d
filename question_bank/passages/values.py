"""Paragraphs of a file, the passages they make, and what reading a document gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from question_bank.values import Problem, Severity


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as plain text. `level`: the depth of a heading where the file gives it, 0 for a title."""

    text: str
    level: int | None = None
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is read and cited as one.

    `mark` counts from 1; `headings` are those above it, the outermost first; `text` has a line for each
    paragraph.
    """

    mark: int
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What reading a file gave. A refused file has no passages and an error that says why."""

    file: str
    format: str
    title: str = ""
    passages: tuple[Passage, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether there is nothing to save."""
        return not self.passages

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended before saving."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON values."""
        return {
            "file": self.file,
            "format": self.format,
            "title": self.title,
            "passages": [
                {"mark": one.mark, "headings": list(one.headings), "text": one.text} for one in self.passages
            ],
            "problems": [
                {
                    "severity": one.severity.value,
                    "code": one.code,
                    "place": one.place,
                    "message": one.message,
                    "mend": one.mend,
                }
                for one in self.problems
            ],
        }
