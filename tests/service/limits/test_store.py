"""Counts that all workers share, and proofs that are used up once, on both databases."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from quiz.core.database import db
from quiz.limits.store import Counters
from quiz.limits.windows import Rate
from tests.support.parallel import at_once

MINUTE = Rate(10, 60)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def counters(app: Flask) -> Iterator[Counters]:
    """The application's own, empty."""
    made: Counters = app.extensions["counters"]
    with app.app_context():
        made.forget()
        yield made


def hits(counters: Counters, bucket: str, seconds: int = 0) -> tuple[int, int]:
    """Count one, so many seconds later."""
    count = counters.count({bucket: MINUTE}, now=NOW + timedelta(seconds=seconds))[bucket]
    return count.hits, count.earlier


def test_one_window_after_another(counters: Counters) -> None:
    assert [hits(counters, "a", at) for at in (0, 1, 59)] == [(1, 0), (2, 0), (3, 0)]
    assert [hits(counters, "a", at) for at in (60, 119)] == [(1, 3), (2, 3)]
    assert hits(counters, "a", 240) == (1, 0), "two windows later nothing is left"


def test_a_clock_that_lags_behind_forgets_nothing(counters: Counters) -> None:
    assert hits(counters, "a", 61) == (1, 0)
    assert hits(counters, "a", 59) == (2, 0)


def test_buckets_are_apart_and_several_come_in_one_statement(counters: Counters) -> None:
    counters.count({"a": MINUTE, "b": Rate(5, 600)}, now=NOW)
    found = counters.count({"b": Rate(5, 600), "c": MINUTE}, now=NOW + timedelta(seconds=30))
    assert {name: count.hits for name, count in found.items()} == {"b": 2, "c": 1}
    assert found["b"].elapsed == 30


def test_what_was_refused_is_given_back(counters: Counters) -> None:
    hits(counters, "a")
    counters.give_back(["a", "unknown"])
    assert hits(counters, "a") == (1, 0)


def test_requests_at_once_all_count(app: Flask, counters: Counters) -> None:
    """CTFd's limiter reads, then writes: two requests see the same number. Ours never do."""
    seen = at_once(app, 40, lambda: hits(counters, "a")[0])
    assert sorted(seen) == list(range(1, 41))


def test_another_process_counts_on(app: Flask, counters: Counters) -> None:
    hits(counters, "a")
    other = Counters(app.config["SETTINGS"])
    assert hits(other, "a") == (2, 0)
    assert hits(counters, "a") == (3, 0)


def test_a_proof_is_used_up_once_by_whoever(app: Flask, counters: Counters) -> None:
    until = NOW + timedelta(minutes=10)
    taken = at_once(app, 20, lambda: counters.spend("proof", until=until))
    assert sorted(taken) == [False] * 19 + [True]
    assert not Counters(app.config["SETTINGS"]).spend("proof", until=until)


def test_what_no_longer_matters_is_swept_away(app: Flask, counters: Counters) -> None:
    hits(counters, "a")
    counters.spend("proof", until=NOW)
    Counters(app.config["SETTINGS"]).count({"b": MINUTE}, now=NOW + timedelta(minutes=5))
    assert hits(counters, "a", 300) == (1, 0)
    assert counters.spend("proof", until=NOW + timedelta(minutes=10))


def test_counting_never_writes_to_the_answers_file(app: Flask, counters: Counters) -> None:
    """On SQLite the database has one writer at a time, and that is for answers."""
    if not app.config["SETTINGS"].is_sqlite:
        unlogged = text("SELECT relpersistence FROM pg_class WHERE relname = 'rate_windows'")
        assert db.session.scalar(unlogged) == "u", "no count waits for the disk"
        return
    hits(counters, "a")
    assert db.session.scalar(text("SELECT count(*) FROM rate_windows")) == 0
    with counters._connected().connect() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == 0
        assert set(inspect(connection).get_table_names()) == {"rate_windows", "spent_proofs"}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_damaged_file_is_replaced(app: Flask, counters: Counters) -> None:
    path = app.config["SETTINGS"].var / "limits.sqlite3"
    hits(counters, "a")
    fresh = Counters(app.config["SETTINGS"])
    counters._connected().dispose()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(os.urandom(8192))
    with pytest.raises(SQLAlchemyError):
        hits(fresh, "a")
    assert hits(fresh, "a") == (1, 0)
