"""The values that every reader makes and every writer, check and draw takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

MIN_CHOICES = 2
MAX_CHOICES = 8
MAX_LANGUAGE = 20


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"


class Severity(StrEnum):
    """Whether a problem stops the question from being imported."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered; `weight` is a share of the mark (1.0 = all of it) where the file gives one."""

    text: str
    pinned: bool = False
    feedback: str | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a question's wording, or of the choice with index `choice`.

    `digest` (hex SHA-256) stands for the bytes where they are stored elsewhere and were not loaded.
    """

    name: str
    media_type: str
    data: bytes
    alt: str = ""
    choice: int | None = None
    digest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in the source a question's answer stands.

    `where` is a chapter, article or page; `quote` the source's own words; `passage` is "slug/mark" of a
    passage of a document that was loaded (the mark never changes while the document lives).
    """

    where: str | None = None
    link: str | None = None
    quote: str | None = None
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in another language (a tag such as "en"); choices in the order of the question's own."""

    language: str
    text: str
    choices: tuple[str, ...]
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a valid key.

    `number` is unique within a report. `correct` holds 0-based indexes into `choices`, ascending.
    `key_from` says how the key was found ("column", "bold", "answer line", "table" ...).
    """

    number: str
    place: str
    kind: Kind
    text: str
    choices: tuple[Choice, ...]
    correct: tuple[int, ...]
    key_from: str
    topic: str | None = None
    level: str | None = None
    source: str | None = None
    explanation: str | None = None
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()
    citation: Citation | None = None
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was understood of a question that cannot be taken as it stands, so that a person can mend it.

    `excerpt` holds the file's own words; `choices` and `correct` may be empty.
    """

    number: str
    place: str
    text: str
    excerpt: str
    choices: tuple[Choice, ...] = ()
    correct: tuple[int, ...] = ()
    topic: str | None = None
    level: str | None = None
    source: str | None = None
    explanation: str | None = None
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an organiser has to know, where it is, and how to mend it (in Vietnamese).

    `values` are what the message was filled with, by name.
    """

    severity: Severity
    code: str
    place: str
    number: str | None
    message: str
    mend: str
    values: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two questions, by number, that are the same or nearly the same (1.0 = equal wording)."""

    a: str
    b: str
    likeness: float
    same_key: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What one reader found; `skipped` counts question types that are not supported.

    `drafts` are the questions that have an error, one for each number.
    """

    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    drafts: tuple[Draft, ...] = ()
    as_typed: Mapping[str, Question] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known about a file after reading it. Nothing has been saved.

    `as_typed` holds, by number, questions converted from an old font in the letters that the file has.
    """

    file: str
    format: str
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    duplicates: tuple[Likeness, ...] = ()
    drafts: tuple[Draft, ...] = ()
    as_typed: Mapping[str, Question] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def refused(self) -> bool:
        """Whether no question at all could be read."""
        return not self.questions

    @property
    def has_errors(self) -> bool:
        """Whether an all-or-nothing import has to stop."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def importable(self) -> tuple[Question, ...]:
        """The questions that may be taken without the rest.

        Of a question that stands twice the first; of two with contradicting keys neither, because
        taking one would be deciding between them.
        """
        troubled = {problem.place for problem in self.problems if problem.severity is Severity.ERROR}
        disputed = {
            number
            for pair in self.duplicates
            if pair.likeness == 1 and not pair.same_key
            for number in (pair.a, pair.b)
        }
        return tuple(
            question
            for question in self.questions
            if question.place not in troubled and question.number not in disputed
        )

    def as_json(self) -> dict[str, Any]:
        """The report in the documented form of `flask bank read --json`."""
        return {
            "file": self.file,
            "format": self.format,
            "questions": [_question_json(question) for question in self.questions],
            "problems": [_problem_json(problem) for problem in self.problems],
            "skipped": dict(self.skipped),
            "duplicates": [
                {"a": pair.a, "b": pair.b, "likeness": pair.likeness, "same_key": pair.same_key}
                for pair in self.duplicates
            ],
        }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "number": question.number,
        "place": question.place,
        "kind": question.kind.value,
        "text": question.text,
        "choices": [choice.text for choice in question.choices],
        "correct": list(question.correct),
        "key_from": question.key_from,
        "topic": question.topic,
        "level": question.level,
        "source": question.source,
        "explanation": question.explanation,
        "images": len(question.images),
    }


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "place": problem.place,
        "number": problem.number,
        "message": problem.message,
        "mend": problem.mend,
    }
