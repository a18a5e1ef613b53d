"""The life of a question after it is written: submitting, reviewing, commenting, retiring.

Every step is one transaction that locks the bank and the question, and leaves a note in the question's
history and a line in the audit log. A step that has been taken already changes nothing: clicks come twice.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action
from quiz.bank import queries, workflow
from quiz.bank.changing import (
    keep_note,
    leave_family,
    lock_bank,
    lock_question,
    lock_questions,
    log,
    refuse_conflict,
    touch,
)
from quiz.bank.errors import CommentInvalid, QuestionChanged, StepRefused
from quiz.bank.models import Bank, BankQuestion, QuestionNote, QuestionRevision
from quiz.bank.relatives import relatives_of, weighed
from quiz.bank.states import QuestionState
from quiz.bank.workflow import Step
from quiz.core.database import transaction
from quiz.core.errors import DomainError

MAX_COMMENT = 2000
_ACTIONS = {
    Step.SUBMIT: Action.QUESTION_SUBMITTED,
    Step.RETURN: Action.QUESTION_RETURNED,
    Step.APPROVE: Action.QUESTION_APPROVED,
    Step.RETIRE: Action.QUESTION_RETIRED,
    Step.RESTORE: Action.QUESTION_RESTORED,
    Step.COMMENT: Action.QUESTION_COMMENTED,
}


def submit(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Give a draft to review. Raises NotFound, StepRefused."""
    _take(Step.SUBMIT, question_id, actor, now)


def approve(question_id: int, *, seen_revision: int, text: str = "", actor: Actor, now: datetime) -> None:
    """Let the wording that the person was looking at be drawn from now on; `text` is kept with the note.

    Raises NotFound, QuestionChanged when there is a newer wording, StepRefused: own work is for somebody else
    to approve unless the bank allows it.
    """
    _take(Step.APPROVE, question_id, actor, now, seen_revision=seen_revision, text=text.strip() or None)


def send_back(question_id: int, text: str, *, seen_revision: int, actor: Actor, now: datetime) -> None:
    """Return a question to its author, saying what to mend.

    Raises NotFound, CommentInvalid, QuestionChanged, StepRefused.
    """
    _take(Step.RETURN, question_id, actor, now, seen_revision=seen_revision, text=text)


def comment(question_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Say something of a question; its state stays. Raises NotFound, CommentInvalid."""
    _take(Step.COMMENT, question_id, actor, now, text=text)


def retire(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a question out of every later draw; papers that have it keep it. Raises NotFound."""
    _take(Step.RETIRE, question_id, actor, now)


@weighed
def restore(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a retired question be drawn again, if it was approved.

    What came into the bank meanwhile was not compared with it. Raises NotFound, QuestionConflict, BankBusy.
    """
    relatives = relatives_of(queries.get_bank_id(question_id), None, own=question_id)
    with transaction() as session:
        bank, question, revision = lock_question(session, question_id)
        if question.state == QuestionState.RETIRED.value:
            relatives.settle(session, bank)
            question.kin = relatives.kin.get(str(question.number))
        _step(session, Step.RESTORE, bank, question, revision, actor, now)


def approve_many(
    seen: Iterable[tuple[int, int]], *, actor: Actor, now: datetime
) -> dict[int, DomainError | None]:
    """Approve several questions, each in the wording that was seen: (question, revision) pairs.

    One transaction; a question that may not be approved is passed over and the others are approved. The
    outcome of each question is None or what its approval alone would have raised; questions that do not exist
    are left out.
    """
    wanted = dict(seen)
    outcome: dict[int, DomainError | None] = {}
    with transaction() as session:
        banks = select(BankQuestion.bank_id).where(BankQuestion.id.in_(wanted)).distinct()
        for bank_id in sorted(session.scalars(banks)):
            bank = lock_bank(session, bank_id)
            for question, revision in lock_questions(session, bank_id, wanted):
                try:
                    _check_seen(revision, wanted[question.id])
                    _step(session, Step.APPROVE, bank, question, revision, actor, now)
                except (QuestionChanged, StepRefused) as refused:  # raised before anything was changed
                    outcome[question.id] = refused
                else:
                    outcome[question.id] = None
    return outcome


def _take(
    step: Step,
    question_id: int,
    actor: Actor,
    now: datetime,
    *,
    seen_revision: int | None = None,
    text: str | None = None,
) -> None:
    words = _words(text) if text or step in workflow.NEEDS_WORDS else None
    with transaction() as session:
        bank, question, revision = lock_question(session, question_id)
        if words is not None and _was_said(session, step, question, actor, words):
            return
        if seen_revision is not None:
            _check_seen(revision, seen_revision)
        _step(session, step, bank, question, revision, actor, now, words)


def _step(
    session: Session,
    step: Step,
    bank: Bank,
    question: BankQuestion,
    revision: QuestionRevision,
    actor: Actor,
    now: datetime,
    words: str | None = None,
) -> None:
    """Check, then change: nothing is touched when it raises."""
    state = QuestionState(question.state)
    if workflow.is_done(step, state):
        return
    if why := workflow.refusal(
        step,
        state,
        author_id=revision.created_by,
        actor_id=actor.id,
        own_approval=bank.own_approval,
    ):
        raise StepRefused(why.value, number=question.number)
    if step is Step.RESTORE:
        refuse_conflict(session, question)
    if step is Step.APPROVE:
        question.approved_revision_id = revision.id
        leave_family(session, question, revision)
    is_approved = question.approved_revision_id == revision.id
    question.state = workflow.next_state(step, state, is_approved=is_approved).value
    if step in (Step.APPROVE, Step.RETIRE, Step.RESTORE):
        touch(bank)
    keep_note(session, question, workflow.NOTES[step], actor=actor, now=now, text=words)
    log(_ACTIONS[step], bank, question, actor=actor, now=now, revision=revision.number)


def _check_seen(revision: QuestionRevision, seen_revision: int) -> None:
    if revision.id != seen_revision:
        raise QuestionChanged("question_changed")


def _words(text: str | None) -> str:
    words = (text or "").strip()
    if not words:
        raise CommentInvalid("comment_empty")
    if len(words) > MAX_COMMENT:
        raise CommentInvalid("comment_too_long", most=MAX_COMMENT)
    return words


def _was_said(session: Session, step: Step, question: BankQuestion, actor: Actor, words: str) -> bool:
    """Whether the last note of the question is this one: the button was pressed twice."""
    last = session.scalar(
        select(QuestionNote)
        .where(QuestionNote.question_id == question.id)
        .order_by(QuestionNote.id.desc())
        .limit(1)
    )
    return last is not None and (last.kind, last.text, last.staff_id, last.revision_id) == (
        workflow.NOTES[step].value,
        words,
        actor.id,
        question.current_revision_id,
    )
