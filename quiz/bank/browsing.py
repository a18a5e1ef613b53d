"""Reading banks for people: lists, counts, searches, the history of a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from question_bank.folding import fold
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core.database import db
from quiz.core.errors import NotFound

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class BankSummary:
    """A bank and how many questions it has in each state that occurs."""

    bank: Bank
    counts: dict[QuestionState, int]

    @property
    def approved(self) -> int:
        """Questions that can be drawn."""
        return self.counts.get(QuestionState.APPROVED, 0)

    @property
    def retired(self) -> int:
        """Questions that are no longer drawn."""
        return self.counts.get(QuestionState.RETIRED, 0)


@dataclass(frozen=True, slots=True)
class BankMatrix:
    """Approved questions by topic and level; both in the order in which the bank first has them."""

    topics: tuple[str | None, ...]
    levels: tuple[str | None, ...]
    counts: dict[tuple[str | None, str | None], int]

    def count(self, topic: str | None, level: str | None) -> int:
        """How many there are of a topic and a level."""
        return self.counts.get((topic, level), 0)

    def of_topic(self, topic: str | None) -> int:
        """How many there are of a topic."""
        return sum(self.count(topic, level) for level in self.levels)

    def of_level(self, level: str | None) -> int:
        """How many there are of a level."""
        return sum(self.count(topic, level) for topic in self.topics)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty text, None and "" mean any. `topic` and `level` are exact."""

    text: str = ""
    topic: str = ""
    level: str = ""
    state: QuestionState | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search."""

    rows: list[tuple[BankQuestion, QuestionRevision]]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def list_banks() -> list[BankSummary]:
    """All banks by title."""
    counts: dict[int, dict[QuestionState, int]] = {}
    rows = db.session.execute(
        select(BankQuestion.bank_id, BankQuestion.state, func.count()).group_by(
            BankQuestion.bank_id, BankQuestion.state
        )
    )
    for bank_id, state, count in rows:
        counts.setdefault(bank_id, {})[QuestionState(state)] = count
    banks = db.session.scalars(select(Bank).order_by(Bank.title, Bank.id))
    return [BankSummary(bank, counts.get(bank.id, {})) for bank in banks]


def matrix(bank_id: int) -> BankMatrix:
    """How many approved questions there are of each topic and level."""
    rows = db.session.execute(
        select(QuestionRevision.topic, QuestionRevision.level, func.count(), func.min(BankQuestion.number))
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.state == QuestionState.APPROVED.value)
        .group_by(QuestionRevision.topic, QuestionRevision.level)
        .order_by(func.min(BankQuestion.number))
    ).all()
    return BankMatrix(
        topics=tuple(dict.fromkeys(row[0] for row in rows)),
        levels=tuple(dict.fromkeys(row[1] for row in rows)),
        counts={(row[0], row[1]): row[2] for row in rows},
    )


def list_questions(bank_id: int, search: Search, page: int = 1) -> Found:
    """Questions of a bank that fit a search, by number. Marks and capitals do not matter."""
    wanted = and_(BankQuestion.bank_id == bank_id, *_conditions(search))
    chosen: Select[BankQuestion, QuestionRevision] = (
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(wanted)
    )
    total = db.session.scalar(chosen.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = db.session.execute(
        chosen.order_by(BankQuestion.number).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    )
    return Found([(question, revision) for question, revision in rows], total, page)


def get_question(bank_id: int, number: int) -> tuple[BankQuestion, QuestionRevision]:
    """A question with its current wording. Raises NotFound."""
    row = db.session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.number == number)
    ).first()
    if row is None:
        raise NotFound("question")
    return row[0], row[1]


def get_revision(revision_id: int) -> QuestionRevision:
    """A wording by its id. Raises NotFound."""
    revision = db.session.get(QuestionRevision, revision_id)
    if revision is None:
        raise NotFound("revision")
    return revision


def list_revisions(question_id: int) -> Sequence[QuestionRevision]:
    """All wordings of a question, the newest first."""
    return db.session.scalars(
        select(QuestionRevision)
        .where(QuestionRevision.question_id == question_id)
        .order_by(QuestionRevision.number.desc())
    ).all()


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        QuestionRevision.search_key.contains(word, autoescape=True) for word in fold(search.text).split()
    ]
    text = search.text.strip()
    if text.isdecimal() and len(text) < 10:
        conditions = [or_(and_(*conditions), BankQuestion.number == int(text))]
    if search.topic:
        conditions.append(QuestionRevision.topic == search.topic)
    if search.level:
        conditions.append(QuestionRevision.level == search.level)
    if search.state is not None:
        conditions.append(BankQuestion.state == search.state.value)
    return conditions
