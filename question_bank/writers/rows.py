"""Questions as rows of text, the same for xlsx and csv, in the form that `formats.tables` reads."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.answer_keys import LETTERS, letters
from question_bank.formats.tables.drafts import LEFT_EMPTY
from question_bank.formats.tables.grid import guard
from question_bank.formats.tables.headings import Role
from question_bank.formats.tables.kinds import LABELS
from question_bank.values import Question

_USUAL_CHOICES = 4


def columns(questions: Sequence[Question]) -> list[str]:
    """The names of the columns that these questions need."""
    count = max((len(question.choices) for question in questions), default=_USUAL_CHOICES)
    names = [
        Role.NUMBER.value,
        Role.TOPIC.value,
        Role.LEVEL.value,
        Role.TEXT.value,
        *LETTERS[: max(count, _USUAL_CHOICES)],
        Role.LETTER_KEY.value,
        Role.KIND.value,
        Role.SOURCE.value,
        Role.EXPLANATION.value,
    ]
    if any(choice.pinned for question in questions for choice in question.choices):
        names.append(Role.PINNED.value)
    names += [
        f"{Role.FEEDBACK.value} {LETTERS[index]}"
        for index in range(count)
        if any(_feedback(question, index) for question in questions)
    ]
    return names


def row(question: Question, names: Sequence[str]) -> list[str]:
    """The cells of a question, harmless to any spreadsheet."""
    count = len(question.choices)
    fields = {
        Role.NUMBER.value: question.number,
        Role.TOPIC.value: question.topic or "",
        Role.LEVEL.value: question.level or "",
        Role.TEXT.value: question.text,
        Role.LETTER_KEY.value: letters(question.correct),
        Role.KIND.value: LABELS[question.kind],
        Role.SOURCE.value: question.source or "",
        Role.EXPLANATION.value: question.explanation or "",
        Role.PINNED.value: letters([index for index in range(count) if question.choices[index].pinned]),
    }
    for index, choice in enumerate(question.choices):
        fields[LETTERS[index]] = choice.text
        fields[f"{Role.FEEDBACK.value} {LETTERS[index]}"] = _feedback(question, index)
    cells = [guard(fields.get(name, "")) for name in names]
    if count < len(LETTERS) and LETTERS[count] in names:
        # Says that the question has no more choices, so that reading does not take it for an oversight.
        cells[list(names).index(LETTERS[count])] = LEFT_EMPTY
    return cells


def _feedback(question: Question, index: int) -> str:
    return (question.choices[index].feedback or "") if index < len(question.choices) else ""
