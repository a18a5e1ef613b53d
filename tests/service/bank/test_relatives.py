"""Near-duplicates stay in one family whatever happens at the same moment or in between; on both databases."""

import itertools
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.reading import read
from question_bank.values import Choice, Kind, Question
from quiz.audit.actors import Actor
from quiz.bank import browsing, life, queries, service
from quiz.bank.errors import QuestionConflict
from quiz.bank.models import Bank, BankQuestion
from quiz.core.database import db
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR

AUTHOR, REVIEWER = Actor.staff(11, "Người soạn"), Actor.staff(12, "Người duyệt")


@pytest.fixture
def bank() -> Bank:
    """A bank of three approved questions."""
    found = read(csv_file(), "questions.csv")
    service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)
    return queries.get_bank("lich-su")


def alike(number: int) -> Question:
    """The same choices and key, and nearly the same words for every number."""
    ending = ("", " vậy", " thế", " nhỉ", " hả")[number]
    text = f"Đại hội đại biểu toàn quốc lần thứ VI của Đảng Cộng sản Việt Nam họp ở thành phố nào{ending}?"
    choices = tuple(Choice(city) for city in ("Hà Nội", "Huế", "Đà Nẵng", "Cần Thơ"))
    return Question("moi", "", Kind.SINGLE, text, choices, (0,), "hand")


def approved(bank: Bank, wording: Question) -> BankQuestion:
    made = service.add_question(bank.id, wording, submit=True, actor=AUTHOR, now=NOW)
    life.approve(made.id, seen_revision=made.current_revision_id, actor=REVIEWER, now=NOW)
    return made


def families(bank: Bank) -> list[int | None]:
    db.session.expire_all()
    rows = db.session.query(BankQuestion).where(BankQuestion.bank_id == bank.id, BankQuestion.number > 3)
    return [row.kin for row in rows]


def test_questions_that_are_added_at_once_know_each_other(bank: Bank, app: Flask) -> None:
    bank_id, turns = bank.id, itertools.count(1)

    def add() -> None:
        service.add_question(bank_id, alike(next(turns)), submit=True, actor=AUTHOR, now=NOW)

    at_once(app, 4, add)
    kin = families(bank)
    assert len(kin) == 4
    assert len(set(kin)) == 1
    assert kin[0] is not None


def test_a_question_that_comes_back_meets_what_came_meanwhile(bank: Bank) -> None:
    old = approved(bank, alike(1))
    life.retire(old.id, actor=REVIEWER, now=NOW)
    approved(bank, alike(2))
    assert families(bank) == [None, None], "what is retired is no relative"
    life.restore(old.id, actor=REVIEWER, now=NOW)
    kin = families(bank)
    assert kin[0] is not None
    assert kin[0] == kin[1]


def test_an_approved_wording_does_not_come_back_beside_its_twin(bank: Bank) -> None:
    """The newest wording differs, but the approved one would be drawn beside the same question."""
    row, revision = browsing.get_question(bank.id, 1)
    value = queries.as_question(row, revision)
    reworded = replace(value, text="Một câu hỏi khác hẳn?")
    service.revise(row.id, reworded, seen_revision=revision.id, submit=True, actor=AUTHOR, now=NOW)
    life.retire(row.id, actor=REVIEWER, now=NOW)
    service.add_question(bank.id, value, submit=True, actor=AUTHOR, now=NOW)
    with pytest.raises(QuestionConflict, match="same_question"):
        life.restore(row.id, actor=REVIEWER, now=NOW)
