"""Reading banks for papers, marking and imports. Revisions never change, so a process keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select, Subquery, func, select

from question_bank.draw import PoolItem
from question_bank.values import Question
from quiz.accounts.models import Staff
from quiz.bank.comparing import StoredQuestion
from quiz.bank.loading import as_question as as_question  # readers ask this module for everything
from quiz.bank.loading import view as view
from quiz.bank.models import Bank, BankQuestion, QuestionNote, QuestionRevision, QuestionUsage
from quiz.bank.picture_queries import with_bytes
from quiz.bank.states import Note, QuestionState
from quiz.bank.topic_queries import stored_topics
from quiz.bank.topic_tree import TopicTree
from quiz.bank.values import (
    NoteLine,
    RevisionView,
    RoundUsage,
    Usage,
    keeps_its_place,
    loaded_choices,
)
from quiz.core.caches import new_cache
from quiz.core.database import db
from quiz.core.errors import NotFound

_MOST_VIEWS = 50_000  # about 100 MB of questions
_MOST_POOLS = 50
_views: dict[int, RevisionView] = new_cache()
_pools: dict[int, tuple[int, "_Pool"]] = new_cache()


class PaperSource(Protocol):
    """What a round says of its questions: the bank's slug, and numbers where everybody gets the same ones."""

    @property
    def bank(self) -> str:
        """The bank's slug."""

    @property
    def fixed(self) -> Sequence[str]:
        """Numbers of questions, empty where they are drawn by a matrix."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """The questions of a bank that are drawn, at one version, by their numbers and in that order."""

    items: tuple[PoolItem, ...]
    by_number: Mapping[int, PoolItem]


def find_bank(slug: str) -> Bank | None:
    """The bank with this slug, or None."""
    return db.session.scalar(select(Bank).where(Bank.slug == slug))


def get_bank(slug: str) -> Bank:
    """The bank with this slug. Raises NotFound."""
    bank = find_bank(slug)
    if bank is None:
        raise NotFound("bank")
    return bank


def find_version(bank_id: int) -> int | None:
    """Another number after every change of what is drawn or compared, or None where there is no bank."""
    return db.session.scalar(select(Bank.version).where(Bank.id == bank_id))


def pool(bank_id: int) -> Sequence[PoolItem]:
    """A bank's questions for drawing, by number; `id` is that of the approved revision.

    A question whose newer wording waits for review is drawn with the approved one; a retired one is not.
    Near-duplicates share a group. Costs one small query as long as the bank has not changed.
    """
    return _current_pool(bank_id, find_version(bank_id) or 0).items


def pool_for(paper: PaperSource) -> Sequence[PoolItem]:
    """The questions that a round draws from: its bank's, or only the fixed ones in their order.

    Raises NotFound when there is no such bank. A fixed question that is not approved is left out.
    """
    row = db.session.execute(select(Bank.id, Bank.version).where(Bank.slug == paper.bank)).first()
    if row is None:
        raise NotFound("bank")
    return _drawn_from(_current_pool(row.id, row.version), paper)


def kept_pool_for(paper: PaperSource, version: int) -> Sequence[PoolItem] | None:
    """The same at this version of the bank if this process has it at hand, without asking the database."""
    found = next((pool for known, pool in tuple(_pools.values()) if known == version), None)
    return None if found is None else _drawn_from(found, paper)


def _drawn_from(found: _Pool, paper: PaperSource) -> Sequence[PoolItem]:
    if not paper.fixed:
        return found.items
    wanted = (int(number) for number in paper.fixed if number.isdecimal())
    return [found.by_number[number] for number in wanted if number in found.by_number]


def revisions(ids: Iterable[int]) -> dict[int, RevisionView]:
    """Revisions by id. Raises NotFound when one of them does not exist."""
    wanted = set(ids)
    missing = [revision_id for revision_id in wanted if revision_id not in _views]
    if missing:
        if len(_views) + len(missing) > _MOST_VIEWS:
            _views.clear()
        rows = db.session.scalars(select(QuestionRevision).where(QuestionRevision.id.in_(missing)))
        _views.update({row.id: view(row) for row in rows})
    found = {revision_id: _views.get(revision_id) for revision_id in wanted}
    if None in found.values():
        # Another thread may have emptied the cache between the two steps.
        rows = db.session.scalars(select(QuestionRevision).where(QuestionRevision.id.in_(wanted)))
        found = {row.id: view(row) for row in rows}
        if len(found) < len(wanted):
            raise NotFound("revision")
    return {revision_id: one for revision_id, one in found.items() if one is not None}


def list_stored(bank_id: int) -> list[StoredQuestion]:
    """All questions of a bank in their newest wording, by number, for comparing with a file."""
    drawn = {
        question.id: as_question(question, revision)
        for question, revision in db.session.execute(
            _drawn(bank_id).where(BankQuestion.approved_revision_id != BankQuestion.current_revision_id)
        )
    }
    return [
        StoredQuestion(
            id=question.id,
            number=question.number,
            state=QuestionState(question.state),
            fingerprint=question.fingerprint,
            wording_key=question.wording_key,
            kin=question.kin,
            question=as_question(question, revision),
            drawn=drawn.get(question.id),
        )
        for question, revision in db.session.execute(_current(bank_id))
    ]


def get_bank_id(question_id: int) -> int:
    """The bank that a question is in. Raises NotFound."""
    bank_id = db.session.scalar(select(BankQuestion.bank_id).where(BankQuestion.id == question_id))
    if bank_id is None:
        raise NotFound("question")
    return bank_id


def find_approved(question_id: int) -> Question | None:
    """The approved wording of a question, drawn or not, or None."""
    row = db.session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.approved_revision_id)
        .where(BankQuestion.id == question_id)
    ).first()
    return as_question(row[0], row[1]) if row else None


def list_notes(question_id: int) -> list[NoteLine]:
    """What happened to a question and what was said of it, the newest first, with people's names."""
    rows = db.session.execute(
        select(QuestionNote, Staff.name, QuestionRevision.number)
        .outerjoin(Staff, Staff.id == QuestionNote.staff_id)
        .outerjoin(QuestionRevision, QuestionRevision.id == QuestionNote.revision_id)
        .where(QuestionNote.question_id == question_id)
        .order_by(QuestionNote.id.desc())
    )
    return [
        NoteLine(Note(note.kind), note.text, name or "", note.staff_id, number, note.created_at)
        for note, name, number in rows
    ]


def usage_of(question_ids: Iterable[int]) -> dict[int, Usage]:
    """How often each question was drawn and answered right, and in which rounds; unused ones are missing."""
    rounds: dict[int, list[RoundUsage]] = {}
    rows = db.session.scalars(
        select(QuestionUsage)
        .where(QuestionUsage.question_id.in_(set(question_ids)))
        .order_by(QuestionUsage.contest_id.desc(), QuestionUsage.round_number.desc())
    )
    for row in rows:
        rounds.setdefault(row.question_id, []).append(
            RoundUsage(**{name: getattr(row, name) for name in RoundUsage.__slots__})
        )
    return {
        question_id: Usage(
            sum(one.drawn for one in found), sum(one.right_count for one in found), tuple(found)
        )
        for question_id, found in rounds.items()
    }


def list_exported(bank_id: int, *, pictures: bool = True) -> list[Question]:
    """The bank's questions that are not retired, by number, as they are written to a file.

    Without `pictures` their bytes are not loaded, for formats that have no place for them.
    """
    rows = db.session.execute(_current(bank_id).where(BankQuestion.state != QuestionState.RETIRED.value))
    questions = [as_question(question, revision) for question, revision in rows]
    return with_bytes(bank_id, questions) if pictures else questions


def _current(bank_id: int) -> Select[BankQuestion, QuestionRevision]:
    return (
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id)
        .order_by(BankQuestion.number)
    )


def _usage_sums() -> Subquery:
    sums = (func.sum(QuestionUsage.drawn).label("drawn"), func.sum(QuestionUsage.right_count))
    return (
        select(QuestionUsage.question_id, sums[0], sums[1].label("right_count"))
        .group_by(QuestionUsage.question_id)
        .subquery()
    )


def _current_pool(bank_id: int, version: int) -> _Pool:
    kept = _pools.get(bank_id)
    if kept is not None and kept[0] == version:
        return kept[1]
    if len(_pools) >= _MOST_POOLS:
        _pools.clear()
    made = _load_pool(bank_id)
    _pools[bank_id] = (version, made)
    return made


def _drawn(bank_id: int) -> Select[BankQuestion, QuestionRevision]:
    """The questions that papers are drawn from, in their approved wordings."""
    return (
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.approved_revision_id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.state != QuestionState.RETIRED.value)
        .order_by(BankQuestion.number)
    )


def _load_pool(bank_id: int) -> _Pool:
    used = _usage_sums()
    found = _drawn(bank_id).add_columns(used.c.drawn, used.c.right_count)
    rows = db.session.execute(found.outerjoin(used, used.c.question_id == BankQuestion.id)).all()
    tree = TopicTree(stored_topics(bank_id))
    # Whoever draws a paper shows and marks it next: no second query for the same rows.
    _views.update({row[1].id: view(row[1]) for row in rows})
    items = {
        question.number: PoolItem(
            id=revision.id,
            topic=revision.topic,
            level=revision.level,
            choices=len(revision.choices),
            pinned=keeps_its_place(loaded_choices(revision.choices)),
            group=question.kin,
            facility=Usage(drawn or 0, right_count or 0).facility,
            wider=tree.wider(revision.topic),
        )
        for question, revision, drawn, right_count in rows
    }
    return _Pool(tuple(items.values()), items)
