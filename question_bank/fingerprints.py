"""Identities of questions, so that the same one is recognised however it was typed.

The order of the choices does not count: organisers shuffle them between files.
"""

from __future__ import annotations

import hashlib
import json

from question_bank.folding import loose_key
from question_bank.values import Question


def fingerprint(question: Question) -> str:
    """Hex SHA-256 of normalised wording, set of choices and key."""
    choices = choice_keys(question)
    key = sorted(choices[index] for index in question.correct)
    return _digest([_wording(question), sorted(choices), key])


def wording_key(question: Question) -> str:
    """Hex SHA-256 of normalised wording and set of choices: equal keys mean "the same question"."""
    return _digest([_wording(question), sorted(choice_keys(question))])


def choice_keys(question: Question) -> tuple[str, ...]:
    """What each choice says in normalised form, with the content of its pictures."""
    return tuple(
        " ".join((loose_key(choice.text), *picture_keys(question, index)))
        for index, choice in enumerate(question.choices)
    )


def picture_keys(question: Question, choice: int | None = None) -> tuple[str, ...]:
    """The content of the pictures of a choice, or of the wording, as hashes."""
    return tuple(
        image.digest or hashlib.sha256(image.data).hexdigest()
        for image in question.images
        if image.choice == choice
    )


def _wording(question: Question) -> str:
    return " ".join((loose_key(question.text), *picture_keys(question)))


def _digest(parts: list[object]) -> str:
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
