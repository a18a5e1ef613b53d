"""Waiting at the door in a real browser: the page counts down, asks, and goes in by itself."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, update

from quiz.attempts import service
from quiz.attempts.errors import MustWait
from quiz.attempts.models import Ticket, WaitingLine
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from tests.browser.test_citizen import enter
from tests.support.browser import Trouble, assert_accessible, context
from tests.support.contests_now import open_contest
from tests.support.databases import Databases
from tests.support.factories import make_entry
from tests.support.live import Live, serve

RATE = 0.5
_turn = itertools.count(1)


@pytest.fixture(scope="module")
def live(databases: Databases, run_folder: Path) -> Iterator[Live]:
    """A server that begins one attempt in two seconds."""
    address = databases.migrated("sqlite")
    environment = databases.environment(address) | {"QUIZ_STARTS_PER_SECOND": str(RATE)}
    with serve(databases.build(address), environment, run_folder) as running:
        yield running


@pytest.fixture
def slug(live: Live) -> str:
    """A contest of its own for every test, and nobody left in the line, which is one for the whole server."""
    with live.app.app_context(), transaction() as session:
        session.execute(delete(Ticket))
        session.execute(update(WaitingLine).values(called=WaitingLine.issued))
    return open_contest(live, f"cho-{next(_turn)}")


def queue_up(live: Live, slug: str, people: int) -> None:
    """So many others press start now."""
    with live.app.app_context():
        contest = get_contest(slug)
        entries = [make_entry(contest, number).id for number in range(100, 100 + people)]
        for entry_id in entries:
            keyring = live.app.extensions["keyring"]
            try:
                service.start(contest, entry_id, 1, now=clock.now(), keyring=keyring, rate=RATE)
            except MustWait:
                continue


def press_start(page: Page) -> None:
    page.get_by_role("button", name="Bắt đầu làm bài").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chờ vào thi")


def test_the_page_waits_and_goes_in_by_itself(page: Page, live: Live, slug: str) -> None:
    enter(page, slug)
    queue_up(live, slug, 5)
    press_start(page)
    expect(page.get_by_text("Chưa tính giờ làm bài")).to_be_visible()
    assert_accessible(page)
    before = page.locator("[data-before]")
    first = int(before.inner_text())
    assert first >= 1
    expect(page.locator("[data-say]")).to_contain_text("Phía trước còn")
    page.reload()
    assert int(before.inner_text()) <= first
    page.wait_for_url(re.compile("/attempts/"), timeout=60_000)
    expect(page.locator(".th-examnav")).to_be_visible()


def test_without_a_script_the_page_loads_again_and_a_button_goes_in(
    page_without_js: Page, live: Live, slug: str
) -> None:
    page = page_without_js
    enter(page, slug)
    queue_up(live, slug, 3)
    press_start(page)
    expect(page.get_by_role("link", name="Xem chỗ lúc này")).to_be_visible()
    expect(page.get_by_text("Đã đến lượt")).to_be_visible(timeout=60_000)
    assert_accessible(page)
    page.get_by_role("button", name="Vào thi").click()
    page.wait_for_url(re.compile("/attempts/"))


def test_a_lost_connection_is_said_and_the_place_is_kept(
    page: Page, live: Live, slug: str, trouble: Trouble
) -> None:
    enter(page, slug)
    queue_up(live, slug, 6)
    press_start(page)
    page.context.set_offline(True)
    expect(page.get_by_text("Mất kết nối. Chỗ trong hàng vẫn giữ").first).to_be_visible(timeout=60_000)
    page.context.set_offline(False)
    page.wait_for_url(re.compile("/attempts/"), timeout=60_000)
    trouble.expect("ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize("width, height", [(320, 640), (320, 225), (1280, 900)])
def test_narrow_and_enlarged_windows(
    browser: Browser, live: Live, slug: str, width: int, height: int
) -> None:
    with context(browser, live.url, {"width": width, "height": height}, reduced_motion="reduce") as made:
        page = made.new_page()
        enter(page, slug)
        queue_up(live, slug, 20)
        press_start(page)
        assert_accessible(page)
