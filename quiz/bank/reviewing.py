"""The queue of questions that wait for review, in the order in which their wordings were written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from quiz.accounts.models import Staff
from quiz.bank.comparing import StoredQuestion
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.queries import as_question
from quiz.bank.states import QuestionState
from quiz.core.database import db
from quiz.core.names import sort_key, title_key

PER_PAGE = 40
NO_AUTHOR = 0  # what commands brought in


@dataclass(frozen=True, slots=True)
class Queue:
    """Which waiting questions: of one bank, of one topic, by one author; "" and None mean any.

    `reviewer_id` leaves out what this person may not approve: own work where the bank does not allow it.
    """

    bank: str = ""
    topic: str = ""
    author: int | None = None
    reviewer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits: its rows and who wrote the newest wording ("" for a command)."""

    bank: Bank
    question: BankQuestion
    revision: QuestionRevision
    author: str

    @property
    def is_reworded(self) -> bool:
        """Whether an approved wording is drawn meanwhile."""
        return self.question.approved_revision_id is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands in a queue: `number` of `total`; ids of the wordings before and after it."""

    number: int
    total: int
    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What the queue can be narrowed to: (value, words, count)."""

    banks: list[tuple[str, str, int]]
    topics: list[tuple[str, int]]
    authors: list[tuple[int, str, int]]


def count_waiting(queue: Queue) -> int:
    """How many questions wait."""
    return db.session.scalar(_waiting(queue).with_only_columns(func.count(), maintain_column_froms=True)) or 0


def count_states(bank_id: int) -> dict[QuestionState, int]:
    """How many questions of a bank are in each state that occurs."""
    rows = db.session.execute(
        select(BankQuestion.state, func.count())
        .where(BankQuestion.bank_id == bank_id)
        .group_by(BankQuestion.state)
    )
    return {QuestionState(row[0]): row[1] for row in rows}


def list_waiting(queue: Queue, page: int = 1) -> list[Waiting]:
    """One page of the queue, the oldest wording first."""
    chosen = _waiting(queue).order_by(QuestionRevision.id).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    return _loaded(chosen)


def find_waiting(queue: Queue, at: int = 0) -> Waiting | None:
    """The question with the wording `at`, or the next one after it, or the first; None where none waits."""
    in_order = _waiting(queue).order_by(QuestionRevision.id).limit(1)
    found = _loaded(in_order.where(QuestionRevision.id >= at)) or _loaded(in_order)
    return found[0] if found else None


def list_chosen(queue: Queue, revision_ids: Iterable[int]) -> list[Waiting]:
    """Those of the wordings that still wait."""
    return _loaded(
        _waiting(queue).where(QuestionRevision.id.in_(set(revision_ids))).order_by(QuestionRevision.id)
    )


def place_of(queue: Queue, revision_id: int) -> Place:
    """Where a waiting wording stands in the queue."""
    waiting = _waiting(queue)
    number, total, previous, following = db.session.execute(
        waiting.with_only_columns(
            func.count().filter(QuestionRevision.id <= revision_id),
            func.count(),
            func.max(QuestionRevision.id).filter(QuestionRevision.id < revision_id),
            func.min(QuestionRevision.id).filter(QuestionRevision.id > revision_id),
            maintain_column_froms=True,
        )
    ).one()
    return Place(number, total, previous, following)


def queue_choices(queue: Queue) -> QueueChoices:
    """Banks, topics of the chosen bank and authors that have questions waiting."""
    everything = _waiting(Queue(reviewer_id=queue.reviewer_id))
    banks = db.session.execute(
        everything.with_only_columns(
            Bank.slug, Bank.title, func.count(), maintain_column_froms=True
        ).group_by(Bank.slug, Bank.title)
    ).all()
    of_bank = _waiting(Queue(bank=queue.bank, reviewer_id=queue.reviewer_id))
    topics = db.session.execute(
        of_bank.with_only_columns(QuestionRevision.topic, func.count(), maintain_column_froms=True)
        .where(QuestionRevision.topic.is_not(None))
        .group_by(QuestionRevision.topic)
    ).all()
    authors = db.session.execute(
        of_bank.with_only_columns(
            QuestionRevision.created_by, Staff.name, func.count(), maintain_column_froms=True
        ).group_by(QuestionRevision.created_by, Staff.name)
    ).all()
    return QueueChoices(
        banks=sorted(((row[0], row[1], row[2]) for row in banks), key=lambda one: title_key(one[1])),
        topics=sorted(((row[0] or "", row[1]) for row in topics), key=lambda one: title_key(one[0])),
        authors=sorted(
            ((row[0] or NO_AUTHOR, row[1] or "", row[2]) for row in authors),
            key=lambda one: sort_key(one[1]),
        ),
    )


def list_family(question: BankQuestion) -> list[StoredQuestion]:
    """The near-duplicates of a question that are in use, by number."""
    if question.kin is None:
        return []
    rows = db.session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(
            BankQuestion.bank_id == question.bank_id,
            BankQuestion.kin == question.kin,
            BankQuestion.id != question.id,
            BankQuestion.state != QuestionState.RETIRED.value,
        )
        .order_by(BankQuestion.number)
    )
    return [
        StoredQuestion(
            id=other.id,
            number=other.number,
            state=QuestionState(other.state),
            fingerprint=other.fingerprint,
            wording_key=other.wording_key,
            kin=other.kin,
            question=as_question(other, revision),
        )
        for other, revision in rows
    ]


def _waiting(queue: Queue) -> Select[Bank, BankQuestion, QuestionRevision, str]:
    return (
        select(Bank, BankQuestion, QuestionRevision, Staff.name)
        .join(BankQuestion, BankQuestion.bank_id == Bank.id)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .outerjoin(Staff, Staff.id == QuestionRevision.created_by)
        .where(and_(BankQuestion.state == QuestionState.IN_REVIEW.value, *_conditions(queue)))
    )


def _conditions(queue: Queue) -> Sequence[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if queue.bank:
        wanted.append(Bank.slug == queue.bank)
    if queue.topic:
        wanted.append(QuestionRevision.topic == queue.topic)
    if queue.author is not None:
        by = QuestionRevision.created_by
        wanted.append(by.is_(None) if queue.author == NO_AUTHOR else by == queue.author)
    if queue.reviewer_id is not None:
        by = QuestionRevision.created_by
        wanted.append(or_(Bank.own_approval, by.is_(None), by != queue.reviewer_id))
    return wanted


def _loaded(chosen: Select[Bank, BankQuestion, QuestionRevision, str]) -> list[Waiting]:
    return [
        Waiting(bank, question, revision, name or "")
        for bank, question, revision, name in db.session.execute(chosen)
    ]
