"""The tree of topics: what changing it does to questions, draws and running contests; on both databases."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from question_bank.draw import Cell, coverage
from question_bank.reading import read
from quiz.audit.models import AuditEvent
from quiz.bank import browsing, queries, service, topics
from quiz.bank.browsing import Search
from quiz.bank.errors import TopicInvalid
from quiz.bank.models import Bank
from quiz.bank.topic_queries import list_topics
from quiz.core.database import db
from tests.support.factories import NOW
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR

VI, VII = "Đại hội VI", "Đại hội VII"


@pytest.fixture
def bank() -> Bank:
    """Two questions of Đại hội VI and one of Đại hội VII, both known from the questions only."""
    found = read(csv_file(), "questions.csv")
    service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)
    return queries.get_bank("lich-su")


@dataclass(frozen=True)
class Paper:
    """A round that draws from the bank."""

    bank: str = "lich-su"
    fixed: tuple[str, ...] = ()


def add(bank: Bank, name: str, parent: str = "") -> None:
    topics.add_topic(bank.id, name, parent, actor=ACTOR, now=NOW)


def rename(bank: Bank, topic: str, name: str) -> int:
    return topics.rename_topic(bank.id, topic, name, actor=ACTOR, now=NOW)


def move(bank: Bank, topic: str, under: str) -> None:
    topics.move_topic(bank.id, topic, under, actor=ACTOR, now=NOW)


def outline(bank: Bank) -> list[tuple[str, int, int]]:
    """(name with its indentation, own questions, questions within)."""
    lines, _none = list_topics(bank.id)
    return [(". " * one.branch.depth + one.branch.topic.name, one.own, one.within) for one in lines]


def missing(topic: str, count: int) -> int:
    shortages = coverage(queries.pool_for(Paper()), [Cell(topic, None, count)])
    return sum(one.wanted - one.available for one in shortages)


def test_topics_of_imported_questions_stand_at_the_top(bank: Bank) -> None:
    assert outline(bank) == [(VI, 2, 2), (VII, 1, 1)]
    add(bank, "Văn bản")
    assert outline(bank) == [("Văn bản", 0, 0), (VI, 2, 2), (VII, 1, 1)]


def test_a_cell_of_a_topic_draws_from_all_below(bank: Bank) -> None:
    add(bank, "Thời kỳ đổi mới")
    assert missing("Thời kỳ đổi mới", 3) == 3
    move(bank, VI, "Thời kỳ đổi mới")
    move(bank, VII, "Thời kỳ đổi mới")
    assert outline(bank) == [("Thời kỳ đổi mới", 0, 3), (f". {VI}", 2, 2), (f". {VII}", 1, 1)]
    assert missing("Thời kỳ đổi mới", 3) == 0
    assert missing(VI, 2) == 0
    matrix = browsing.matrix(bank.id)
    assert matrix.topics == ("Thời kỳ đổi mới", VI, VII)
    assert (matrix.of_topic("Thời kỳ đổi mới"), matrix.count(VI, "Nhận biết"), matrix.total) == (3, 1, 3)
    assert [matrix.depth(topic) for topic in matrix.topics] == [0, 1, 1]
    found = browsing.list_questions(bank.id, Search(topic="Thời kỳ đổi mới"))
    assert found.total == 3


def test_renaming_relabels_and_running_contests_go_on(bank: Bank) -> None:
    _row, revision = browsing.get_question(bank.id, 1)
    assert rename(bank, VI, "Đại hội đổi mới") == 2
    assert outline(bank) == [("Đại hội đổi mới", 2, 2), (VII, 1, 1)]
    row, after = browsing.get_question(bank.id, 1)
    assert (after.id, after.topic) == (revision.id, "Đại hội đổi mới"), "no new wording"
    assert row.state == "approved"
    assert missing(VI, 2) == 0, "a matrix with the old name goes on"
    assert missing("Đại hội đổi mới", 2) == 0
    assert browsing.list_questions(bank.id, Search("dai hoi doi moi")).total == 2
    assert browsing.matrix(bank.id).of_topic(VI) == 2
    assert queries.view(after).topic == "Đại hội đổi mới"
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "topics_changed")).one()
    assert event.detail == {"changed": ["renamed: Đại hội VI → Đại hội đổi mới"]}


def test_a_file_with_the_former_name_finds_its_topic(bank: Bank) -> None:
    rename(bank, VI, "Đổi mới")
    assert missing("Đổi mới", 2) == 0
    rename(bank, "Đổi mới", VI)
    assert missing("Đổi mới", 2) == 0
    assert outline(bank)[0] == (VI, 2, 2)


def test_merging(bank: Bank) -> None:
    add(bank, "Con", VI)
    assert topics.merge_topics(bank.id, VI, VII, actor=ACTOR, now=NOW) == 2
    assert outline(bank) == [(VII, 3, 3), (". Con", 0, 0)]
    assert missing(VI, 3) == 0
    with pytest.raises(TopicInvalid, match="topic_circle"):
        topics.merge_topics(bank.id, VII, "Con", actor=ACTOR, now=NOW)


def test_the_order_among_neighbours(bank: Bank) -> None:
    topics.order_topic(bank.id, VII, -1, actor=ACTOR, now=NOW)
    assert [name for name, _own, _within in outline(bank)] == [VII, VI]
    topics.order_topic(bank.id, VII, -1, actor=ACTOR, now=NOW)
    topics.order_topic(bank.id, VI, 1, actor=ACTOR, now=NOW)
    assert [name for name, _own, _within in outline(bank)] == [VII, VI]


def test_only_empty_topics_are_deleted(bank: Bank) -> None:
    add(bank, "Trên")
    add(bank, "Dưới", "Trên")
    for full in (VI, "Trên"):
        with pytest.raises(TopicInvalid, match="topic_not_empty"):
            topics.delete_topic(bank.id, full, actor=ACTOR, now=NOW)
    topics.delete_topic(bank.id, "Dưới", actor=ACTOR, now=NOW)
    topics.delete_topic(bank.id, "Trên", actor=ACTOR, now=NOW)
    assert [name for name, _own, _within in outline(bank)] == [VI, VII]


def test_no_topic_below_itself(bank: Bank) -> None:
    add(bank, "Trên")
    add(bank, "Dưới", "Trên")
    for under in ("Trên", "Dưới"):
        with pytest.raises(TopicInvalid, match="topic_circle"):
            move(bank, "Trên", under)
    move(bank, "Dưới", "")
    assert [name for name, _own, _within in outline(bank)][:2] == ["Trên", "Dưới"]


@pytest.mark.parametrize(
    "name, code",
    [
        ("  ", "topic_no_name"),
        ("x" * 301, "topic_too_long"),
        ("ĐẠI HỘI VII", "topic_taken"),
    ],
)
def test_names_that_do_not_do(bank: Bank, name: str, code: str) -> None:
    with pytest.raises(TopicInvalid, match=code):
        add(bank, name)
    with pytest.raises(TopicInvalid, match=code):
        rename(bank, VI, name)


def test_unknown_topics(bank: Bank) -> None:
    with pytest.raises(TopicInvalid, match="topic_unknown"):
        rename(bank, "Không có", "Khác")
    with pytest.raises(TopicInvalid, match="topic_unknown"):
        move(bank, VI, "Không có")
