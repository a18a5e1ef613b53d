"""The log in the database: a chain that nobody changes unseen (A25)."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from quiz.audit.actors import Actor
from quiz.audit.exporting import check_database, check_lines, export_lines
from quiz.audit.lines import Fault
from quiz.audit.models import AuditChain, AuditEvent
from quiz.audit.service import Action, record
from quiz.core.database import db, is_sqlite, transaction
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once
from tests.support.staff import ACTOR

_DISARM = {
    True: ("DROP TRIGGER audit_events_refuse_update", "DROP TRIGGER audit_events_refuse_delete"),
    False: ("SET session_replication_role = replica",),
}


def note(subject: str = "round 1", contest_id: int | None = None, actor: Actor = ACTOR) -> None:
    record(
        Action.ROUND_OPENED,
        subject,
        actor=actor,
        now=NOW,
        contest_id=contest_id,
        rate=0.1,
        changed=("a", "b"),
    )


def by_hand(*statements: str) -> None:
    """What an insider with the database's own password can do: past the triggers."""
    with transaction() as session:
        for statement in (*_DISARM[is_sqlite()], *statements):
            session.execute(text(statement))
        if not is_sqlite():
            session.execute(text("SET session_replication_role = DEFAULT"))


def faults() -> list[tuple[Fault, int | None, int | None]]:
    return [(one.fault, one.chain, one.sequence) for one in check_database(KEYRING).findings]


def rows() -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.chain, AuditEvent.sequence)))


def test_every_decision_is_a_link_of_its_chain() -> None:
    note()
    note("vòng “2”", 7)
    note(contest_id=7)
    assert [(row.chain, row.sequence) for row in rows()] == [(0, 1), (7, 1), (7, 2)]
    assert rows()[2].before == rows()[1].hash
    verdict = check_database(KEYRING)
    assert verdict.findings == ()
    assert (verdict.events, verdict.is_sealed, verdict.ends[7].length) == (3, True, 2)


def test_what_entrants_do_is_noted_beside_the_chain() -> None:
    """Thousands return at once; none of them waits for another."""
    note(contest_id=7, actor=Actor.entrant(3))
    assert [(row.chain, row.sequence, row.hash) for row in rows()] == [(7, None, None)]
    assert db.session.scalars(select(AuditChain)).all() == []


def test_an_act_that_fails_leaves_no_link() -> None:
    note()

    class _Stop(Exception):
        pass

    def fail() -> None:
        with transaction():
            note("lost")
            raise _Stop

    with pytest.raises(_Stop):
        fail()
    note("kept")
    assert [row.subject for row in rows()] == ["round 1", "kept"]
    assert faults() == []


def test_several_events_of_one_act_keep_their_order() -> None:
    with transaction():
        for n in range(5):
            note(f"round {n}", 7 if n % 2 else None)
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0, "written last"
    assert [row.subject for row in rows()] == ["round 0", "round 2", "round 4", "round 1", "round 3"]
    assert faults() == []


def test_parallel_acts_make_one_line(app: Flask) -> None:
    at_once(app, 24, lambda: note(contest_id=7))
    db.session.expire_all()
    assert [row.sequence for row in rows()] == list(range(1, 25))
    assert faults() == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET subject = 'x'", "DELETE FROM audit_events WHERE chain = 0"]
)
def test_the_database_refuses_to_change_the_log(statement: str) -> None:
    note()
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))
    assert [row.subject for row in rows()] == ["round 1"]


@pytest.mark.parametrize(
    "statement, found",
    [
        ("UPDATE audit_events SET subject = 'round 9' WHERE sequence = 2", [(Fault.CHANGED, 0, 2)]),
        ("UPDATE audit_events SET actor_name = 'x' WHERE sequence = 4", [(Fault.CHANGED, 0, 4)]),
        ("UPDATE audit_events SET detail = '{}' WHERE sequence = 1", [(Fault.CHANGED, 0, 1)]),
        ("DELETE FROM audit_events WHERE sequence = 2", [(Fault.MISSING, 0, 3)]),
        ("DELETE FROM audit_events WHERE sequence = 4", [(Fault.END_MISSING, 0, 3)]),
        ("DELETE FROM audit_chains", [(Fault.NOT_LISTED, 0, 4)]),
        ("UPDATE audit_chains SET length = 3", [(Fault.OTHER_END, 0, 3)]),
    ],
)
def test_what_is_edited_by_sql_is_named(statement: str, found: list[object]) -> None:
    """A25."""
    for n in range(4):
        note(f"round {n}")
    by_hand(statement)
    assert faults() == found


def test_the_file_is_checked_without_the_database(tmp_path: Path) -> None:
    for contest_id in (None, 7, 7):
        note(contest_id=contest_id)
    whole = list(export_lines(KEYRING))
    assert len(whole) == 4
    assert check_lines(whole, KEYRING).findings == ()
    [only, last] = [json.loads(line) for line in list(export_lines(KEYRING, only=7))[1:]]
    assert (only["contest_id"], list(last["ends"])) == (7, ["7"])
    changed = [whole[0].replace("round 1", "round 2"), *whole[1:]]
    assert [one.fault for one in check_lines(changed, KEYRING).findings] == [Fault.CHANGED]
