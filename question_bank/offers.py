"""Mends that a person can take with one click, and the check of what a person typed. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.answer_keys import LETTERS
from question_bank.formats.building import Stated, build
from question_bank.formats.lines.wording_checks import NOTE
from question_bank.values import Choice, Draft, Problem, Question

_ANSWER = re.compile(r"(?:đáp\s*án|đa|trả\s*lời|answer)\s*(?:đúng)?\s*(?:là)?\s*:\s*([A-H])\b", re.IGNORECASE)
# Only the key is missing, or nobody knows which of several is meant.
_KEY_CODES = frozenset(
    {
        *("no-key", "unknown-key", "ambiguous-key", "two-keys", "several-marked", "key-part-unclear"),
        *("letters-in-key-run", "key-points-nowhere", "same-letter", "letter-gap"),
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A ready mend: `code` is "key-A" …, "reletter" or "drop-note"; `question` is what it makes."""

    code: str
    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a draft that a person mended: the question, or why it is none yet."""

    question: Question | None
    problems: tuple[Problem, ...]


def offers(given: Draft | Question, problems: Sequence[Problem]) -> tuple[Offer, ...]:
    """The mends that can be offered for a draft, or for a question with warnings."""
    codes = {problem.code for problem in problems}
    if isinstance(given, Question):
        return _without_note(given) if "editing-note" in codes else ()
    if not codes & _KEY_CODES or codes & {"empty-choice", "letters-restart"}:
        return ()
    if "same-letter" in codes and (offer := _relettered(given, problems)):
        return (offer,)
    made = (
        (letter, settle(given, correct=(place,)).question)
        for place, letter in zip(range(len(given.choices)), LETTERS, strict=False)
    )
    return tuple(Offer(f"key-{letter}", letter, question) for letter, question in made if question)


def settle(
    draft: Draft,
    *,
    text: str | None = None,
    choices: Sequence[Choice] | None = None,
    correct: Sequence[int] | None = None,
    several: bool = False,
    topic: str | None = None,
    level: str | None = None,
) -> Settled:
    """A draft as somebody mended it, judged by the checks that files have to pass. None: as in the draft."""
    stated = Stated(
        number=draft.number,
        place=draft.place,
        text=draft.text if text is None else text,
        choices=list(draft.choices if choices is None else choices),
        correct=list(draft.correct if correct is None else correct),
        key_from="hand",
        several=several,
        topic=draft.topic if topic is None else topic,
        level=draft.level if level is None else level,
        source=draft.source,
        explanation=draft.explanation,
        images=list(draft.images),
    )
    question = build(stated)
    return Settled(question, tuple(stated.problems))


def as_draft(question: Question) -> Draft:
    """A question that is to be changed, in the form that a person mends."""
    return Draft(
        number=question.number,
        place=question.place,
        text=question.text,
        excerpt="",
        choices=question.choices,
        correct=question.correct,
        topic=question.topic,
        level=question.level,
        source=question.source,
        explanation=question.explanation,
        images=question.images,
    )


def _relettered(draft: Draft, problems: Sequence[Problem]) -> Offer | None:
    """The second of two equal letters becomes the next one, where the key is a letter that stands once."""
    answers = {found.upper() for found in _ANSWER.findall(draft.excerpt)}
    twice = next((one.message for one in problems if one.code == "same-letter"), "")
    letter = twice.rstrip(".").rsplit(" ", 1)[-1]
    if len(answers) != 1 or letter not in LETTERS:
        return None
    place = LETTERS.index(answers.pop())
    # Before the doubled letter every letter means what it says; behind it nothing is certain.
    if place >= LETTERS.index(letter):
        return None
    question = settle(draft, correct=(place,)).question
    following = LETTERS[LETTERS.index(letter) + 1]
    return Offer("reletter", f"Đổi thành {following}", question) if question else None


def _without_note(question: Question) -> tuple[Offer, ...]:
    text = _cut(question.text)
    choices = tuple(replace(choice, text=_cut(choice.text)) for choice in question.choices)
    if (text, choices) == (question.text, question.choices):
        return ()
    settled = settle(as_draft(question), text=text, choices=choices, several=len(question.correct) > 1)
    if settled.question is None:
        return ()
    mended = replace(question, text=text, choices=choices)
    return (Offer("drop-note", "Bỏ ghi chú", mended),)


def _cut(text: str) -> str:
    return " ".join(NOTE.sub(" ", text).split(" ")).strip() if NOTE.search(text) else text
