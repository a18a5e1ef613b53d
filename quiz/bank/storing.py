"""Writing questions into their tables, inside the transaction of a service."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from question_bank.values import Question
from quiz.bank.models import BankQuestion, QuestionNote, QuestionRevision
from quiz.bank.pictures import store
from quiz.bank.planning import NewQuestion
from quiz.bank.states import Note, QuestionState
from quiz.bank.values import (
    PictureRef,
    search_words,
    stored_choices,
    stored_citation,
    stored_pictures,
    stored_translations,
)
from quiz.core.ids import new_id

Progress = Callable[[int, int], None]
_AT_ONCE = 200
_FIRST_NOTES = {
    QuestionState.DRAFT: (),
    QuestionState.IN_REVIEW: (Note.SUBMITTED,),
    QuestionState.APPROVED: (Note.APPROVED,),
}


def insert_questions(
    session: Session,
    bank_id: int,
    new: Sequence[NewQuestion],
    kin: Mapping[str, int],
    *,
    state: QuestionState,
    created_by: int | None,
    now: datetime,
    progress: Progress,
    origin: str | None = None,
) -> list[int]:
    """Add new questions behind the bank's last number; their ids.

    `kin` gives families by the numbers of the file, `origin` is told in their histories: the file's name.
    """
    last = session.scalar(select(func.max(BankQuestion.number)).where(BankQuestion.bank_id == bank_id)) or 0
    is_approved = state is QuestionState.APPROVED
    kinds = [Note.CREATED, *_FIRST_NOTES[state]]
    questions, revisions, notes = [], [], []
    ids = [new_id() for _ in new]
    for number, (question_id, one) in enumerate(zip(ids, new, strict=True), last + 1):
        revision_id = new_id()
        questions.append(
            {
                "id": question_id,
                "bank_id": bank_id,
                "number": number,
                "state": state.value,
                "fingerprint": one.fingerprint,
                "wording_key": one.wording_key,
                "kin": kin.get(one.question.number),
                "current_revision_id": revision_id,
                "approved_revision_id": revision_id if is_approved else None,
                "created_at": now,
            }
        )
        revision = {"id": revision_id, "question_id": question_id, "number": 1, "created_at": now}
        pictures = store(session, bank_id, one.question.images, now=now)
        revisions.append(revision | {"created_by": created_by} | wording_columns(one.question, pictures))
        note = {"question_id": question_id, "revision_id": revision_id, "staff_id": created_by}
        notes += [
            note
            | {"id": new_id(), "kind": kind.value, "created_at": now}
            | {"text": origin if kind is Note.CREATED else None}
            for kind in kinds
        ]
    for start in range(0, len(new), _AT_ONCE):
        session.execute(insert(BankQuestion), questions[start : start + _AT_ONCE])
        session.execute(insert(QuestionRevision), revisions[start : start + _AT_ONCE])
        first, last = start * len(kinds), (start + _AT_ONCE) * len(kinds)
        session.execute(insert(QuestionNote), notes[first:last])
        progress(min(start + _AT_ONCE, len(new)), len(new))
    return ids


def set_families(session: Session, families: Mapping[int, int]) -> None:
    """Put questions, by id, into families."""
    if families:
        session.execute(
            update(BankQuestion),
            [{"id": question_id, "kin": family} for question_id, family in families.items()],
        )


def wording_columns(question: Question, pictures: Sequence[PictureRef]) -> dict[str, Any]:
    """What a revision keeps of a question whose pictures are stored."""
    return {
        "kind": question.kind.value,
        "text": question.text,
        "choices": stored_choices(question.choices),
        "correct": list(question.correct),
        "topic": question.topic,
        "level": question.level,
        "source": question.source,
        "explanation": question.explanation,
        "images": stored_pictures(pictures),
        "tags": list(question.tags) or None,
        "citation": stored_citation(question.citation),
        "passage": question.citation.passage if question.citation else None,
        "translations": stored_translations(question.translations),
        "search_key": search_words(question),
    }
