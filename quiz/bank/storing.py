"""Writing questions into their tables, inside the transaction of a service."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from question_bank.values import Question
from quiz.bank.comparing import NewQuestion
from quiz.bank.models import BankQuestion, QuestionNote, QuestionRevision
from quiz.bank.pictures import store
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
    ids = [new_id() for _ in new]
    for start in range(0, len(new), _AT_ONCE):
        questions, revisions = [], []
        end = start + _AT_ONCE
        for place, (question_id, one) in enumerate(
            zip(ids[start:end], new[start:end], strict=True), start + 1
        ):
            row = _question_row(bank_id, last + place, question_id, one, kin, state, now)
            pictures = store(session, bank_id, one.question.images, now=now)
            revision = {"id": row["current_revision_id"], "question_id": question_id, "number": 1}
            revisions.append(
                revision
                | {"created_at": now, "created_by": created_by}
                | wording_columns(one.question, pictures)
            )
            questions.append(row)
        session.execute(insert(BankQuestion), questions)
        session.execute(insert(QuestionRevision), revisions)
        session.execute(insert(QuestionNote), list(_first_notes(questions, state, created_by, now, origin)))
        progress(min(end, len(new)), len(new))
    return ids


def _question_row(
    bank_id: int,
    number: int,
    question_id: int,
    one: NewQuestion,
    kin: Mapping[str, int],
    state: QuestionState,
    now: datetime,
) -> dict[str, Any]:
    revision_id = new_id()
    return {
        "id": question_id,
        "bank_id": bank_id,
        "number": number,
        "state": state.value,
        "fingerprint": one.fingerprint,
        "wording_key": one.wording_key,
        "kin": kin.get(one.question.number),
        "current_revision_id": revision_id,
        "approved_revision_id": revision_id if state is QuestionState.APPROVED else None,
        "created_at": now,
    }


def _first_notes(
    questions: Sequence[Mapping[str, Any]],
    state: QuestionState,
    staff_id: int | None,
    now: datetime,
    origin: str | None,
) -> Iterator[dict[str, Any]]:
    """Where each question came from, and how far that has taken it."""
    for question in questions:
        for kind in (Note.CREATED, *_FIRST_NOTES[state]):
            yield {
                "id": new_id(),
                "question_id": question["id"],
                "revision_id": question["current_revision_id"],
                "kind": kind.value,
                "text": origin if kind is Note.CREATED else None,
                "staff_id": staff_id,
                "created_at": now,
            }


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
