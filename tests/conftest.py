"""The folder of the run, shared by all its processes. Unit tests need nothing else.

Fixtures that need the application are in tests/support/fixtures.py; the folders that use them import them, so
that tests of pure code never build an application.
"""

import gc
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support import postgresql
from tests.support.run import in_ci, make_folder

_FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make test ARGS=--all-views` for the night: every flow at both sizes, with and without scripts."""
    parser.addoption("--all-views", action="store_true", help="browser tests in four views instead of two")


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder of the run; xdist's workers are told where it is."""
    given = getattr(config, "workerinput", None)
    config.stash[_FOLDER] = Path(given["folder"]) if given else make_folder()
    if not in_ci():  # there Hypothesis has a profile of its own: the same examples every time, no deadline
        settings.register_profile("busy machine", deadline=None)
        settings.load_profile("busy machine")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """No search for garbage while thousands of tests are collected, nor among them afterwards: they stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the folder is."""
    node.workerinput["folder"] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process stops the server and removes the folder after all workers have ended."""
    folder = config.stash.get(_FOLDER, None)
    if folder is None or hasattr(config, "workerinput"):
        return
    postgresql.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """The folder that all processes of this run share."""
    return pytestconfig.stash[_FOLDER]
