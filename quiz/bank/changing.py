"""What every change of a question does inside its service's transaction: lock, refuse twins, keep traces."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from question_bank.duplicates import find_duplicates
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.comparing import StoredQuestion, bank_name
from quiz.bank.errors import QuestionConflict
from quiz.bank.kinship import join
from quiz.bank.models import Bank, BankQuestion, QuestionNote, QuestionRevision
from quiz.bank.queries import as_question
from quiz.bank.states import Note, QuestionState
from quiz.core.errors import NotFound
from quiz.core.ids import new_id


def lock_bank(session: Session, bank_id: int) -> Bank:
    """The bank, locked. Always taken before its questions, so that two changes never wait for each other."""
    chosen = select(Bank).where(Bank.id == bank_id).with_for_update()
    bank = session.scalar(chosen.execution_options(populate_existing=True))
    if bank is None:
        raise NotFound("bank")
    return bank


def lock_question(session: Session, question_id: int) -> tuple[Bank, BankQuestion, QuestionRevision]:
    """A question with its bank, both locked, and its newest wording. Raises NotFound."""
    bank_id = session.scalar(select(BankQuestion.bank_id).where(BankQuestion.id == question_id))
    if bank_id is None:
        raise NotFound("question")
    bank = lock_bank(session, bank_id)
    chosen = select(BankQuestion).where(BankQuestion.id == question_id).with_for_update()
    question = session.scalars(chosen.execution_options(populate_existing=True)).one()
    return bank, question, session.get_one(QuestionRevision, question.current_revision_id)


def lock_questions(
    session: Session, bank_id: int, ids: Iterable[int]
) -> list[tuple[BankQuestion, QuestionRevision]]:
    """Those of a bank's questions, by number, locked, with their newest wordings. Lock the bank first."""
    chosen = (
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.id.in_(set(ids)))
        .order_by(BankQuestion.number)
        .with_for_update(of=BankQuestion)
        .execution_options(populate_existing=True)
    )
    return [(question, revision) for question, revision in session.execute(chosen)]


def refuse_conflict(session: Session, question: BankQuestion) -> None:
    """Refuse a question whose wording another one of the bank has. Raises QuestionConflict."""
    refuse_twins(session, question.bank_id, question.fingerprint, question.wording_key, but=question.id)


def refuse_twins(session: Session, bank_id: int, mark: str, wording: str, *, but: int | None = None) -> None:
    """Twins in a bank would be drawn into one paper, or contradict each other. Raises QuestionConflict."""
    others = session.execute(
        select(BankQuestion.number, BankQuestion.fingerprint)
        .where(
            BankQuestion.bank_id == bank_id,
            BankQuestion.id != but if but is not None else true(),
            (BankQuestion.fingerprint == mark)
            | ((BankQuestion.wording_key == wording) & (BankQuestion.state != QuestionState.RETIRED.value)),
        )
        .order_by(BankQuestion.number)
    )
    for number, other in others:
        raise QuestionConflict("same_question" if other == mark else "same_wording", number=number)


def families(
    pairs: Iterable[tuple[str, str]], stored: Sequence[StoredQuestion]
) -> tuple[dict[str, int], dict[int, int]]:
    """Families of new questions by their numbers, and of stored ones by id where theirs becomes another."""
    by_name = {bank_name(one.number): one for one in stored}
    joined = join(pairs, {name: one.kin for name, one in by_name.items()}, new_id)
    fresh = {name: family for name, family in joined.items() if name not in by_name}
    return fresh, {by_name[name].id: family for name, family in joined.items() if name in by_name}


def leave_family(session: Session, question: BankQuestion, revision: QuestionRevision) -> None:
    """Part a question from its near-duplicates when it is like none of them any more.

    While a new wording waits, the family of the old one is kept: both could be on a paper with the others.
    """
    if question.kin is None:
        return
    wordings = (BankQuestion.current_revision_id, BankQuestion.approved_revision_id)
    members = session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id.in_(wordings))
        .where(
            BankQuestion.bank_id == question.bank_id,
            BankQuestion.kin == question.kin,
            BankQuestion.id != question.id,
            BankQuestion.state != QuestionState.RETIRED.value,
        )
    )
    others = [as_question(other, wording) for other, wording in members]
    if not find_duplicates([as_question(question, revision)], others):
        question.kin = None


def touch(bank: Bank) -> None:
    """What the bank's papers are drawn from has changed: caches learn it by the new version."""
    bank.version = new_id()


def keep_note(
    session: Session,
    question: BankQuestion,
    kind: Note,
    *,
    actor: Actor,
    now: datetime,
    text: str | None = None,
) -> None:
    """Append to the question's history."""
    note = QuestionNote(
        id=new_id(),
        question_id=question.id,
        revision_id=question.current_revision_id,
        kind=kind.value,
        text=text,
        staff_id=actor.id,
        created_at=now,
    )
    session.add(note)


def log(
    action: Action, bank: Bank, question: BankQuestion, *, actor: Actor, now: datetime, **detail: int
) -> None:
    """Append to the audit log; a question is named by its bank's slug and its number."""
    record(action, f"{bank.slug}/{question.number}", actor=actor, now=now, **detail)
