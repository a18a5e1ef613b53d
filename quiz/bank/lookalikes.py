"""Questions of a bank that look like one that is being written, and the neighbours of one in a list."""

import re
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from question_bank.duplicates import find_duplicates
from question_bank.folding import fold
from question_bank.values import Question
from quiz.bank.browsing import Search, conditions
from quiz.bank.loading import as_question
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core.database import db

_WORDS = 6
_LONGEST = 400
_I_OR_Y = re.compile("[iy]")
_MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A question that says nearly the same (1.0 = equal wording)."""

    number: int
    likeness: float
    same_key: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of the questions before and after one, as far as there are any."""

    previous: int | None
    next: int | None


def list_lookalikes(bank_id: int, question: Question, *, own_number: int | None) -> list[Lookalike]:
    """Near-duplicates of a wording among the bank's questions in use, the most alike first.

    Only questions with the same choices or the same wording are compared, and of many such ones those that
    share most of the longest words: this is asked while somebody types.
    """
    words = sorted(set(fold(question.text).split()), key=lambda word: (-len(word), word))[:_WORDS]
    if not words or not question.choices:
        return []
    shared = [QuestionRevision.search_key.contains(word, autoescape=True) for word in words]
    rows = db.session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(
            BankQuestion.bank_id == bank_id,
            BankQuestion.number != (own_number or 0),
            BankQuestion.state != QuestionState.RETIRED.value,
            or_(_says(question.text), and_(*(_says(choice.text) for choice in question.choices))),
        )
        .order_by(_count(shared).desc(), BankQuestion.number)
        .limit(_MOST_CANDIDATES)
    )
    others = [as_question(row, revision) for row, revision in rows]
    pairs = find_duplicates([replace(question, number="")], others)
    found = [Lookalike(int(pair.a), pair.likeness, pair.same_key) for pair in pairs if pair.a]
    return sorted(found, key=lambda one: (-one.likeness, one.number))


def _says(text: str) -> ColumnElement[bool]:
    """Whether a question has this text somewhere; i and y are one letter, as in `folding.loose_key`."""
    words = _I_OR_Y.sub("_", fold(text))
    pattern = f"% {words} %" if len(words) <= _LONGEST else f"% {words[:_LONGEST]}%"
    return literal(" ").concat(QuestionRevision.search_key).concat(" ").like(pattern if words else "%")


def _count(conditions: list[ColumnElement[bool]]) -> ColumnElement[int]:
    """How many of the conditions hold for a row."""
    total: ColumnElement[int] = literal(0)
    for condition in conditions:
        total = total + case((condition, 1), else_=0)
    return total


def neighbours(bank_id: int, search: Search, number: int) -> Neighbours:
    """The questions before and after this one among those that fit a search."""
    row = db.session.execute(
        select(
            func.max(BankQuestion.number).filter(BankQuestion.number < number),
            func.min(BankQuestion.number).filter(BankQuestion.number > number),
        )
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, *conditions(bank_id, search))
    ).one()
    return Neighbours(row[0], row[1])
