"""The workspace of a contest: menu, overview, checklist, notices, a contest after it; axe on each."""

import itertools
import re

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from tests.browser.test_organiser import sign_in
from tests.support.browser import assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)


def test_a_contest_is_reached_by_its_menu_on_a_phone_and_at_a_desk(page: Page, live: Live) -> None:
    slug = open_contest(live, f"khu-lam-viec-{next(_turn)}")
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/")
    assert_accessible(page)
    if page.locator(".th-menu summary").is_visible():
        page.locator(".th-menu summary").press("Enter")
    page.locator("nav:visible").get_by_role("link", name="Cài đặt", exact=True).first.click()
    expect(page).to_have_url(re.compile("/edit$"))
    for name in ("rounds", "notices", "clone"):
        page.goto(f"/manage/c/{slug}/{name}")
        expect(page.locator(".breadcrumb")).to_be_visible()
        assert_accessible(page)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), name
    page.goto(f"/manage/c/{slug}/rounds/1/edit")
    page.locator("#matrix input[data-have]").last.fill("5000")
    expect(page.locator("#matrix td.bad small").last).to_contain_text("thiếu")
