"""Changing banks: importing files, new wordings, retiring."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.fingerprints import fingerprint, wording_key
from question_bank.values import Question, Report
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank import queries
from quiz.bank.checks import faults
from quiz.bank.errors import BankBusy, BankInvalid, QuestionChanged, QuestionConflict, QuestionInvalid
from quiz.bank.kinship import join
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.planning import (
    ImportPlan,
    StoredQuestion,
    bank_name,
    near_duplicates,
    plan_import,
)
from quiz.bank.states import QuestionState
from quiz.bank.storing import Progress, insert_questions, set_families, wording_columns
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id

MAX_TITLE = 300
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_TRIES = 5


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import found and how many questions it saved; `is_saved` is False when it was refused."""

    plan: ImportPlan
    saved: int
    is_saved: bool


def create_bank(slug: str, title: str, *, actor: Actor, now: datetime) -> Bank:
    """An empty bank. Raises BankInvalid."""
    _check_names(slug, title)
    bank = Bank(slug=slug, title=title, created_at=now)
    try:
        with transaction() as session:
            session.add(bank)
            session.flush()  # uq_banks_slug has the last word
            record(Action.BANK_CREATED, slug, actor=actor, now=now)
    except IntegrityError as error:
        raise BankInvalid("bank_taken", slug=slug) from error
    return bank


def preview_import(report: Report, bank_slug: str) -> ImportPlan:
    """What `import_questions` would do with the report; nothing is saved."""
    return _compare(report, bank_slug).plan


def import_questions(
    report: Report,
    bank_slug: str,
    title: str | None = None,
    *,
    accept_partial: bool = False,
    actor: Actor,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Save the questions of a report: all of them, or none unless `accept_partial`.

    The bank is made if it is new. Questions that the bank has already are passed over; the same wording with
    another key is a problem. What comes in this way counts as approved: whoever may import answers for it,
    until review by a second person stands between. Raises BankInvalid, BankBusy.
    """
    _check_names(bank_slug, title or bank_slug)
    for _ in range(_TRIES):
        # Comparing takes seconds in a large bank, and entrants are saving: it is done before the transaction.
        compared = _compare(report, bank_slug)
        plan = compared.plan
        if report.refused or not (plan.is_clean or (accept_partial and (plan.new or plan.known))):
            return ImportOutcome(plan, 0, is_saved=False)
        try:
            if _save(compared, bank_slug, title, actor, now, progress or _silent):
                return ImportOutcome(plan, len(plan.new), is_saved=True)
        except IntegrityError:
            continue  # the same bank was made at the same moment
    raise BankBusy("bank_busy")


@dataclass(frozen=True, slots=True)
class _Compared:
    """A plan and the bank that it was made against; `version` is None where there was no bank yet."""

    plan: ImportPlan
    stored: list[StoredQuestion]
    version: int | None


def _compare(report: Report, slug: str) -> _Compared:
    bank = queries.find_bank(slug)
    stored = queries.list_stored(bank.id) if bank else []
    return _Compared(plan_import(report, stored), stored, bank.version if bank else None)


def _save(
    compared: _Compared, slug: str, title: str | None, actor: Actor, now: datetime, progress: Progress
) -> bool:
    """Carry out the plan, unless the bank has changed since: then False, and the plan has to be made anew."""
    plan = compared.plan
    with transaction() as session:
        bank = session.scalar(select(Bank).where(Bank.slug == slug).with_for_update())
        if (bank.version if bank else None) != compared.version:
            return False
        if bank is None:
            bank = Bank(slug=slug, title=title or slug, created_at=now)
            session.add(bank)
        bank.title = title or bank.title
        if plan.new:
            bank.version = new_id()
        session.flush()
        kin, changed = _families(plan.pairs, compared.stored)
        set_families(session, changed)
        insert_questions(session, bank.id, plan.new, kin, created_by=actor.id, now=now, progress=progress)
        figures = {"saved": len(plan.new), "known": len(plan.known), "held_back": len(plan.held_back)}
        record(Action.BANK_IMPORTED, slug, actor=actor, now=now, file=plan.report.file, **figures)
    return True


def revise(
    question_id: int, wording: Question, *, seen_revision: int, actor: Actor, now: datetime
) -> QuestionRevision:
    """Give a question another wording, as a new revision; papers that have the old one keep it.

    `seen_revision` is the id of the revision that the person was looking at. Saving what is there already
    changes nothing. Raises NotFound, QuestionInvalid, QuestionChanged, QuestionConflict.
    """
    for fault in faults(wording):
        raise QuestionInvalid(fault.value)
    others = [one for one in queries.list_siblings(question_id) if one.id != question_id]
    pairs = [(pair.a, pair.b) for pair in near_duplicates([wording], others)]
    kin, changed = _families(pairs, others)
    try:
        with transaction() as session:
            question, current = _lock_question(session, question_id)
            if current.id != seen_revision:
                raise QuestionChanged("question_changed")
            columns = wording_columns(wording)
            if all(getattr(current, name) == value for name, value in columns.items()):
                return current
            question.fingerprint, question.wording_key = fingerprint(wording), wording_key(wording)
            _refuse_conflict(session, question)
            revision = QuestionRevision(
                id=new_id(),
                question_id=question.id,
                number=current.number + 1,
                created_at=now,
                created_by=actor.id,
                **columns,
            )
            session.add(revision)
            question.current_revision_id, question.kin = revision.id, kin.get(wording.number)
            set_families(session, changed)
            _touch(session, question, Action.QUESTION_REVISED, actor, now, revision=revision.number)
    except IntegrityError as error:
        raise BankBusy("bank_busy") from error
    return revision


def retire(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a question out of every later draw; papers that have it keep it. Raises NotFound."""
    _set_state(question_id, QuestionState.RETIRED, Action.QUESTION_RETIRED, actor, now)


def restore(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a retired question be drawn again. Raises NotFound, QuestionConflict."""
    _set_state(question_id, QuestionState.APPROVED, Action.QUESTION_RESTORED, actor, now)


def _set_state(question_id: int, state: QuestionState, action: Action, actor: Actor, now: datetime) -> None:
    with transaction() as session:
        question, _revision = _lock_question(session, question_id)
        if question.state == state.value:
            return
        question.state = state.value
        if state is not QuestionState.RETIRED:
            _refuse_conflict(session, question)
        _touch(session, question, action, actor, now)


def _touch(
    session: Session, question: BankQuestion, action: Action, actor: Actor, now: datetime, **detail: int
) -> None:
    """The bank has changed: caches learn it, the log keeps it."""
    bank = session.get_one(Bank, question.bank_id)
    bank.version = new_id()
    session.flush()
    record(action, f"{bank.slug}/{question.number}", actor=actor, now=now, **detail)


def _lock_question(session: Session, question_id: int) -> tuple[BankQuestion, QuestionRevision]:
    question = session.get(BankQuestion, question_id, with_for_update=True)
    if question is None:
        raise NotFound("question")
    return question, session.get_one(QuestionRevision, question.current_revision_id)


def _refuse_conflict(session: Session, question: BankQuestion) -> None:
    """Twins in a bank would be drawn into one paper, or contradict each other."""
    others = session.execute(
        select(BankQuestion.number, BankQuestion.fingerprint)
        .where(
            BankQuestion.bank_id == question.bank_id,
            BankQuestion.id != question.id,
            (BankQuestion.fingerprint == question.fingerprint)
            | (
                (BankQuestion.wording_key == question.wording_key)
                & (BankQuestion.state != QuestionState.RETIRED.value)
            ),
        )
        .order_by(BankQuestion.number)
    )
    for number, mark in others:
        code = "same_question" if mark == question.fingerprint else "same_wording"
        raise QuestionConflict(code, number=number)


def _families(
    pairs: Iterable[tuple[str, str]], stored: Sequence[StoredQuestion]
) -> tuple[dict[str, int], dict[int, int]]:
    """Families of new questions by their numbers, and of stored ones by id where theirs becomes another."""
    by_name = {bank_name(one.number): one for one in stored}
    joined = join(pairs, {name: one.kin for name, one in by_name.items()}, new_id)
    fresh = {name: family for name, family in joined.items() if name not in by_name}
    return fresh, {by_name[name].id: family for name, family in joined.items() if name in by_name}


def _check_names(slug: str, title: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise BankInvalid("bank_slug", slug=slug)
    if not title.strip() or len(title) > MAX_TITLE:
        raise BankInvalid("bank_title", most=MAX_TITLE)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""
