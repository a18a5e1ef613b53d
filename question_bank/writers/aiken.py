"""Aiken: one line for the wording, one for each choice, one for the answer; nothing else has a place."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.answer_keys import LETTERS
from question_bank.values import Question


def write(questions: Sequence[Question]) -> bytes:
    """The questions with one right choice; the format has no form for the others."""
    return "\n".join(_question(question) for question in questions if len(question.correct) == 1).encode()


def _question(question: Question) -> str:
    lines = [_line(question.text)]
    lines += [f"{LETTERS[index]}. {_line(choice.text)}" for index, choice in enumerate(question.choices)]
    lines.append(f"ANSWER: {LETTERS[question.correct[0]]}")
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
