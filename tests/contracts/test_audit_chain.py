"""What was written before the chain existed gets its place in it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from quiz.audit.exporting import check_database
from quiz.audit.service import Action, record
from quiz.core.database import db, transaction
from tests.support.databases import KINDS, Databases
from tests.support.factories import KEYRING, NOW
from tests.support.fixtures import not_available
from tests.support.run import Unavailable
from tests.support.staff import ACTOR

_ADD = text(
    "INSERT INTO audit_events (id, at, actor_kind, actor_id, actor_name, action, contest_id, subject, detail)"
    " VALUES (:id, :at, :kind, 5, 'Hà', 'round_opened', :contest, 'vòng', :detail)"
)
_OLD = [
    (2**50 + 1, "staff", None, '{"rate":0.1,"changed":["a"]}'),
    (2**50 + 2, "system", 7, '{"words":"“Đã mở”"}'),
    (2**50 + 3, "entrant", 7, "{}"),
    (2**50 + 4, "staff", 7, "{}"),
]


@pytest.fixture(params=KINDS)
def before(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """An application on a database as it was before the chain."""
    try:
        app = databases.build(databases.blank(request.param))
    except Unavailable as error:
        not_available(error)
    with app.app_context():
        upgrade(revision="0015")
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("before")
def test_old_events_are_linked_and_the_chain_goes_on() -> None:
    with transaction() as session:
        for event_id, kind, contest, detail in _OLD:
            at = "2026-11-22 03:00:00.000123" + ("" if db.engine.dialect.name == "sqlite" else "+00")
            session.execute(
                _ADD, {"id": event_id, "at": at, "kind": kind, "contest": contest, "detail": detail}
            )
    upgrade()
    verdict = check_database(KEYRING)
    assert verdict.findings == ()
    assert {chain: end.length for chain, end in verdict.ends.items()} == {0: 1, 7: 2}
    record(Action.ROUND_CLOSED, "round 1", actor=ACTOR, now=NOW, contest_id=7)
    assert check_database(KEYRING).ends[7].length == 3
    db.session.remove()
    downgrade(revision="0015")
    upgrade()
    assert check_database(KEYRING).findings == ()
