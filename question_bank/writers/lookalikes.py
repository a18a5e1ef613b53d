"""Texts that a reader of typed questions would take for something else: a choice, a number, an answer."""

from __future__ import annotations

from question_bank.answer_keys import letters, read_key
from question_bank.formats.lines.headings import (
    heading,
    is_answers_heading,
    is_furniture,
    is_references_heading,
    topic_named,
)
from question_bank.formats.lines.key_tables import pairs, row
from question_bank.formats.lines.markers import bare_letter, letter_inside, lettered, numbered
from question_bank.formats.lines.signs import ticked_text
from question_bank.formats.lines.tails import inline_answer, tail
from question_bank.values import Question


def misleads(question: Question) -> bool:
    """Whether any line of a question looks like the beginning of another part of it."""
    texts = [question.text, question.explanation, question.source, question.level, question.topic]
    choices = [choice.text for choice in question.choices]
    lines = [line for text in (*texts, *choices) if text for line in text.split("\n")]
    if question.topic and topic_named(question.topic) != question.topic:
        return True
    # "Câu 1. B" is an answer, and "B" one that cannot be told from a choice of that text.
    if pairs(f"Câu 1. {question.text.partition(chr(10))[0]}"):
        return True
    if read_key(letters(question.correct), choices).correct != question.correct:
        return True
    return any(_misleads(line) for line in lines) or any(ticked_text(text) for text in choices)


def _misleads(line: str) -> bool:
    looks = (lettered, bare_letter, numbered, tail, heading, pairs, row, inline_answer)
    titles = (is_furniture, is_answers_heading, is_references_heading)
    return (
        any(look(line) is not None and look(line) != () for look in looks)
        or any(title(line) for title in titles)
        or any(letter_inside(line, letter, 0) for letter in "ABCDEFGH")
        or line.isupper()
    )
