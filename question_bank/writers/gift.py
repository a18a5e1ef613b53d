"""GIFT with plain texts: what a quiz program would take for markup or signs is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from question_bank.formats.building import TRUE_AND_FALSE
from question_bank.values import Choice, Kind, Question
from question_bank.writers.markup import category_path

_SIGNS = re.compile(r"[\\=~#{}:]")


def write(questions: Sequence[Question]) -> bytes:
    """All questions, with a category line wherever the topic changes."""
    topic: str | None = None
    parts: list[str] = []
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            parts.append(f"$CATEGORY: {category_path(topic)}\n")
        parts.append(_question(question))
    return "\n".join(parts).encode()


def escape(text: str) -> str:
    r"""Signs of GIFT get a backslash, line ends become `\n`."""
    return _SIGNS.sub(lambda found: "\\" + found[0], text).replace("\n", "\\n")


def _question(question: Question) -> str:
    said = (("Nguồn", question.source), ("Mức độ", question.level))
    lines = [f"// {label}: {escape(text)}" for label, text in said if text]
    lines.append(f"::Câu {question.number}::[plain]{escape(question.text)} {{{_answers(question)}")
    if question.explanation:
        lines.append(f"\t####{escape(question.explanation)}")
    return "\n".join(lines) + "\n}\n"


def _answers(question: Question) -> str:
    if question.kind is Kind.TRUE_FALSE and [choice.text for choice in question.choices] == list(
        TRUE_AND_FALSE
    ):
        return _truth(question)
    return "".join(
        f"\n\t{_sign(question, index, choice)}{_guarded(choice.text)}{_feedback(choice)}"
        for index, choice in enumerate(question.choices)
    )


def _truth(question: Question) -> str:
    """Feedback for those who answer wrongly comes first."""
    truth = question.correct == (0,)
    right, wrong = (choice.feedback or "" for choice in question.choices[:: 1 if truth else -1])
    said = f"#{escape(wrong)}#{escape(right)}" if right else f"#{escape(wrong)}" if wrong else ""
    return ("TRUE" if truth else "FALSE") + said


def _sign(question: Question, index: int, choice: Choice) -> str:
    """`=` and `~`, with a share in percent where the question has shares or several right choices."""
    is_right = index in question.correct
    if question.kind is not Kind.MULTIPLE:
        sign = "=" if is_right else "~"
        return sign if choice.weight is None or is_right else f"{sign}%{_percent(choice.weight)}%"
    even = 1 / len(question.correct) if is_right else 0.0
    return f"~%{_percent(even if choice.weight is None else choice.weight)}%"


def _percent(share: float) -> str:
    return f"{share * 100:.5f}".rstrip("0").rstrip(".")


def _guarded(text: str) -> str:
    """A text that itself begins with a percentage is not a share."""
    return escape(text) if not text.startswith("%") else "\\n" + escape(text)


def _feedback(choice: Choice) -> str:
    return f"#{escape(choice.feedback)}" if choice.feedback else ""
