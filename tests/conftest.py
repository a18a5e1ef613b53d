"""Fixtures of all tests: the run's folder, databases, application, client."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import postgresql
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.run import Unavailable, in_ci, make_folder

FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder of the run; xdist's workers are told where it is."""
    given = getattr(config, "workerinput", None)
    config.stash[FOLDER] = Path(given["folder"]) if given else make_folder()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the folder is."""
    node.workerinput["folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process stops the server and removes the folder after all workers have ended."""
    folder = config.stash.get(FOLDER, None)
    if folder is None or hasattr(config, "workerinput"):
        return
    postgresql.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """The folder that all processes of this run share."""
    return pytestconfig.stash[FOLDER]


@pytest.fixture(scope="session")
def databases(run_folder: Path) -> Databases:
    """Migrated databases of this worker."""
    return Databases(run_folder, os.environ.get("PYTEST_XDIST_WORKER", "main"))


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases) -> Flask:
    """The application with empty tables, on SQLite unless the test asks otherwise.

    Both: @pytest.mark.parametrize("app", KINDS, indirect=True); tests/service does so for every test.
    """
    try:
        app = databases.app(getattr(request, "param", "sqlite"))
    except Unavailable as error:
        not_available(error)
    app.test_client_class = Client
    return app


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without JavaScript; every test has its own cookies."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def not_available(error: Unavailable) -> Any:
    """Skip at home, fail in CI: there the suite must not shrink unseen."""
    if in_ci():
        pytest.fail(str(error), pytrace=False)
    pytest.skip(str(error))
