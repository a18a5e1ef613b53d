"""What is wrong with a question written by hand. Pure."""

from collections.abc import Iterator
from enum import StrEnum

from question_bank.folding import loose_key
from question_bank.limits import MAX_TEXT
from question_bank.pictures import prepare
from question_bank.values import MAX_CHOICES, MIN_CHOICES, Kind, Question, Severity


class Fault(StrEnum):
    """Why a question cannot be saved."""

    NO_TEXT = "question_no_text"
    TOO_LONG = "question_too_long"
    TOO_FEW_CHOICES = "question_too_few_choices"
    TOO_MANY_CHOICES = "question_too_many_choices"
    EMPTY_CHOICE = "question_empty_choice"
    SAME_CHOICES = "question_same_choices"
    NO_KEY = "question_no_key"
    SEVERAL_KEYS = "question_several_keys"
    PICTURE = "question_picture"


def faults(question: Question) -> Iterator[Fault]:
    """Everything that keeps the question from being saved, in the order of the page."""
    texts = [choice.text for choice in question.choices]
    if not question.text.strip():
        yield Fault.NO_TEXT
    if max(map(len, (question.text, *texts)), default=0) > MAX_TEXT:
        yield Fault.TOO_LONG
    if len(texts) < MIN_CHOICES:
        yield Fault.TOO_FEW_CHOICES
    if len(texts) > MAX_CHOICES:
        yield Fault.TOO_MANY_CHOICES
    if any(not text.strip() for text in texts):
        yield Fault.EMPTY_CHOICE
    elif len({loose_key(text) for text in texts}) < len(texts):
        yield Fault.SAME_CHOICES
    if not question.correct or not set(question.correct) <= set(range(len(texts))):
        yield Fault.NO_KEY
    elif len(question.correct) > 1 and question.kind is not Kind.MULTIPLE:
        yield Fault.SEVERAL_KEYS
    _prepared, problems = prepare(question)
    if any(problem.severity is Severity.ERROR for problem in problems) or any(
        image.choice is not None and image.choice >= len(texts) for image in question.images
    ):
        yield Fault.PICTURE
