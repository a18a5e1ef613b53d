"""Fixtures that need the application; the conftest.py of a folder imports those it uses."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask

from quiz.core.caches import forget_all
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.log_watch import watched_logs
from tests.support.run import Unavailable, in_ci

_DATABASES = pytest.StashKey[Databases]()


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config, run_folder: Path) -> Databases:
    """Migrated databases of this worker: one set, however many folders import this fixture.

    pytest makes a fixture anew for every conftest.py that imports it; two sets would write the same files.
    """
    if _DATABASES not in pytestconfig.stash:
        made = Databases(run_folder, os.environ.get("PYTEST_XDIST_WORKER", "main"))
        pytestconfig.stash[_DATABASES] = made
        pytestconfig.add_cleanup(made.close)
    return pytestconfig.stash[_DATABASES]


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application with empty tables, on SQLite unless the test asks otherwise.

    A test in which anything is about to log a phone, an identity number or a mail address fails.
    Both kinds: @pytest.mark.parametrize("app", KINDS, indirect=True); tests/service does so for every test.
    """
    try:
        app = databases.app(getattr(request, "param", "sqlite"))
    except Unavailable as error:
        not_available(error)
    forget_all()
    app.test_client_class = Client
    with watched_logs() as personal:
        yield app
    assert not personal, "personal data on the way to the log"


@pytest.fixture
def jobs_held(app: Flask) -> Iterator[None]:
    """Jobs wait for the test to run them; without this a request does what it asked for at once."""
    app.config["JOBS_ARE_HELD"] = True
    yield
    app.config["JOBS_ARE_HELD"] = False


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without JavaScript; every test has its own cookies."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def not_available(error: Unavailable) -> NoReturn:
    """Skip at home, fail in CI: there the suite must not shrink unseen."""
    if in_ci():
        pytest.fail(str(error), pytrace=False)
    pytest.skip(str(error))
