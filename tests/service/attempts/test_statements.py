"""The hot path costs a constant, small number of statements; a creeping query fails here first."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from quiz.attempts import queries, service
from quiz.attempts.sheets import Sheet
from quiz.contests.models import Contest
from quiz.core.database import db
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside the block, transactions' own words left out."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT")):
            sent.append(statement.split("\n")[0][:80])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def warm() -> tuple[int, int]:
    """A contest with an entrant, and a process that has seen the bank's questions: (contest, entry)."""
    make_bank()
    contest = make_contest()
    first = make_entry(contest, 1)
    attempt = service.start(contest, first.id, 1, now=NOW, keyring=KEYRING)
    service.submit(attempt.code, Sheet(1, {}, (), "1"), entry_id=first.id, now=NOW, keyring=KEYRING)
    return contest.id, make_entry(contest, 2).id


def test_start_save_and_submit_stay_small() -> None:
    """A person's first start at most 7 with the contest and the bank's version, save 1, submit at most 5.

    The seventh fixes the person's unit: later starts have no need of it. Handing in reads status and unit
    once more under its locks: an organiser may have decided meanwhile.
    """
    contest_id, entry_id = warm()
    db.session.remove()
    with counted() as starting:
        contest = db.session.get(Contest, contest_id)
        assert contest is not None
        code = service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING).code
    assert len(starting) <= 7, starting
    assert [one.split()[1] for one in starting if one.startswith("UPDATE")] == ["entries"]
    db.session.remove()
    with counted() as saving:
        service.save(code, Sheet(1, {1: (2,)}), entry_id=entry_id, now=NOW)
    assert len(saving) == 1, saving
    db.session.remove()
    with counted() as submitting:
        service.submit(code, Sheet(2, {1: (2,)}, (), "7"), entry_id=entry_id, now=NOW, keyring=KEYRING)
    assert len(submitting) <= 5, submitting
    assert queries.get_attempt(code).revision == 2


def test_a_limit_of_starts_costs_nothing_while_there_is_no_crowd() -> None:
    """The line and the ticket are read with the entry; nothing is written for them."""
    contest_id, entry_id = warm()
    db.session.remove()
    with counted() as starting:
        contest = db.session.get(Contest, contest_id)
        assert contest is not None
        service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING, rate=20)
    assert len(starting) <= 7, starting
    assert not [statement for statement in starting if "tickets" in statement and "SELECT" not in statement]
