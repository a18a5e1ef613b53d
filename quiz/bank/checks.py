"""What is wrong with a question written by hand, and what a second reader would remark. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from question_bank.folding import loose_key
from question_bank.limits import MAX_TEXT
from question_bank.pictures import prepare
from question_bank.pinning import stays_last
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


class Remark(StrEnum):
    """What a second reader would look at; none of these keeps a question from being saved."""

    KEY = "key"
    SOURCE = "source"
    QUOTE = "quote"
    LABELS = "labels"
    EXPLANATION = "explanation"
    ALL_ABOVE = "all_above"
    LONG_KEY = "long_key"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark, whether all is well there, and the word or number that it is about."""

    remark: Remark
    is_fine: bool
    about: str = ""


# Longer than the longest other choice by half and by this many letters: the eye takes it for the key.
_GIVES_AWAY = 1.5
_LONGER_BY = 15
_NEGATION = re.compile(
    r"\b(không (?:phải|đúng|thuộc|nằm|có|bao gồm|được|là)|chưa (?:đúng|chính xác)|ngoại trừ|sai)\b"
)


def findings(question: Question) -> Iterator[Finding]:
    """What is well and what is not, in the order of the page: what is always said first, then warnings."""
    cited = question.citation
    count = len(question.correct)
    keyed = count == 1 or (count > 1 and question.kind is Kind.MULTIPLE)
    yield Finding(Remark.KEY, keyed, str(count))
    yield Finding(Remark.SOURCE, bool(question.source or (cited and cited.passage)))
    yield Finding(Remark.QUOTE, bool(cited and cited.quote))
    yield Finding(Remark.LABELS, bool(question.topic and question.level))
    yield Finding(Remark.EXPLANATION, bool(question.explanation))
    if question.kind is Kind.SINGLE:
        for choice in question.choices:
            if stays_last(choice.text):
                yield Finding(Remark.ALL_ABOVE, False, choice.text)
    if letter := _long_key(question):
        yield Finding(Remark.LONG_KEY, False, letter)
    if found := _NEGATION.search(question.text):
        yield Finding(Remark.NEGATION, False, found[0])


def _long_key(question: Question) -> str:
    """The letter of a key that its length gives away, or nothing."""
    if len(question.correct) != 1 or not set(question.correct) <= set(range(len(question.choices))):
        return ""
    [place] = question.correct
    others = [len(choice.text) for other, choice in enumerate(question.choices) if other != place]
    own, most = len(question.choices[place].text), max(others, default=0)
    given_away = most > 0 and own >= most * _GIVES_AWAY and own - most >= _LONGER_BY
    return "ABCDEFGH"[place] if given_away and place < MAX_CHOICES else ""
