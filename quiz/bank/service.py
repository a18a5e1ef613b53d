"""Changing banks: importing files, adding questions by hand, new wordings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.fingerprints import fingerprint, wording_key
from question_bank.pictures import prepare
from question_bank.source import part, silent
from question_bank.values import Question, Report
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank import life, queries
from quiz.bank.banks import check_names
from quiz.bank.changing import (
    families,
    keep_note,
    lock_bank,
    lock_question,
    log,
    refuse_conflict,
    refuse_twins,
    touch,
)
from quiz.bank.checks import faults
from quiz.bank.comparing import ImportMemory, NewQuestion, StoredQuestion, stock
from quiz.bank.decisions import Decisions, apply
from quiz.bank.errors import (
    BankBusy,
    QuestionChanged,
    QuestionInvalid,
    StepRefused,
)
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.pictures import store
from quiz.bank.planning import ImportPlan, plan_import
from quiz.bank.relatives import relatives_of, weighed
from quiz.bank.replacing import replace as replace_wordings
from quiz.bank.states import Note, QuestionState
from quiz.bank.storing import Progress, insert_questions, set_families, wording_columns
from quiz.bank.workflow import Refusal, own_work_refusal
from quiz.core.database import transaction
from quiz.core.ids import new_id

_TRIES = 5
# Of the progress that an import tells; the rest is saving.
_COMPARING_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import found and how many questions it saved; `is_saved` is False when it was refused."""

    plan: ImportPlan
    saved: int
    is_saved: bool


def preview_import(
    report: Report,
    bank_slug: str,
    decisions: Decisions | None = None,
    progress: Progress = silent,
    memory: ImportMemory | None = None,
) -> ImportPlan:
    """What `import_questions` would do with the report; nothing is saved.

    With the `memory` of an earlier view of the same file only what has changed since is compared.
    """
    return _compare(report, bank_slug, decisions, progress, memory).plan


def import_questions(
    report: Report,
    bank_slug: str,
    title: str | None = None,
    *,
    accept_partial: bool = False,
    approve: bool = False,
    decisions: Decisions | None = None,
    actor: Actor,
    now: datetime,
    progress: Progress = silent,
) -> ImportOutcome:
    """Save the questions of a report: all of them, or none unless `accept_partial`.

    The bank is made if it is new. Questions that the bank has already are passed over; the same wording with
    another key is a problem. What comes in waits for review by somebody else. With `approve` it counts as
    approved: an operator's command answers for it, and people where the bank lets them approve their own
    work. With `decisions`, made on the preview, near-duplicates wait until something is decided about them;
    without, they are taken. Raises BankInvalid, BankBusy, StepRefused.
    """
    check_names(bank_slug, title or bank_slug)
    for _ in range(_TRIES):
        # Comparing takes seconds in a large bank, and entrants are saving: it is done before the transaction.
        compared = _compare(report, bank_slug, decisions, part(progress, 0, _COMPARING_SHARE))
        plan = compared.plan
        if plan.report.refused or not (plan.is_clean or (accept_partial and (plan.count or plan.known))):
            return ImportOutcome(plan, 0, is_saved=False)
        try:
            saving = part(progress, _COMPARING_SHARE, 1)
            if _save(compared, bank_slug, title, approve, actor, now, saving):
                return ImportOutcome(plan, plan.count, is_saved=True)
        except IntegrityError:
            continue  # the same bank was made at the same moment
    raise BankBusy("bank_busy")


@dataclass(frozen=True, slots=True)
class _Compared:
    """A plan and the bank that it was made against; `version` is None where there was no bank yet."""

    plan: ImportPlan
    stored: Sequence[StoredQuestion]
    version: int | None


def _compare(
    report: Report,
    slug: str,
    decisions: Decisions | None,
    progress: Progress,
    memory: ImportMemory | None = None,
) -> _Compared:
    bank, memory = queries.find_bank(slug), memory or ImportMemory()
    known = memory.stock(bank.version, partial(queries.list_stored, bank.id)) if bank else stock(())
    verdicts = decisions.pairs if decisions else None
    if decisions:
        report = apply(report, replace(decisions, mended=memory.known(decisions.mended)), memory.file)
    plan = plan_import(report, known, progress, verdicts, memory.bank)
    return _Compared(plan, known.stored, bank.version if bank else None)


def _save(
    compared: _Compared,
    slug: str,
    title: str | None,
    approve: bool,
    actor: Actor,
    now: datetime,
    progress: Progress,
) -> bool:
    """Carry out the plan, unless the bank has changed since: then False, and the plan has to be made anew."""
    plan, file = compared.plan, compared.plan.report.file
    with transaction() as session:
        bank = session.scalar(select(Bank).where(Bank.slug == slug).with_for_update())
        if (bank.version if bank else None) != compared.version:
            return False
        if bank is None:
            bank = Bank(slug=slug, title=title or slug, created_at=now)
            session.add(bank)
        if approve and (why := own_work_refusal(actor.id, actor.id, own_approval=bank.own_approval)):
            raise StepRefused(why.value, number="")
        bank.title = title or bank.title
        if plan.count:
            touch(bank)
        session.flush()
        kin, changed = families(plan.pairs, compared.stored)
        set_families(session, changed)
        replace_wordings(session, bank, plan.replacements, approve=approve, actor=actor, now=now, origin=file)
        insert_questions(
            session,
            bank.id,
            plan.new,
            kin,
            state=QuestionState.APPROVED if approve else QuestionState.IN_REVIEW,
            created_by=actor.id,
            now=now,
            progress=progress,
            origin=file,
        )
        figures = {"saved": plan.count, "known": len(plan.known), "held_back": len(plan.held_back)}
        record(Action.BANK_IMPORTED, slug, actor=actor, now=now, file=file, **figures)
    return True


@weighed
def add_question(
    bank_id: int, wording: Question, *, submit: bool, actor: Actor, now: datetime
) -> BankQuestion:
    """A new question written by hand: a draft, or in review with `submit`.

    Raises NotFound, QuestionInvalid, QuestionConflict, BankBusy.
    """
    wording = _checked(wording)
    relatives = relatives_of(bank_id, wording)
    new = NewQuestion(wording, fingerprint(wording), wording_key(wording))
    state = QuestionState.IN_REVIEW if submit else QuestionState.DRAFT
    with transaction() as session:
        bank = lock_bank(session, bank_id)
        refuse_twins(session, bank_id, new.fingerprint, new.wording_key)
        relatives.settle(session, bank)
        [question_id] = insert_questions(
            session, bank_id, [new], relatives.kin, state=state, created_by=actor.id, now=now, progress=silent
        )
        question = session.get_one(BankQuestion, question_id)
        touch(bank)
        log(Action.QUESTION_ADDED, bank, question, actor=actor, now=now)
    return question


@weighed
def revise(
    question_id: int, wording: Question, *, seen_revision: int, submit: bool, actor: Actor, now: datetime
) -> QuestionRevision:
    """Give a question another wording, as a new revision: a draft, or in review with `submit`.

    Papers that have the old wording keep it, and an approved one goes on being drawn until the new one is
    approved. `seen_revision` is the id of the revision that the person was looking at. Saving what is there
    already makes no revision, it only submits a draft. Raises NotFound, QuestionInvalid, QuestionChanged,
    QuestionConflict, StepRefused for a retired question, BankBusy.
    """
    wording = _checked(wording)
    relatives = relatives_of(queries.get_bank_id(question_id), wording, own=question_id)
    with transaction() as session:
        bank, question, current = lock_question(session, question_id)
        if current.id != seen_revision:
            raise QuestionChanged("question_changed")
        if question.state == QuestionState.RETIRED.value:
            raise StepRefused(Refusal.IS_RETIRED.value, number=question.number)
        columns = wording_columns(wording, store(session, bank.id, wording.images, now=now))
        if all(getattr(current, name) == value for name, value in columns.items()):
            if submit and question.state == QuestionState.DRAFT.value:
                life.submit(question_id, actor=actor, now=now)
            return current
        relatives.settle(session, bank)
        question.fingerprint, question.wording_key = fingerprint(wording), wording_key(wording)
        refuse_conflict(session, question)
        revision = _add_revision(session, question, current.number + 1, columns, actor, now)
        question.kin = relatives.kin.get(wording.number)
        question.state = QuestionState.DRAFT.value
        touch(bank)
        keep_note(session, question, Note.REVISED, actor=actor, now=now)
        log(Action.QUESTION_REVISED, bank, question, actor=actor, now=now, revision=revision.number)
        session.flush()
        if submit:
            life.submit(question_id, actor=actor, now=now)
    return revision


def _add_revision(
    session: Session,
    question: BankQuestion,
    number: int,
    columns: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> QuestionRevision:
    revision = QuestionRevision(
        id=new_id(),
        question_id=question.id,
        number=number,
        created_at=now,
        created_by=actor.id,
        **columns,
    )
    session.add(revision)
    question.current_revision_id = revision.id
    return revision


def _checked(wording: Question) -> Question:
    """The wording with its pictures as they are kept. Raises QuestionInvalid."""
    for fault in faults(wording):
        raise QuestionInvalid(fault.value)
    return prepare(wording)[0]
