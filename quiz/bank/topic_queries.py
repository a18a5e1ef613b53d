"""Reading a bank's topics: the tree, and how many questions each has."""

from dataclasses import dataclass

from sqlalchemy import func, select

from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.models import Topic as TopicRow
from quiz.bank.states import QuestionState
from quiz.bank.topic_tree import Branch, Topic, TopicTree
from quiz.core.database import db


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with its own questions in use, with everything below it, and how many of those are drawn."""

    branch: Branch
    own: int
    within: int
    drawn: int


def stored_topics(bank_id: int) -> list[Topic]:
    """The topics that a bank keeps, by position."""
    rows = db.session.scalars(
        select(TopicRow).where(TopicRow.bank_id == bank_id).order_by(TopicRow.position, TopicRow.id)
    )
    return [Topic(row.id, row.name, row.parent_id, tuple(row.former_names), row.position) for row in rows]


def topic_names(bank_id: int) -> list[str]:
    """The topics that the questions of a bank name, as they are written there, the first question's first."""
    rows = db.session.execute(
        select(QuestionRevision.topic, func.min(BankQuestion.number))
        .join(
            BankQuestion,
            QuestionRevision.id.in_((BankQuestion.current_revision_id, BankQuestion.approved_revision_id)),
        )
        .where(BankQuestion.bank_id == bank_id, QuestionRevision.topic.is_not(None))
        .group_by(QuestionRevision.topic)
        .order_by(func.min(BankQuestion.number))
    )
    return [name for name, _first in rows if name]


def topic_tree(bank_id: int) -> TopicTree:
    """All topics of a bank: those that it keeps, and those that its questions name."""
    return TopicTree(stored_topics(bank_id), topic_names(bank_id))


def list_topics(bank_id: int) -> tuple[list[TopicLine], int]:
    """The tree line by line with its counts, without retired questions; and how many name no topic."""
    tree = topic_tree(bank_id)
    own: dict[str | None, int] = {}
    drawn: dict[str | None, int] = {}
    rows = db.session.execute(
        select(QuestionRevision.topic, func.count(), func.count(BankQuestion.approved_revision_id))
        .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.state != QuestionState.RETIRED.value)
        .group_by(QuestionRevision.topic)
    )
    for name, count, approved in rows:
        topic = tree.find(name)
        key = topic.key if topic else None
        own[key] = own.get(key, 0) + count
        drawn[key] = drawn.get(key, 0) + approved
    lines = []
    for branch in tree.walk():
        keys = [one.key for one in tree.within(branch.topic)]
        lines.append(
            TopicLine(
                branch,
                own=own.get(branch.topic.key, 0),
                within=sum(own.get(key, 0) for key in keys),
                drawn=sum(drawn.get(key, 0) for key in keys),
            )
        )
    return lines, own.get(None, 0)
