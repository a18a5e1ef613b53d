"""Reading banks for people: lists, counts, searches, the history of a question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce

from question_bank.folding import fold
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.bank.topic_queries import topic_names, topic_tree
from quiz.bank.topic_tree import TopicTree
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import title_key

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class BankSummary:
    """A bank and how many questions it has in each state that occurs; `approved` of them are drawn."""

    bank: Bank
    counts: dict[QuestionState, int]
    approved: int

    @property
    def waiting(self) -> int:
        """Questions whose newest wording waits for review."""
        return self.counts.get(QuestionState.IN_REVIEW, 0)

    @property
    def retired(self) -> int:
        """Questions that are no longer drawn."""
        return self.counts.get(QuestionState.RETIRED, 0)


@dataclass(frozen=True, slots=True)
class BankMatrix:
    """Questions that are drawn, by topic and level.

    Topics stand in the order of their tree, levels in that in which the bank first has them. A topic counts
    what is below it, too, and is found by its former names; `counts` has each topic's own questions.
    """

    topics: tuple[str | None, ...]
    levels: tuple[str | None, ...]
    counts: dict[tuple[str | None, str | None], int]
    tree: TopicTree = field(default_factory=lambda: TopicTree(()))

    def count(self, topic: str | None, level: str | None) -> int:
        """How many there are of a topic and a level."""
        return sum(self.counts.get((name, level), 0) for name in self._within(topic))

    def of_topic(self, topic: str | None) -> int:
        """How many there are of a topic."""
        return sum(self.count(topic, level) for level in self.levels)

    def of_level(self, level: str | None) -> int:
        """How many there are of a level."""
        return sum(count for (_topic, other), count in self.counts.items() if other == level)

    def depth(self, topic: str | None) -> int:
        """How deep a topic stands in the tree, 0 at the top."""
        found = self.tree.find(topic)
        return len(self.tree.above(found)) if found else 0

    def _within(self, topic: str | None) -> list[str | None]:
        found = self.tree.find(topic)
        return [one.name for one in self.tree.within(found)] if found else [topic]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty text, None and "" mean any. A topic stands for everything below it.

    `lacks_source`: only questions that name no source. `has_twins`: only those with near-duplicates.
    """

    text: str = ""
    topic: str = ""
    level: str = ""
    tag: str = ""
    state: QuestionState | None = None
    lacks_source: bool = False
    has_twins: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return self != Search()


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
    approved = db.session.execute(
        select(BankQuestion.bank_id, func.count())
        .where(
            BankQuestion.approved_revision_id.is_not(None), BankQuestion.state != QuestionState.RETIRED.value
        )
        .group_by(BankQuestion.bank_id)
    )
    drawn = {row[0]: row[1] for row in approved}
    banks = sorted(db.session.scalars(select(Bank)), key=lambda bank: (title_key(bank.title), bank.id))
    return [BankSummary(bank, counts.get(bank.id, {}), drawn.get(bank.id, 0)) for bank in banks]


def matrix(bank_id: int) -> BankMatrix:
    """How many questions of each topic and level papers are drawn from."""
    rows = db.session.execute(
        select(QuestionRevision.topic, QuestionRevision.level, func.count(), func.min(BankQuestion.number))
        .join(BankQuestion, BankQuestion.approved_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.state != QuestionState.RETIRED.value)
        .group_by(QuestionRevision.topic, QuestionRevision.level)
        .order_by(func.min(BankQuestion.number))
    ).all()
    tree = topic_tree(bank_id)
    counts: dict[tuple[str | None, str | None], int] = {}
    for name, level, count, _first in rows:
        topic = tree.find(name)
        key = (topic.name if topic else None, level)
        counts[key] = counts.get(key, 0) + count
    used = {name for name, _level in counts}
    topics: list[str | None] = [
        branch.topic.name
        for branch in tree.walk()
        if any(one.name in used for one in tree.within(branch.topic))
    ]
    if None in used:
        topics.append(None)
    return BankMatrix(tuple(topics), tuple(dict.fromkeys(row[1] for row in rows)), counts, tree)


def list_tags(bank_id: int) -> list[str]:
    """The tags of a bank's questions in the alphabet's order."""
    rows = db.session.scalars(
        select(QuestionRevision.tags)
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, QuestionRevision.tags.is_not(None))
        .distinct()
    )
    return sorted({tag for tags in rows for tag in tags or ()})


def list_levels(bank_id: int) -> list[str]:
    """The levels of a bank's questions, whatever their state, the first question's first."""
    rows = db.session.execute(
        select(QuestionRevision.level, func.min(BankQuestion.number))
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, QuestionRevision.level.is_not(None))
        .group_by(QuestionRevision.level)
        .order_by(func.min(BankQuestion.number))
    )
    return [level for level, _first in rows if level]


def list_questions(bank_id: int, search: Search, page: int = 1) -> Found:
    """Questions of a bank that fit a search, by number. Marks and capitals do not matter."""
    wanted = and_(BankQuestion.bank_id == bank_id, *conditions(bank_id, search))
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


def conditions(bank_id: int, search: Search) -> list[ColumnElement[bool]]:
    """What a question and its current wording have to be, for a search."""
    wanted: list[ColumnElement[bool]] = [
        QuestionRevision.search_key.contains(word, autoescape=True) for word in fold(search.text).split()
    ]
    text = search.text.strip()
    if text.isdecimal() and len(text) < 10:
        wanted = [or_(and_(*wanted), BankQuestion.number == int(text))]
    if search.topic:
        wanted.append(QuestionRevision.topic.in_(_names_within(bank_id, search.topic)))
    if search.level:
        wanted.append(QuestionRevision.level == search.level)
    if search.state is not None:
        wanted.append(BankQuestion.state == search.state.value)
    if search.tag:
        written = json.dumps(search.tag, ensure_ascii=False)  # tags are stored as a JSON list
        wanted.append(type_coerce(QuestionRevision.tags, Text).contains(written, autoescape=True))
    if search.lacks_source:
        wanted += [
            func.coalesce(QuestionRevision.source, "") == "",
            QuestionRevision.citation.is_(None),
        ]
    if search.has_twins:
        wanted.append(BankQuestion.kin.is_not(None))
    return wanted


def _names_within(bank_id: int, topic: str) -> list[str]:
    """How the questions of a topic and of everything below it name theirs."""
    tree = topic_tree(bank_id)
    found = tree.find(topic)
    if found is None:
        return [topic]
    keys = {one.key for one in tree.within(found)}
    return [name for name in topic_names(bank_id) if (one := tree.find(name)) and one.key in keys]
