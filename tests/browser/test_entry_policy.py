"""The rules of entering in a real browser: the example follows the choice, with and without scripts."""

import itertools

from playwright.sync_api import Page, expect

from quiz.accounts.permissions import Role
from quiz.contests.definition import EntryPolicy, Unique
from tests.browser.test_organiser import sign_in
from tests.support.browser import Trouble, assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live

_turn = itertools.count(1)


PHONE_ALONE = EntryPolicy(unique=Unique.PHONE)


def test_the_example_follows_the_choice(any_page: Page, live: Live, trouble: Trouble) -> None:
    """By keyboard: arrow keys move the choice, the example below says what would happen."""
    page, slug = any_page, open_contest(live, f"quy-tac-{next(_turn)}", policy=PHONE_ALONE, prediction=None)
    sign_in(page, live, Role.ORGANISER)
    page.goto(f"/manage/c/{slug}/entry")
    assert_accessible(page)
    shown = page.locator("[data-rule]:visible")
    expect(shown).to_have_count(1)
    expect(shown.get_by_text("Ban Tổ chức xét trước khi trao giải")).to_have_count(2)
    page.locator("#unique-0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#unique-2")).to_be_checked()
    expect(shown).to_have_count(1)
    expect(shown.get_by_text("Về đúng đăng ký đã có")).to_have_count(1)
    expect(shown.get_by_text("Ban Tổ chức xét trước khi trao giải")).to_have_count(0)
    page.locator("#unique-0").check()
    page.get_by_label("Từ bao nhiêu tuổi").fill("500")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("tuổi là số từ 1 đến 120").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Từ bao nhiêu tuổi").fill("14")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    trouble.expect("status of 422")
