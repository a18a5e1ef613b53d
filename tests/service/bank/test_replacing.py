"""A question of a file in place of one in the bank: a new wording of it, which waits for approval."""

import pytest

from question_bank.reading import read
from question_bank.values import Report
from quiz.bank import browsing, life, queries, service
from quiz.bank.decisions import Decisions, Verdict
from quiz.bank.states import QuestionState
from tests.support.factories import NOW
from tests.support.question_files import csv_file, table
from tests.support.staff import ACTOR

BANK = "lich-su"
LIKE = "Đại hội VI của Đảng họp vào tháng nào vậy?"
REPLACE = Decisions().judge({("1", "bank:1"): Verdict.REPLACE})


def report(rows: list[list[str]] | None = None) -> Report:
    return read(csv_file(rows), "q.csv")


def imported(found: Report, decisions: Decisions | None, *, approve: bool) -> service.ImportOutcome:
    return service.import_questions(
        found, BANK, approve=approve, decisions=decisions, accept_partial=True, actor=ACTOR, now=NOW
    )


@pytest.mark.parametrize("approve", [False, True])
def test_the_old_wording_is_drawn_until_the_new_one_is_approved(approve: bool) -> None:
    imported(report(), None, approve=True)
    bank = queries.get_bank(BANK)
    before, version = [item.id for item in queries.pool(bank.id)], bank.version
    outcome = imported(report(table(D2=LIKE, J2="")), REPLACE, approve=approve)
    assert (outcome.is_saved, outcome.saved, len(outcome.plan.known)) == (True, 1, 2)
    row, revision = browsing.get_question(bank.id, 1)
    assert (revision.number, revision.text) == (2, LIKE)
    assert revision.source == "Văn kiện, trang A", "the file says no source, the bank knows it"
    assert row.state == (QuestionState.APPROVED if approve else QuestionState.IN_REVIEW).value
    drawn = [item.id for item in queries.pool(bank.id)]
    assert (drawn != before) is approve
    assert queries.get_bank(BANK).version != version or not approve
    if not approve:
        life.approve(row.id, seen_revision=revision.id, actor=ACTOR, now=NOW)
        assert revision.id in [item.id for item in queries.pool(bank.id)]


def test_the_same_file_with_the_same_decisions_again() -> None:
    imported(report(), None, approve=True)
    changed = report(table(D2=LIKE))
    assert [imported(changed, REPLACE, approve=False).saved for _ in range(2)] == [1, 0]
    _, revision = browsing.get_question(queries.get_bank(BANK).id, 1)
    assert revision.number == 2


def test_another_key_is_taken_from_the_file() -> None:
    imported(report(), None, approve=True)
    assert not service.import_questions(report(table(I2="B")), BANK, actor=ACTOR, now=NOW).is_saved
    assert imported(report(table(I2="B")), REPLACE, approve=False).saved == 1
    _, revision = browsing.get_question(queries.get_bank(BANK).id, 1)
    assert revision.correct == [1]
