"""Proof of work and waiting in a real browser: solved by the page's own worker, under the strict policy."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_citizen import fill_entry
from tests.support.browser import PHONE, Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.databases import Databases
from tests.support.live import Live, serve

_turn = itertools.count(1)
_WORKER = "**/js/proof-worker*"


@pytest.fixture(scope="module")
def live(databases: Databases, run_folder: Path) -> Iterator[Live]:
    """A server that asks everybody for proof of work."""
    address = databases.migrated("sqlite")
    environment = databases.environment(address) | {"QUIZ_LIMITS": "1", "QUIZ_CHALLENGE": "always"}
    with serve(databases.build(address), environment, run_folder) as running:
        yield running


@pytest.fixture
def slug(live: Live) -> str:
    """A contest of its own for every test."""
    return open_contest(live, f"nhanh-{next(_turn)}")


def confirm(page: Page, slug: str) -> None:
    """The form, and what was typed confirmed."""
    fill_entry(page, slug)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xác nhận").click()


def test_the_page_solves_it_and_goes_on(page: Page, slug: str) -> None:
    page.route(_WORKER, lambda _route: None)  # the worker waits, so that there is time to look
    confirm(page, slug)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra nhanh")
    expect(page.get_by_role("status").first).to_contain_text("Trang đang tự tính")
    assert_accessible(page)
    page.unroute(_WORKER)  # lets it go on
    begin = page.get_by_role("button", name="Bắt đầu làm bài").first
    expect(begin).to_be_visible(timeout=30_000)
    begin.click()
    page.wait_for_url("**/attempts/**", timeout=30_000)
    expect(page.locator(".th-examnav")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"], indirect=True)  # a real wait: once is enough
def test_a_browser_without_cryptography_waits_by_itself(page: Page, slug: str) -> None:
    page.add_init_script("Object.defineProperty(globalThis, 'Worker', { value: undefined });")
    confirm(page, slug)
    expect(page.get_by_text("Trang tự đi tiếp sau ít giây")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_role("button", name="Bắt đầu làm bài").first).to_be_visible(timeout=90_000)


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"], indirect=True)
def test_without_scripts_one_waits_and_presses(page_without_js: Page, slug: str) -> None:
    page = page_without_js
    confirm(page, slug)
    expect(page.locator("noscript p")).to_contain_text("giây rồi bấm Đi tiếp.")
    assert_accessible(page)
    page.get_by_role("button", name="Đi tiếp").click()
    expect(page.locator("noscript p")).to_contain_text("giây rồi bấm Đi tiếp.")
    page.wait_for_timeout(21_000)
    page.get_by_role("button", name="Đi tiếp").click()
    expect(page.get_by_role("button", name="Bắt đầu làm bài").first).to_be_visible()


def test_too_often(any_page: Page, trouble: Trouble, slug: str) -> None:
    """429: what happened, how long, and what was typed goes along."""
    page = any_page
    page.goto(f"/c/{slug}/resume")
    token = page.locator("[name=csrf_token]").first.input_value()
    for _ in range(30):
        sent = page.request.post(f"/c/{slug}/resume", form={"csrf_token": token})
        assert sent.status == 422
    back = page.locator("form[action$=resume]")
    back.get_by_label("Số điện thoại").fill("0912 345 678")
    back.get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chờ một lát")
    expect(page.locator("form [name=resume-phone]")).to_have_value("0912 345 678")
    assert_accessible(page)
    trouble.expect("429")
