"""Tests here set limits; afterwards the application has none again."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask

from quiz.core import clock
from tests.support.limits import set_limits


@pytest.fixture(autouse=True)
def limits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in production, start spacing aside; every test starts from nothing, and the time stands still."""
    moment = clock.now()
    monkeypatch.setattr("quiz.web.limiting.clock", SimpleNamespace(now=lambda: moment))
    before = app.config["SETTINGS"]
    set_limits(app)
    yield
    app.config["SETTINGS"] = before
    app.config.pop("DIFFICULTY", None)
