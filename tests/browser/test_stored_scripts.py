"""A18 in a real browser: hostile words in every stored text open no dialog, nothing is left to block."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.accounts.permissions import Role
from quiz.core.database import db, transaction
from tests.support.browser import DESK, PHONE, Trouble, context
from tests.support.databases import Databases
from tests.support.demo import SLUG, account_of, demo
from tests.support.live import Live, serve
from tests.support.poison import poison
from tests.support.staff import PASSWORD


@pytest.fixture(scope="module")
def hostile(databases: Databases, run_folder: Path) -> Iterator[Live]:
    """The demo with hostile words in every stored text, under gunicorn."""
    address = databases.migrated("sqlite")
    with demo(databases, 10, address) as app:
        with app.app_context():
            with transaction() as session:
                poison(session)
            db.session.remove()
        with serve(app, databases.environment(address), run_folder) as live:
            yield live


@pytest.fixture
def dialogs() -> list[str]:
    """What a script of somebody's words would open."""
    return []


def visit(page: Page, paths: tuple[str, ...], dialogs: list[str]) -> None:
    for path in paths:
        reply = page.goto(path)
        assert reply is not None
        assert reply.status == 200, path
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-xss]").count() == 0, path
        assert "data-xss" in page.inner_text("body") or path == "/account", path
    assert dialogs == []


@contextmanager
def opened(
    browser: Browser, live: Live, size: dict[str, int], trouble: Trouble, dialogs: list[str]
) -> Iterator[Page]:
    with context(browser, live.url, size) as made:
        page = made.new_page()
        trouble.watch(page)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        yield page


def test_pages_of_citizens(browser: Browser, hostile: Live, trouble: Trouble, dialogs: list[str]) -> None:
    with opened(browser, hostile, PHONE, trouble, dialogs) as page:
        visit(
            page, ("/", f"/c/{SLUG}", f"/c/{SLUG}/rules", f"/c/{SLUG}/standings", f"/c/{SLUG}/enter"), dialogs
        )
        page.locator("input[role=combobox], [data-unit-picker] input").first.fill("muong la")
        page.wait_for_timeout(300)
        assert page.locator("[data-xss]").count() == 0
    assert dialogs == []


def test_pages_of_an_owner(browser: Browser, hostile: Live, trouble: Trouble, dialogs: list[str]) -> None:
    with opened(browser, hostile, DESK, trouble, dialogs) as page:
        page.goto("/login")
        page.locator("input[name=username]").fill(account_of(Role.OWNER))
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        expect(page.locator(".th-side").first).to_be_visible()
        bank = "/manage/banks/lich-su-dai-hoi"
        contest = f"/manage/c/{SLUG}"
        paths = (
            *("/manage", f"{contest}/", f"{contest}/entrants", "/manage/audit", "/manage/staff"),
            *(f"{contest}/edit", f"{contest}/rounds/2/edit", "/manage/banks/review", "/manage/units/son-la"),
            *(bank, f"{bank}/questions/1", f"{bank}/topics"),
        )
        visit(page, paths, dialogs)
