"""The sheet of answers as it travels: one small JSON object, checked before it touches anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

MOST_QUESTIONS = 500
MOST_CHOICES = 26
MOST_PREDICTION = 32


class SheetInvalid(ValueError):
    """The sheet does not have the agreed form; `code` says in which respect."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers by question (places on the paper from 1), each a tuple of choices (places as shown, from 1)."""

    revision: int
    answers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    flags: tuple[int, ...] = ()
    prediction: str | None = None

    def stored_answers(self) -> dict[str, list[int]]:
        """Answers as kept in the row: text keys in ascending order, so that equal sheets are equal bytes."""
        return {str(place): list(self.answers[place]) for place in sorted(self.answers)}

    def as_json(self) -> dict[str, object]:
        """The form of the protocol."""
        return {
            "revision": self.revision,
            "answers": self.stored_answers(),
            "flags": list(self.flags),
            "prediction": self.prediction,
        }

    def same_content(self, other: "Sheet") -> bool:
        """Whether both say the same, revision included."""
        return self.as_json() == other.as_json()


def parse_sheet(data: object) -> Sheet:
    """The sheet in a decoded JSON body. Unknown keys are ignored. Raises SheetInvalid."""
    if not isinstance(data, Mapping):
        raise SheetInvalid("not_an_object")
    revision = data.get("revision")
    if not _is_int(revision) or not 1 <= revision <= 1_000_000:
        raise SheetInvalid("revision")
    return Sheet(
        revision=revision,
        answers=_answers(data.get("answers", {})),
        flags=_flags(data.get("flags", [])),
        prediction=_prediction(data.get("prediction")),
    )


def stored_sheet(
    revision: int, answers: Mapping[str, list[int]], flags: list[int], prediction: str | None
) -> Sheet:
    """The sheet in an attempt's columns."""
    return Sheet(
        revision, {int(place): tuple(chosen) for place, chosen in answers.items()}, tuple(flags), prediction
    )


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _answers(data: object) -> dict[int, tuple[int, ...]]:
    if not isinstance(data, Mapping) or len(data) > MOST_QUESTIONS:
        raise SheetInvalid("answers")
    answers = {}
    for key, value in data.items():
        place = int(key) if isinstance(key, str) and key.isascii() and key.isdigit() else 0
        if not 1 <= place <= MOST_QUESTIONS or not isinstance(value, list) or len(value) > MOST_CHOICES:
            raise SheetInvalid("answers")
        if not all(_is_int(choice) and 1 <= choice <= MOST_CHOICES for choice in value):
            raise SheetInvalid("answers")
        if value:
            answers[place] = tuple(sorted(set(value)))
    return answers


def _flags(data: object) -> tuple[int, ...]:
    if not isinstance(data, list) or len(data) > MOST_QUESTIONS:
        raise SheetInvalid("flags")
    if not all(_is_int(place) and 1 <= place <= MOST_QUESTIONS for place in data):
        raise SheetInvalid("flags")
    return tuple(sorted(set(data)))


def _prediction(data: object) -> str | None:
    if data is None or data == "":
        return None
    if not isinstance(data, str) or len(data) > MOST_PREDICTION:
        raise SheetInvalid("prediction")
    return data.strip() or None
