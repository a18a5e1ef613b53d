"""Tests here set limits; afterwards the application has none again."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.limits import set_limits


@pytest.fixture(autouse=True)
def limits(app: Flask) -> Iterator[None]:
    """As in production, start spacing aside; every test starts from nothing."""
    before = app.config["SETTINGS"]
    set_limits(app)
    yield
    app.config["SETTINGS"] = before
    app.config.pop("DIFFICULTY", None)
