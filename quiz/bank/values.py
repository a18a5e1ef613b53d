"""Questions between the bank's rows and the values of question_bank. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from question_bank.draw import pinned_places
from question_bank.folding import fold
from question_bank.values import Choice, Citation, Kind, Question, Translation
from quiz.bank.states import Note

ENOUGH_DRAWN = 30  # papers, before a share of right answers says something of a question
_PICTURE_FIELDS = ("digest", "extension", "name", "alt", "width", "height", "choice")


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A stored picture of a question: of its wording, or of the choice with the 0-based index `choice`.

    `digest` is the hex SHA-256 of the picture's bytes, `extension` that of its address ("png").
    `name` is the file's: it may tell the key ("dap-an-dung.png"), so entrants never see it.
    """

    digest: str
    extension: str
    name: str
    alt: str
    width: int
    height: int
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision as papers, reviews and marking use it. `correct` and `pinned` are 0-based."""

    id: int
    kind: Kind
    text: str
    choices: tuple[str, ...]
    correct: tuple[int, ...]
    pinned: tuple[int, ...]
    topic: str | None
    level: str | None
    source: str | None
    explanation: str | None
    question_id: int
    pictures: tuple[PictureRef, ...] = ()
    tags: tuple[str, ...] = ()
    citation: Citation | None = None
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of a question's history; `person` is empty for commands, `revision` the wording's number."""

    kind: Note
    text: str | None
    person: str
    staff_id: int | None
    revision: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundUsage:
    """How often a question stood on the papers of one round, and how often it was answered right."""

    question_id: int
    contest_id: int
    round_number: int
    contest_slug: str
    round_name: str
    drawn: int
    right_count: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How a question has been used so far, and in which rounds, the newest contest first."""

    drawn: int = 0
    right_count: int = 0
    rounds: tuple[RoundUsage, ...] = ()

    @property
    def facility(self) -> float | None:
        """The share of right answers; None where the question has been drawn too seldom to say."""
        return self.right_count / self.drawn if self.drawn >= ENOUGH_DRAWN else None


def stored_choices(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """Choices as a revision keeps them; what a choice has not is left out."""
    fields = ("text", "pinned", "feedback", "weight")
    stored = [{name: getattr(choice, name) for name in fields} for choice in choices]
    return [
        {name: value for name, value in one.items() if value is not None and value is not False}
        for one in stored
    ]


def loaded_choices(stored: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """What `stored_choices` kept."""
    return tuple(
        Choice(
            text=one["text"],
            pinned=one.get("pinned", False),
            feedback=one.get("feedback"),
            weight=one.get("weight"),
        )
        for one in stored
    )


def stored_citation(citation: Citation | None) -> dict[str, str] | None:
    """A citation as a revision keeps it; None where it says nothing."""
    if citation is None:
        return None
    fields = {name: getattr(citation, name) for name in ("where", "link", "quote", "passage")}
    return {name: value for name, value in fields.items() if value} or None


def loaded_citation(stored: Mapping[str, str] | None) -> Citation | None:
    """What `stored_citation` kept."""
    return Citation(**stored) if stored else None


def stored_translations(translations: Sequence[Translation]) -> dict[str, dict[str, Any]] | None:
    """Translations by language as a revision keeps them; None where there are none."""
    return {
        one.language: {"text": one.text, "choices": list(one.choices)}
        | ({"explanation": one.explanation} if one.explanation else {})
        for one in translations
    } or None


def loaded_translations(stored: Mapping[str, Mapping[str, Any]] | None) -> tuple[Translation, ...]:
    """What `stored_translations` kept."""
    return tuple(
        Translation(language, one["text"], tuple(one["choices"]), one.get("explanation"))
        for language, one in (stored or {}).items()
    )


def stored_pictures(pictures: Sequence[PictureRef]) -> list[dict[str, Any]] | None:
    """Which pictures a revision shows; None where it has none."""
    stored = [{name: getattr(one, name) for name in _PICTURE_FIELDS} for one in pictures]
    return [{name: value for name, value in one.items() if value is not None} for one in stored] or None


def loaded_pictures(stored: Sequence[Mapping[str, Any]] | None) -> tuple[PictureRef, ...]:
    """What `stored_pictures` kept."""
    return tuple(PictureRef(**one) for one in stored or ())


def keeps_its_place(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The choices that are not shuffled: pinned by hand, or saying something of the others."""
    return pinned_places(choices)


def search_words(question: Question) -> str:
    """What a search looks through: wording, choices, topic, tags and source without marks and capitals."""
    parts = (
        question.text,
        *(choice.text for choice in question.choices),
        question.topic,
        question.source,
        *question.tags,
    )
    return fold(" ".join(part for part in parts if part))
