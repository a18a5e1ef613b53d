"""What every question needs, whatever format it came in: wording, enough choices, no two the same."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank import limits
from question_bank.answer_keys import LETTERS
from question_bank.folding import loose_key
from question_bank.problems import problem
from question_bank.values import MAX_CHOICES, MIN_CHOICES, Problem


def problems(
    number: str, place: str, text: str, choices: Sequence[str], *, has_picture: bool = False
) -> list[Problem]:
    """What is wrong with the wording and the choices of a question."""
    found: list[Problem] = []
    if not text and not has_picture:
        found.append(problem("empty-question", place, number))
    found += [
        problem("empty-choice", place, number, letter=_letter(index))
        for index, choice in enumerate(choices)
        if not choice
    ]
    if len(choices) < MIN_CHOICES:
        found.append(problem("too-few-choices", place, number, count=len(choices)))
    if len(choices) > MAX_CHOICES:
        found.append(problem("too-many-choices", place, number, count=len(choices)))
    if max(map(len, (text, *choices))) > limits.MAX_TEXT:
        found.append(problem("text-too-long", place, number, limit=limits.MAX_TEXT))
    return found + _twins(number, place, choices)


def _twins(number: str, place: str, choices: Sequence[str]) -> list[Problem]:
    """Two choices that say the same cannot both be offered."""
    found: list[Problem] = []
    first: dict[str, int] = {}
    for index, text in enumerate(choices):
        earlier = first.setdefault(loose_key(text), index) if text else index
        if earlier != index:
            code = "same-choice-twice" if choices[earlier] == text else "choices-alike"
            words = {"first": _letter(earlier), "second": _letter(index), "text": text[:80]}
            found.append(problem(code, place, number, **words))
    return found


def _letter(index: int) -> str:
    return LETTERS[index] if index < len(LETTERS) else str(index + 1)
