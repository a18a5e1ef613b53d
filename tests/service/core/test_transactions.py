"""One write at a time where it matters: nothing is lost, nothing is half saved, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from quiz.bank.models import Bank
from quiz.core.database import db, is_sqlite, transaction

_NOW = datetime(2026, 11, 22, tzinfo=UTC)


class _Stop(Exception):
    """Stops a transaction in the middle."""


def _make_bank(at: datetime = _NOW) -> int:
    with transaction() as session:
        bank = Bank(slug="lich-su", title="Lịch sử", version=0, created_at=at)
        session.add(bank)
        session.flush()
        return bank.id


def test_every_one_of_many_parallel_writes_counts(app):
    """Read, add one, write: on SQLite without BEGIN IMMEDIATE most of these would vanish without an error."""
    bank_id = _make_bank()

    def add_one(_: int) -> None:
        with app.app_context(), transaction() as session:
            bank = session.scalars(select(Bank).where(Bank.id == bank_id).with_for_update()).one()
            bank.version += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))
    db.session.expire_all()
    assert db.session.get_one(Bank, bank_id).version == 200


def test_an_error_inside_saves_nothing():
    def make_and_fail() -> None:
        with transaction():
            _make_bank()
            raise _Stop

    with pytest.raises(_Stop):
        make_and_fail()
    assert db.session.scalars(select(Bank)).all() == []


def test_an_inner_transaction_belongs_to_the_outer_one():
    with transaction() as outer:
        _make_bank()
        assert outer.in_transaction()
        outer.rollback()
    assert db.session.scalars(select(Bank)).all() == []


def test_a_read_before_does_not_stop_the_write():
    assert db.session.scalars(select(Bank)).all() == []
    _make_bank()
    assert db.session.scalars(select(Bank.slug)).all() == ["lich-su"]


@pytest.mark.parametrize("round_", [1, 2])
def test_tests_find_empty_tables(round_):
    assert db.session.scalars(select(Bank)).all() == []
    _make_bank()


def test_times_come_back_aware_and_equal():
    bank_id = _make_bank()
    db.session.expire_all()
    assert db.session.get_one(Bank, bank_id).created_at == _NOW


def test_naive_times_are_refused():
    with pytest.raises(StatementError, match="naive"):
        _make_bank(at=_NOW.replace(tzinfo=None))


def test_the_database_knows_vietnamese():
    if is_sqlite():
        assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert db.session.scalar(text("PRAGMA synchronous")) == 2
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
    else:
        assert db.session.scalar(text("SELECT upper('nguyễn đức ánh')")) == "NGUYỄN ĐỨC ÁNH"
