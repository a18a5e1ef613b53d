"""Contracts look at the whole application; one build of it serves them all."""

from collections.abc import Iterator

import pytest
from flask import Flask

from quiz.core.database import db
from tests.support.databases import KINDS, Databases
from tests.support.fixtures import databases, not_available
from tests.support.run import Unavailable

__all__ = ["blank", "databases", "whole"]


@pytest.fixture(scope="session")
def whole(databases: Databases) -> Flask:
    """The application with everything registered, on a database without tables."""
    return databases.build(databases.blank("sqlite"))


@pytest.fixture(params=KINDS)
def blank(request, databases: Databases) -> Iterator[Flask]:
    """An application on a database without tables."""
    try:
        app = databases.build(databases.blank(request.param))
    except Unavailable as error:
        not_available(error)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
