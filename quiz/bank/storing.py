"""Writing questions into their tables, inside the transaction of a service."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from question_bank.values import Question
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.planning import NewQuestion
from quiz.bank.states import QuestionState
from quiz.bank.values import search_words, stored_choices, stored_citation, stored_translations
from quiz.core.ids import new_id

Progress = Callable[[int, int], None]
_AT_ONCE = 200


def insert_questions(
    session: Session,
    bank_id: int,
    new: Sequence[NewQuestion],
    kin: Mapping[str, int],
    *,
    created_by: int | None,
    now: datetime,
    progress: Progress,
) -> None:
    """Add new questions behind the bank's last number; `kin` gives families by the numbers of the file."""
    last = session.scalar(select(func.max(BankQuestion.number)).where(BankQuestion.bank_id == bank_id)) or 0
    questions, revisions = [], []
    for number, one in enumerate(new, last + 1):
        question_id, revision_id = new_id(), new_id()
        questions.append(
            {
                "id": question_id,
                "bank_id": bank_id,
                "number": number,
                "state": QuestionState.APPROVED.value,
                "fingerprint": one.fingerprint,
                "wording_key": one.wording_key,
                "kin": kin.get(one.question.number),
                "current_revision_id": revision_id,
                "created_at": now,
            }
        )
        revision = {"id": revision_id, "question_id": question_id, "number": 1, "created_at": now}
        revisions.append(revision | {"created_by": created_by} | wording_columns(one.question))
    for start in range(0, len(new), _AT_ONCE):
        session.execute(insert(BankQuestion), questions[start : start + _AT_ONCE])
        session.execute(insert(QuestionRevision), revisions[start : start + _AT_ONCE])
        progress(min(start + _AT_ONCE, len(new)), len(new))


def set_families(session: Session, families: Mapping[int, int]) -> None:
    """Put questions, by id, into families."""
    if families:
        session.execute(
            update(BankQuestion),
            [{"id": question_id, "kin": family} for question_id, family in families.items()],
        )


def wording_columns(question: Question) -> dict[str, Any]:
    """What a revision keeps of a question."""
    return {
        "kind": question.kind.value,
        "text": question.text,
        "choices": stored_choices(question.choices),
        "correct": list(question.correct),
        "topic": question.topic,
        "level": question.level,
        "source": question.source,
        "explanation": question.explanation,
        "tags": list(question.tags) or None,
        "citation": stored_citation(question.citation),
        "passage": question.citation.passage if question.citation else None,
        "translations": stored_translations(question.translations),
        "search_key": search_words(question),
    }
