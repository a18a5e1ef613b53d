"""Questions between the bank's rows and the values of question_bank. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.draw import pinned_places
from question_bank.folding import fold
from question_bank.values import Choice, Kind, Question


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


def keeps_its_place(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The choices that are not shuffled: pinned by hand, or saying something of the others."""
    return pinned_places(choices)


def search_words(question: Question) -> str:
    """What a search looks through: wording, choices, topic and source without marks and capitals."""
    parts = (question.text, *(choice.text for choice in question.choices), question.topic, question.source)
    return fold(" ".join(part for part in parts if part))
