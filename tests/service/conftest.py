"""Service tests run on both databases, inside an application context."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.databases import KINDS
from tests.support.fixtures import app, client, databases

__all__ = ["app", "app_context", "client", "databases"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that touches the application runs once per kind of database."""
    if "app" in metafunc.fixturenames and not _chooses(metafunc):
        metafunc.parametrize("app", KINDS, indirect=True)


def _chooses(metafunc: pytest.Metafunc) -> bool:
    marks = metafunc.definition.iter_markers("parametrize")
    return any("app" in str(mark.args[0]).replace(" ", "").split(",") for mark in marks)


@pytest.fixture(autouse=True)
def app_context(app: Flask) -> Iterator[None]:
    """The services' surroundings."""
    with app.app_context():
        yield
