"""A combined list is put together by the keyboard alone, on a phone and on a desk."""

import itertools
import os
from datetime import timedelta

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.bank.queries import find_bank
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.live import Live

_turn = itertools.count(1)


def test_a_list_by_keyboard(page: Page, live: Live) -> None:
    now, slug = clock.now(), f"bang-chung-{next(_turn)}"
    times = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=6), "prediction": None}
    rounds = [round_definition(number, **times) for number in (1, 2)]
    with live.app.app_context():
        if find_bank("bank") is None:
            make_bank(canary="bi-mat-")
        make_contest(slug, *rounds, state=RoundState.DRAFT)
        db.session.rollback()
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/lists")
    page.get_by_role("link", name="Thêm bảng chung").press("Enter")
    assert_accessible(page)
    _shoot(page, "list")
    up = page.get_by_role("button", name="Đưa “Làm bài nhanh hơn” lên")
    up.press("Enter")
    expect(page.locator("#ranking input").first).to_have_value("duration")
    page.locator("#name").fill("Chung cuộc")
    page.locator("#name").press("Enter")
    expect(page.get_by_role("heading", name="Chung cuộc")).to_be_visible()
    _shoot(page, "lists")
    page.goto(f"/manage/c/{slug}/rounds/2/edit")
    assert_accessible(page)
    _shoot(page, "round")


def _shoot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        width = page.evaluate("innerWidth")
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
