"""Everything that changes a bank, at the same moment: nobody waits for ever, nothing is lost."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.audit.actors import Actor
from quiz.bank import browsing, life, queries, service, topics
from quiz.bank.models import Bank, BankQuestion
from quiz.bank.topic_queries import list_topics
from quiz.bank.usage import record_usage
from quiz.bank.values import RoundUsage
from quiz.core.database import db
from quiz.core.errors import DomainError
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.question_files import csv_file, table
from tests.support.staff import ACTOR

AUTHOR, REVIEWER = Actor.staff(11, "Người soạn"), Actor.staff(12, "Người duyệt")


@pytest.fixture
def bank() -> Bank:
    """A bank of three approved questions."""
    found = read(csv_file(), "questions.csv")
    service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)
    return queries.get_bank("lich-su")


def test_changes_of_every_kind_at_once(bank: Bank, app: Flask) -> None:
    bank_id = bank.id
    turns = itertools.count()

    def revise() -> None:
        row, revision = browsing.get_question(bank_id, 1)
        value = replace(queries.as_question(row, revision), text=f"Câu viết lại lần {next(turns)}?")
        made = service.revise(row.id, value, seen_revision=revision.id, submit=True, actor=AUTHOR, now=NOW)
        life.approve_many([(row.id, made.id)], actor=REVIEWER, now=NOW)

    def bring() -> None:
        number = next(turns)
        rows = [table()[0], [str(number), *table()[1][1:]]]
        rows[1][3] = f"Đại hội VI của Đảng họp vào tháng nào, lần {number}?"  # a relative of question 1
        service.import_questions(read(csv_file(rows), "x.csv"), "lich-su", actor=AUTHOR, now=NOW)

    def rename() -> None:
        topics.rename_topic(bank_id, "Đại hội VI", f"Đại hội VI, tên {next(turns)}", actor=AUTHOR, now=NOW)

    def count() -> None:
        row, _revision = browsing.get_question(bank_id, 2)
        record_usage([RoundUsage(row.id, 1, 1, "thi", "Tuần 1", next(turns) + 30, 3)], NOW)

    def retire() -> None:
        row, _revision = browsing.get_question(bank_id, 3)
        life.retire(row.id, actor=REVIEWER, now=NOW)
        life.restore(row.id, actor=REVIEWER, now=NOW)

    acts: itertools.cycle[Callable[[], None]] = itertools.cycle((revise, bring, rename, count, retire))

    def act() -> str:
        try:
            next(acts)()
        except DomainError as refused:
            return refused.code
        return "done"

    codes = at_once(app, 20, act)
    assert set(codes) <= {"done", "question_changed", "bank_busy", "topic_unknown"}
    assert codes.count("done") >= 10
    db.session.expire_all()
    drawn = {item.id for item in queries.pool(bank_id)}
    newest = db.session.query(BankQuestion).where(BankQuestion.number == 1).one()
    assert newest.approved_revision_id in drawn
    assert len(drawn) == 3, "imports wait for review"
    lines, unnamed = list_topics(bank_id)
    assert unnamed == 0
    assert sum(line.own for line in lines) == db.session.query(BankQuestion).count()
