"""Browser tests: Chromium against a live server, at a phone's and a desk's size."""

import itertools
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from quiz.core.caches import forget_all
from tests.support.browser import DESK, PHONE, Trouble, chromium, context, keep_picture
from tests.support.contests_now import open_contest
from tests.support.databases import Databases
from tests.support.fixtures import databases, not_available
from tests.support.live import Live, serve
from tests.support.run import Unavailable
from tests.support.sitting import start_attempt

__all__ = ["any_page", "browser", "databases", "live", "page", "page_without_js", "trouble", "viewport"]
_turn = itertools.count(1)
_HERE = Path(__file__).parent
_VIEWS = {
    "js-phone": (True, PHONE),
    "no-js-desk": (False, DESK),
    "js-desk": (True, DESK),
    "no-js-phone": (False, PHONE),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not browser"` leaves these out."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failing test leaves pictures of the pages that its fixtures opened; `context` does so for its own."""
    report = yield
    if call.when == "call" and report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Page):
                keep_picture(value)
    return report


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `any_page` its visitors: the phone with scripts and the desk without, or all four."""
    if "any_page" in metafunc.fixturenames:
        wanted = _VIEWS if metafunc.config.getoption("--all-views") else ("js-phone", "no-js-desk")
        metafunc.parametrize("any_page", [_VIEWS[name] for name in wanted], ids=wanted, indirect=True)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Tests make data in this process: what it remembers of another database's contest 1 must be gone."""
    forget_all()


@pytest.fixture(scope="session")
def live(databases: Databases, run_folder: Path) -> Iterator[Live]:
    """The product under gunicorn with a database of its own; tests make data through `live.app`."""
    address = databases.migrated("sqlite")
    with serve(databases.build(address), databases.environment(address), run_folder) as running:
        yield running
        errors = [
            line for line in running.log.read_text().splitlines() if "Traceback" in line or "[ERROR]" in line
        ]
    assert not errors, running.log.read_text()[-4000:]


@pytest.fixture(scope="session")
def browser(run_folder: Path) -> Iterator[Browser]:
    """One Chromium for all browser tests of a worker."""
    try:
        with chromium(run_folder) as running:
            yield running
    except Unavailable as error:
        not_available(error)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """The two sizes on which every page must work."""
    size: dict[str, int] = request.param
    return size


@pytest.fixture
def trouble() -> Iterator[Trouble]:
    """What the browser complained about; anything left at the end fails the test."""
    seen = Trouble()
    yield seen
    assert not seen.lines, "\n".join(seen.lines)


@pytest.fixture
def page(browser: Browser, live: Live, viewport: dict[str, int], trouble: Trouble) -> Iterator[Page]:
    """A fresh profile of a visitor, at both sizes."""
    with _opened(browser, live, viewport, trouble) as page:
        yield page


@pytest.fixture
def page_without_js(
    browser: Browser, live: Live, viewport: dict[str, int], trouble: Trouble
) -> Iterator[Page]:
    """The same for a visitor whose browser runs no script."""
    with _opened(browser, live, viewport, trouble, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def any_page(
    request: pytest.FixtureRequest, browser: Browser, live: Live, trouble: Trouble
) -> Iterator[Page]:
    """Both visitors, one after the other: for what has to be the same for both. See `--all-views`."""
    js, size = request.param
    with _opened(browser, live, size, trouble, java_script_enabled=js) as page:
        yield page


@contextmanager
def _opened(
    browser: Browser, live: Live, viewport: dict[str, int], trouble: Trouble, **options: Any
) -> Iterator[Page]:
    with context(browser, live.url, viewport, **options) as made:
        page = made.new_page()
        trouble.watch(page)
        yield page


@pytest.fixture
def code(live: Live, request: pytest.FixtureRequest) -> str:
    """An attempt that has just started, in a contest of its own."""
    changes: dict[str, Any] = getattr(request, "param", {})
    return start_attempt(live, open_contest(live, f"bai-{next(_turn)}", **changes))
