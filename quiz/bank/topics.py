"""Changing the tree of topics. Questions name their topic: renaming and merging re-label them.

Topic, level and tags classify a question, they are not its wording: they are changed in the revisions that
exist, by Core, past the guard that keeps wordings as they were. Papers hold wordings and keys only.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from question_bank.folding import loose_key
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.changing import lock_bank, touch
from quiz.bank.errors import TopicInvalid
from quiz.bank.loading import as_question
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.models import Topic as TopicRow
from quiz.bank.planning import MAX_TOPIC
from quiz.bank.topic_queries import topic_tree
from quiz.bank.topic_tree import Topic, TopicTree
from quiz.bank.values import search_words
from quiz.core.database import transaction
from quiz.core.ids import new_id

_AT_ONCE = 200


def add_topic(bank_id: int, name: str, parent: str = "", *, actor: Actor, now: datetime) -> None:
    """A new topic, below another or at the top. Raises NotFound, TopicInvalid."""
    name = _checked(name)
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        _refuse_taken(tree, name)
        above = _stored(session, bank, _get(tree, parent)) if parent else None
        _add(session, bank, Topic(None, name), above.id if above else None)
        _done(bank, f"added: {name}", actor, now)


def rename_topic(bank_id: int, topic: str, name: str, *, actor: Actor, now: datetime) -> int:
    """Call a topic otherwise and re-label its questions; how many wordings were.

    The old name is kept, so that a matrix that uses it goes on drawing. Raises NotFound, TopicInvalid: a name
    that another topic has is for `merge_topics`.
    """
    name = _checked(name)
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        found = _get(tree, topic)
        if found.name == name:
            return 0
        if found.key != loose_key(name):
            _refuse_taken(tree, name, but=found)
        row = _stored(session, bank, found)
        row.former_names = _names([*row.former_names, row.name], but=name)
        row.name, row.name_key = name, loose_key(name)
        changed = _relabel(session, bank, tree, [found], name)
        _done(bank, f"renamed: {found.name} → {name}", actor, now)
    return changed


def merge_topics(bank_id: int, topic: str, into: str, *, actor: Actor, now: datetime) -> int:
    """Make one topic of two: questions, subtopics and names of the first go to the second.

    How many wordings were re-labelled. Raises NotFound, TopicInvalid when the second is below the first.
    """
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        found, target = _get(tree, topic), _get(tree, into)
        if target in tree.within(found):
            raise TopicInvalid("topic_circle", name=found.name)
        row = _stored(session, bank, target)
        row.former_names = _names([*row.former_names, *found.former_names, found.name], but=row.name)
        for child in tree.below(found):
            session.execute(update(TopicRow).where(TopicRow.id == child.id).values(parent_id=row.id))
        if found.id is not None:
            session.delete(session.get_one(TopicRow, found.id))
        changed = _relabel(session, bank, tree, [found], target.name)
        _done(bank, f"merged: {found.name} → {target.name}", actor, now)
    return changed


def move_topic(bank_id: int, topic: str, under: str, *, actor: Actor, now: datetime) -> None:
    """Put a topic below another, or at the top with "". Raises NotFound, TopicInvalid for a circle."""
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        found, above = _get(tree, topic), _get(tree, under) if under else None
        if above is not None and above in tree.within(found):
            raise TopicInvalid("topic_circle", name=found.name)
        row = _stored(session, bank, found)
        parent_id = _stored(session, bank, above).id if above else None
        if row.parent_id == parent_id and found.id is not None:
            return
        row.parent_id, row.position = parent_id, _last(session, bank)
        _done(bank, f"moved: {found.name} → {above.name if above else '/'}", actor, now)


def order_topic(bank_id: int, topic: str, by: int, *, actor: Actor, now: datetime) -> None:
    """Move a topic up (-1) or down (1) among those beside it. Raises NotFound."""
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        found = _get(tree, topic)
        parents = tree.above(found)
        beside = list(tree.below(parents[0] if parents else None))
        place = beside.index(found)
        other = place + by
        if not 0 <= other < len(beside):
            return
        beside[place], beside[other] = beside[other], beside[place]
        for position, one in enumerate(beside):
            _stored(session, bank, one).position = position
        _done(bank, f"ordered: {found.name}", actor, now)


def delete_topic(bank_id: int, topic: str, *, actor: Actor, now: datetime) -> None:
    """Take an empty topic away. Raises NotFound, TopicInvalid while questions or topics are in it."""
    with transaction() as session:
        bank, tree = lock_bank(session, bank_id), topic_tree(bank_id)
        found = _get(tree, topic)
        if tree.below(found) or _revisions(session, bank, tree, [found]):
            raise TopicInvalid("topic_not_empty", name=found.name)
        if found.id is not None:
            session.delete(session.get_one(TopicRow, found.id))
        _done(bank, f"deleted: {found.name}", actor, now)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or not loose_key(name):
        raise TopicInvalid("topic_no_name")
    if len(name) > MAX_TOPIC:
        raise TopicInvalid("topic_too_long", most=MAX_TOPIC)
    return name


def _get(tree: TopicTree, name: str) -> Topic:
    found = tree.find(name)
    if found is None:
        raise TopicInvalid("topic_unknown", name=name[:80])
    return found


def _refuse_taken(tree: TopicTree, name: str, but: Topic | None = None) -> None:
    """A name that another topic has. Former names may be used anew: they mean the new topic then."""
    found = tree.find(name)
    if found is not None and found != but and found.key == loose_key(name):
        raise TopicInvalid("topic_taken", name=found.name)


def _stored(session: Session, bank: Bank, topic: Topic) -> TopicRow:
    """The topic's row; one that only questions named so far gets one."""
    if topic.id is not None:
        return session.get_one(TopicRow, topic.id)
    known = session.scalar(
        select(TopicRow).where(TopicRow.bank_id == bank.id, TopicRow.name_key == topic.key)
    )
    return known or _add(session, bank, topic, None)


def _add(session: Session, bank: Bank, topic: Topic, parent_id: int | None) -> TopicRow:
    row = TopicRow(
        id=new_id(),
        bank_id=bank.id,
        parent_id=parent_id,
        name=topic.name,
        name_key=topic.key,
        former_names=list(topic.former_names),
        position=_last(session, bank),
    )
    session.add(row)
    session.flush()
    return row


def _last(session: Session, bank: Bank) -> int:
    most = session.scalar(select(func.max(TopicRow.position)).where(TopicRow.bank_id == bank.id))
    return 0 if most is None else most + 1


def _names(names: Iterable[str], *, but: str) -> list[str]:
    """Each name once, without the one that the topic has now."""
    found = {loose_key(name): name for name in names}
    found.pop(loose_key(but), None)
    return list(found.values())


def _revisions(
    session: Session, bank: Bank, tree: TopicTree, topics: list[Topic]
) -> list[tuple[BankQuestion, QuestionRevision]]:
    """All wordings, old ones too, that name one of the topics in whatever spelling."""
    keys = {topic.key for topic in topics}
    of_bank = select(QuestionRevision.topic).join(
        BankQuestion, BankQuestion.id == QuestionRevision.question_id
    )
    spellings = session.scalars(of_bank.where(BankQuestion.bank_id == bank.id).distinct()).all()
    names = [name for name in spellings if (found := tree.find(name)) and found.key in keys]
    rows = session.execute(
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .where(BankQuestion.bank_id == bank.id, QuestionRevision.topic.in_(names))
    )
    return [(question, revision) for question, revision in rows]


def _relabel(session: Session, bank: Bank, tree: TopicTree, topics: list[Topic], name: str) -> int:
    """Write the name, and the words that searches look through, into the wordings of the topics."""
    changed = []
    for question, revision in _revisions(session, bank, tree, topics):
        value = as_question(question, revision)
        named = replace(value, topic=name)
        changed.append({"revision_id": revision.id, "topic": name, "search_key": search_words(named)})
    table = cast("Table", QuestionRevision.__table__)
    session.flush()
    statement = update(table).where(table.c.id == bindparam("revision_id"))
    for start in range(0, len(changed), _AT_ONCE):
        session.connection().execute(statement, changed[start : start + _AT_ONCE])
    session.expire_all()
    return len(changed)


def _done(bank: Bank, what: str, actor: Actor, now: datetime) -> None:
    touch(bank)
    record(Action.TOPICS_CHANGED, bank.slug, actor=actor, now=now, changed=[what])
