"""The hot path costs a constant, small number of statements; a creeping query fails here first."""

import pytest

from quiz.attempts import queries, service
from quiz.attempts.crowd import door_of
from quiz.attempts.sheets import Sheet
from quiz.bank import queries as bank_queries
from quiz.bank.models import Bank
from quiz.contests.definition import PaperRule
from quiz.core.database import _writing, db, transaction
from quiz.core.ids import new_id
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry
from tests.support.statements import counted


def warm() -> tuple[int, int]:
    """A contest with an entrant, and a process that has seen the bank's questions: (contest, entry)."""
    make_bank()
    contest = make_contest()
    first = make_entry(contest, 1)
    attempt = service.start(contest, first.id, 1, now=NOW, keyring=KEYRING)
    service.submit(attempt.code, Sheet(1, {}, (), "1"), entry_id=first.id, now=NOW, keyring=KEYRING)
    return contest.id, make_entry(contest, 2).id


def test_start_save_and_submit_stay_small() -> None:
    """A person's first start 4, the next 3, save 1, submit 4.

    The fourth fixes the person's unit. All that decides is read under the lock; handing in reads status and
    unit once more with the attempts: an organiser may have decided meanwhile.
    """
    _contest_id, entry_id = warm()
    contest = door_of("cuoc-thi", 1).contest
    db.session.remove()
    with counted() as starting:
        code = service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING).code
    assert len(starting) <= 4, starting
    assert [one.split()[1] for one in starting if one.startswith("UPDATE")] == ["entries"]
    db.session.remove()
    with counted() as saving:
        service.save(code, Sheet(1, {1: (2,)}), entry_id=entry_id, now=NOW)
    assert len(saving) == 1, saving
    db.session.remove()
    with counted() as submitting:
        service.submit(code, Sheet(2, {1: (2,)}, (), "7"), entry_id=entry_id, now=NOW, keyring=KEYRING)
    assert len(submitting) <= 4, submitting
    assert queries.get_attempt(code).revision == 2
    db.session.remove()
    with counted() as again:
        service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING)
    assert len(again) <= 3, again


def test_a_limit_of_starts_costs_nothing_while_there_is_no_crowd() -> None:
    """The line and the ticket are read with the entry; nothing is written for them."""
    _contest_id, entry_id = warm()
    contest = door_of("cuoc-thi", 1).contest
    db.session.remove()
    with counted() as starting:
        service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING, rate=20)
    assert len(starting) <= 4, starting
    assert not [statement for statement in starting if "tickets" in statement and "SELECT" not in statement]


def test_questions_that_changed_are_loaded_while_nothing_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank that is not known at its version sends the start out of its transaction, and then in again."""
    _contest_id, entry_id = warm()
    contest = door_of("cuoc-thi", 1).contest
    with transaction() as session:
        session.query(Bank).one().version = new_id()
    loaded: list[bool] = []
    real = bank_queries.pool_for

    def pool_for(paper: PaperRule) -> object:
        loaded.append(_writing.get())
        return real(paper)

    monkeypatch.setattr(bank_queries, "pool_for", pool_for)
    assert service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING).number == 1
    assert loaded == [False]
