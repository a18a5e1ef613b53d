"""One's own data in a real browser, and a phone that several people share (A29)."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible
from tests.support.contests_now import open_contest
from tests.support.live import Live
from tests.support.sitting import sit_down, start_attempt

_turn = itertools.count(1)


@pytest.fixture
def slug(live: Live) -> str:
    """A contest of its own for every test."""
    return open_contest(live, f"du-lieu-{next(_turn)}")


def prove(page: Page) -> None:
    """Type the birth date stated at entry."""
    page.get_by_label("Ngày sinh đã khai").fill("15/8/1962")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0900 000 001")).to_be_visible()


def test_own_data_masked_and_in_full(any_page: Page, live: Live, slug: str) -> None:
    sit_down(live, any_page.context, start_attempt(live, slug))
    any_page.goto("/me/data")
    expect(any_page.get_by_text("09•• ••• 001")).to_be_visible()
    assert_accessible(any_page)
    prove(any_page)
    assert_accessible(any_page)
    for name, heading in (
        ("Sửa điều chưa đúng", "Sửa dữ liệu đã khai"),
        ("Yêu cầu xóa dữ liệu", "Yêu cầu xóa dữ liệu"),
        ("Hạn chế, phản đối", "Hạn chế hoặc phản đối việc dùng dữ liệu"),
    ):
        any_page.goto("/me/data")
        any_page.get_by_role("link", name=name).click()
        expect(any_page.get_by_role("heading", level=1)).to_have_text(heading)
        assert_accessible(any_page)


def test_the_data_map_is_accessible(any_page: Page) -> None:
    any_page.goto("/privacy")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Bảo vệ dữ liệu cá nhân")
    assert_accessible(any_page)


def test_the_next_person_at_the_phone_sees_nothing(page: Page, live: Live, slug: str) -> None:
    """A29: not by Back, not by address, not in the storage."""
    sit_down(live, page.context, start_attempt(live, slug))
    page.goto("/me/data")
    prove(page)
    page.evaluate("localStorage.setItem('attempt:somebody', '{}')")
    page.get_by_role("button", name="Tôi dùng chung máy").click()
    expect(page.get_by_text("Máy này không còn giữ thông tin")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    expect(page.get_by_text("Máy này chưa đăng ký cuộc thi nào")).to_be_visible()
    expect(page.get_by_text("0900 000 001")).to_have_count(0)
    page.goto(f"/c/{slug}/enter")
    expect(page.get_by_text("Lò Thị Hương 1")).to_have_count(0)


def test_without_javascript(page_without_js: Page, live: Live, slug: str) -> None:
    sit_down(live, page_without_js.context, start_attempt(live, slug))
    page_without_js.goto("/me/data")
    prove(page_without_js)
    page_without_js.get_by_role("button", name="Tôi dùng chung máy").click()
    expect(page_without_js.get_by_text("Máy này không còn giữ thông tin")).to_be_visible()
