"""Questions of a file that become the newest wordings of questions in the bank, inside an import."""

from collections.abc import Sequence
from dataclasses import replace as with_fields
from datetime import datetime

from sqlalchemy.orm import Session

from question_bank.values import Question
from quiz.audit.actors import Actor
from quiz.audit.service import Action
from quiz.bank.changing import keep_note, lock_questions, log
from quiz.bank.models import Bank, QuestionRevision
from quiz.bank.pictures import store
from quiz.bank.planning import Replacement
from quiz.bank.queries import as_question
from quiz.bank.states import Note, QuestionState
from quiz.bank.storing import wording_columns
from quiz.core.ids import new_id


def replace(
    session: Session,
    bank: Bank,
    replacements: Sequence[Replacement],
    *,
    approve: bool,
    actor: Actor,
    now: datetime,
    origin: str,
) -> None:
    """Give each question its wording out of the file as a new revision, approved or waiting for review.

    Papers that have the old wording keep it; an approved one goes on being drawn until the new one is
    approved. `origin`, the file's name, is told in the history.
    """
    wordings = {one.question_id: one.new for one in replacements}
    for question, before in lock_questions(session, bank.id, wordings):
        new = wordings[question.id]
        wording = completed(new.question, as_question(question, before))
        revision = QuestionRevision(
            id=new_id(),
            question_id=question.id,
            number=before.number + 1,
            created_at=now,
            created_by=actor.id,
            **wording_columns(wording, store(session, bank.id, wording.images, now=now)),
        )
        session.add(revision)
        question.fingerprint, question.wording_key = new.fingerprint, new.wording_key
        question.current_revision_id = revision.id
        question.state = (QuestionState.APPROVED if approve else QuestionState.IN_REVIEW).value
        if approve:
            question.approved_revision_id = revision.id
        keep_note(session, question, Note.REVISED, actor=actor, now=now, text=origin)
        keep_note(session, question, Note.APPROVED if approve else Note.SUBMITTED, actor=actor, now=now)
        log(Action.QUESTION_REVISED, bank, question, actor=actor, now=now, revision=revision.number)
    session.flush()


def completed(wording: Question, before: Question) -> Question:
    """The wording of a file with what only the bank knew: a file rarely tells labels and sources again.

    Translations are not kept: they say what the old wording said.
    """
    return with_fields(
        wording,
        topic=wording.topic or before.topic,
        level=wording.level or before.level,
        source=wording.source or before.source,
        explanation=wording.explanation or before.explanation,
        tags=wording.tags or before.tags,
        citation=wording.citation or before.citation,
    )
