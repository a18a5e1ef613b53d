"""Log lines hold no personal data and no secrets, and a test notices the attempt to write them."""

import io
import json
import logging

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from quiz.core import metrics
from quiz.core.database import db, transaction
from quiz.web.logs import PrivateRecord, write_lines
from tests.support.log_watch import watched_logs


def logged(*args: object, exc_info: bool = False) -> str:
    """What a handler of any library would write, through no parent logger."""
    out = io.StringIO()
    log = logging.getLogger("somebody.elses.library")
    handler = logging.StreamHandler(out)
    log.addHandler(handler)
    log.propagate = False
    try:
        log.error(*args, exc_info=exc_info)
    finally:
        log.removeHandler(handler)
        log.propagate = True
    return out.getvalue()


def test_every_record_of_the_process_is_private(app: Flask) -> None:
    assert logging.getLogRecordFactory() is PrivateRecord
    assert logged("return of %s refused", "+84901234567") == "return of [phone] refused\n"
    assert logged("%(r)s 200", {"r": "GET /x?q=014162003217"}) == "GET /x?[left out] 200\n"


def test_tracebacks_are_too(app: Flask) -> None:
    try:
        raise ValueError("0901234567 is taken by 014162003217")
    except ValueError:
        written = logged("failed", exc_info=True)
    assert "[phone] is taken by [id number]" in written
    assert "0901234567" not in written


def test_keys_are_never_written(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    written = logged("settings %s %s", settings.secret_key, settings.data_key)
    assert written == "settings [secret] [secret]\n"
    assert settings.secret_key not in repr(app.extensions["keyring"])


def test_errors_of_the_database_do_not_tell_the_values(app: Flask) -> None:
    statement = text("INSERT INTO contests (slug) VALUES (:slug)")
    with app.app_context(), pytest.raises(IntegrityError) as caught, transaction():
        db.session.execute(statement, {"slug": "gia-tri-rieng-tu"})
    assert "gia-tri-rieng-tu" not in str(caught.value)


def test_a_log_line_with_a_phone_or_a_number_fails_a_test() -> None:
    """The fixture `app` asserts that nothing was found; here the watch itself is looked at."""
    with watched_logs() as found:
        logging.getLogger("quiz.anything").debug("returning %s", "0901234567")
        logging.getLogger("quiz.anything").debug("entry %s closed", 124713925571354624)
        logging.getLogger("elsewhere").warning("number 014162003217")
    assert [line.split(":")[0] for line in found] == ["quiz.anything", "elsewhere"]


def test_warnings_and_errors_are_counted_those_of_gunicorn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    root, server = logging.getLogger(), logging.getLogger("gunicorn.error")
    out = io.StringIO()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(server, "handlers", [logging.StreamHandler(out)])
    monkeypatch.setattr(server, "propagate", False)
    monkeypatch.setattr(logging.getLogger("quiz"), "level", logging.INFO)
    before = [metrics.LOG_LINES.labels(level)._value.get() for level in ("warning", "error")]
    write_lines("json")
    write_lines("json")
    for level in (logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        server.log(level, "worker %s", 7)
    after = [metrics.LOG_LINES.labels(level)._value.get() for level in ("warning", "error")]
    assert len(root.handlers) == 1
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 2]
    assert json.loads(out.getvalue().splitlines()[-1])["message"] == "worker 7"
