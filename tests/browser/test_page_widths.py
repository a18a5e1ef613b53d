"""No page is wider than the smallest phone: a walk along all links, as an entrant, an owner and a unit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quiz.accounts.permissions import Role
from tests.support.browser import LEAST, Trouble, context
from tests.support.databases import Databases
from tests.support.demo import demo
from tests.support.live import Live, serve
from tests.support.page_walk import faults, forget_expected, sit_in, visitors, walk

_WHO = ("entrant", "has-done", Role.OWNER.value, Role.UNIT_VIEWER.value)


@pytest.fixture(scope="module")
def filled(databases: Databases, run_folder: Path) -> Iterator[Live]:
    """The demo under gunicorn."""
    address = databases.migrated("sqlite")
    with demo(databases, 10, address) as app, serve(app, databases.environment(address), run_folder) as live:
        yield live


def test_no_page_scrolls_sideways_or_complains(browser: Browser, filled: Live, trouble: Trouble) -> None:
    known = set[str]()
    read = []
    for who, visitor in visitors(filled.app).items():
        if who not in _WHO:
            continue
        with context(browser, filled.url, LEAST) as made:
            sit_in(made, filled.url, visitor)
            page = made.new_page()
            trouble.watch(page)
            seen = list(walk(page, filled.app, visitor.begin, known))
        assert not faults(who, seen)
        read += seen
    assert len(read) >= 110
    for one in read:
        forget_expected(trouble, one)


def test_the_walk_notices_a_wide_page(browser: Browser, filled: Live) -> None:
    """The negative control: a line that cannot break."""
    body = f"<!doctype html><title>Dài</title><p>{'a' * 400}</p>"
    with context(browser, filled.url, LEAST) as made:
        page = made.new_page()
        page.route("**/login", lambda route: route.fulfill(body=body, content_type="text/html"))
        (seen,) = walk(page, filled.app, ("/login",), set())
    assert seen.over > 1000
    assert len(faults("anybody", [seen])) == 1
